import { z } from 'zod'
import { condition, key, listOf, name, positiveDuration, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'

const team = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be a team’s id: letters, digits, “_”, “-” and “.”')
const data = z.strictObject({
  team,
  skills: z.record(key, z.number().int().min(1).max(10)).optional(),
  language: z.string().min(2).max(35).optional(),
  priority: z.union([z.number().min(0).max(100), condition]).optional(),
  text,
  updateText: text.optional(),
  updateEvery: positiveDuration.default('2m'),
  maxWait: positiveDuration.default('10m'),
  relax: listOf(z.strictObject({ after: positiveDuration, drop: listOf(name) })).optional(),
  sla: z.strictObject({ firstResponse: positiveDuration }).optional(),
  requires: listOf(name).optional(),
  botHelps: z.boolean().default(false),
})
export type Data = z.infer<typeof data>

export const queueFace = defineFace({
  name: 'queue', phase: 'queued', title: 'Queue',
  doc: 'The customer waits for a person of a team, with an honest place and time, and never loses the place.',
  data,
  form: [
    { path: 'team', label: 'Team', type: 'team' },
    { path: 'skills', label: 'Skills', type: 'skills' },
    { path: 'language', label: 'Language', type: 'language' },
    { path: 'priority', label: 'Priority', type: 'condition', placeholder: '0', help: 'A number from 0 to 100, or a condition that gives one. Higher goes first.' },
    { path: 'text', label: 'On joining', type: 'template', help: 'Say the place and the time: {{ queue.position }}, {{ queue.eta }}' },
    { path: 'updateText', label: 'Update', type: 'template' },
    { path: 'updateEvery', label: 'Update every', type: 'duration', placeholder: '2m' },
    { path: 'maxWait', label: 'Longest wait', type: 'duration', placeholder: '10m' },
    { path: 'relax', label: 'Ask for less with time', type: 'relax' },
    { path: 'sla', label: 'First answer within', type: 'duration' },
    { path: 'requires', label: 'Must be known', type: 'collect' },
    { path: 'botHelps', label: 'The bot keeps helping', type: 'toggle' },
  ],
  initial: { team: 'support', text: 'You are number {{ queue.position }} in line; about {{ queue.eta }}. Your colleague-to-be sees everything, so you won’t need to repeat yourself.' },
  outlets: (queue) => [
    { id: 'accepted', label: 'a person accepts', need: 'required' },
    { id: 'timeout', label: `after ${queue.maxWait}`, need: 'required' },
    { id: 'empty', label: 'nobody is there', need: 'optional', otherwise: 'waits until the longest wait' },
    { id: 'left', label: 'the customer leaves', need: 'optional', otherwise: 'keeps the place' },
    ...(queue.botHelps ? [{ id: 'helped', label: 'the bot helped', need: 'optional', otherwise: 'keeps the place' } as const] : []),
  ],
  sentence: (queue) => `Wait for a person of “${queue.team}”, ${queue.maxWait} at most`,
  texts: (queue) => textsAt(queue, 'text', 'updateText'),
  conditions: (queue) => typeof queue.priority === 'string' ? [{ path: 'priority', source: queue.priority, returns: 'number' }] : [],
})
