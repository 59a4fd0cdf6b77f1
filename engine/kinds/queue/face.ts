import { z } from 'zod'
import { condition, key, listOf, name, positiveDuration, text } from '../../flow/values.ts'
import { scheduleRef } from '../hours/face.ts'
import { defineFace, textsAt } from '../face.ts'

const team = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be a team’s id: letters, digits, “_”, “-” and “.”')
const levels = z.record(key, z.number().int().min(1, 'must be 1 to 10').max(10, 'must be 1 to 10'))
const relaxStep = z
  .strictObject({
    after: positiveDuration,
    drop: listOf(name).optional(),
    lower: levels.optional(),
    teams: listOf(team).optional(),
  })
  .refine(
    ({ drop = [], lower = {}, teams = [] }) => drop.length + Object.keys(lower).length + teams.length > 0,
    'must ask for less: name what to “drop”, what to “lower” or which “teams” help too',
  )
const sla = z.strictObject({
  firstResponse: positiveDuration,
  schedule: scheduleRef.optional(),
  warnAt: z
    .number()
    .gt(0, 'must be a share between 0 and 1, such as 0.8')
    .lt(1, 'must be a share between 0 and 1, such as 0.8')
    .default(0.8),
  raise: z.number().int().min(1).max(100).optional(),
})
const data = z.strictObject({
  team,
  skills: levels.optional(),
  prefer: levels.optional(),
  language: z.string().min(2).max(35).optional(),
  tier: z.boolean().default(false),
  sameAgent: positiveDuration.optional(),
  priority: z.union([z.number().min(0).max(100), condition]).optional(),
  ageing: positiveDuration.default('1m'),
  text,
  updateText: text.optional(),
  updateEvery: positiveDuration.default('2m'),
  maxWait: positiveDuration.default('10m'),
  maxWaiting: z.number().int().min(1).max(100_000).optional(),
  relax: listOf(relaxStep).optional(),
  sla: sla.optional(),
  requires: listOf(name).optional(),
  botHelps: z.boolean().default(false),
})
export type Data = z.infer<typeof data>

export const queueFace = defineFace({
  name: 'queue',
  phase: 'queued',
  title: 'Queue',
  doc: 'The customer waits for a person of a team, with an honest place and time, and never loses the place.',
  data,
  form: [
    { path: 'team', label: 'Team', type: 'team' },
    { path: 'skills', label: 'Skills', type: 'skills' },
    {
      path: 'prefer',
      label: 'Preferred skills',
      type: 'skills',
      help: 'Nobody must have them: who has more of them goes first.',
    },
    { path: 'language', label: 'Language', type: 'language' },
    { path: 'tier', label: 'Only who serves the customer’s tier', type: 'toggle' },
    {
      path: 'sameAgent',
      label: 'Wait for the same person as last time',
      type: 'duration',
      help: 'So long the customer is kept for who helped last, while that person is online. Empty: anybody at once.',
    },
    { path: 'relax', label: 'Ask for less with time', type: 'relax' },
    {
      path: 'priority',
      label: 'Priority',
      type: 'condition',
      placeholder: '0',
      help: 'A number from 0 to 100, or a condition that gives one. Higher goes first.',
    },
    {
      path: 'ageing',
      label: 'One point of priority is worth',
      type: 'duration',
      placeholder: '1m',
      help: 'Whoever waits so much longer goes before one point more of priority: nobody waits for ever.',
    },
    {
      path: 'text',
      label: 'On joining',
      type: 'template',
      help: 'Say the place and the time: {{ queue.position }}, about {{ queue.eta }}, within {{ queue.within }}',
    },
    { path: 'updateText', label: 'Update', type: 'template' },
    { path: 'updateEvery', label: 'Update every', type: 'duration', placeholder: '2m' },
    { path: 'maxWait', label: 'Longest wait', type: 'duration', placeholder: '10m' },
    {
      path: 'maxWaiting',
      label: 'Fullest queue',
      type: 'number',
      help: 'When so many wait already, nobody else joins. Empty: any number may wait.',
    },
    { path: 'sla', label: 'First answer within', type: 'sla' },
    { path: 'requires', label: 'Must be known', type: 'collect' },
    { path: 'botHelps', label: 'The bot keeps helping', type: 'toggle' },
  ],
  initial: {
    team: 'support',
    text: 'You are number {{ queue.position }} in line; about {{ queue.eta }}. Your colleague-to-be sees everything, so you won’t need to repeat yourself.',
  },
  outlets: (queue) => [
    { id: 'accepted', label: 'a person accepts', need: 'required' },
    { id: 'timeout', label: `after ${queue.maxWait}`, need: 'required' },
    { id: 'empty', label: 'nobody is there', need: 'optional', otherwise: 'waits until the longest wait' },
    { id: 'left', label: 'the customer leaves', need: 'optional', otherwise: 'keeps the place' },
    ...(queue.maxWaiting === undefined
      ? []
      : [
          {
            id: 'full',
            label: `${queue.maxWaiting} wait already`,
            need: 'optional',
            otherwise: `as “after ${queue.maxWait}”`,
          } as const,
        ]),
    ...(queue.sla === undefined
      ? []
      : [
          {
            id: 'breached',
            label: `no answer within ${queue.sla.firstResponse}`,
            need: 'optional',
            otherwise: 'keeps the place',
          } as const,
        ]),
    ...(queue.botHelps
      ? [{ id: 'helped', label: 'the bot helped', need: 'optional', otherwise: 'keeps the place' } as const]
      : []),
  ],
  sentence: (queue) => `Wait for a person of “${queue.team}”, ${queue.maxWait} at most`,
  texts: (queue) => textsAt(queue, 'text', 'updateText'),
  conditions: (queue) =>
    typeof queue.priority === 'string' ? [{ path: 'priority', source: queue.priority, returns: 'number' }] : [],
})
