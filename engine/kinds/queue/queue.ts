/**
 * The customer waits for a person. Law: the place in the queue is the moment of joining; a decline, a missed offer, a
 * lost agent and a transfer keep it. While nobody is there and the flow has a way for `empty`, the customer is told
 * nothing of a queue and goes that way at once. Needs are relaxed with time as the node says.
 */
import { z } from 'zod'
import { condition, key, listOf, milliseconds, name, positiveDuration, text } from '../../flow/values.ts'
import type { Waiting } from '../../step/snapshot.ts'
import { because } from '../core.ts'
import { defineKind, textsAt } from '../kind.ts'
import type { Draft, Moment } from '../moment.ts'

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
type Data = z.infer<typeof data>

export const queue = defineKind({
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
  fragment: (queue) => ({
    enter: { changes: ['join'], acts: ['announce', 'enqueue'] },
    leave: { acts: ['leave'] },
    always: [{ when: 'nobody', to: { outlet: 'empty', otherwise: 'stay' } }],
    on: {
      'offer.made': [{ changes: ['offer'], acts: ['ring'] }],
      'offer.ended': [{ when: 'offeredToThem', changes: ['endOffer'] }],
      'agent.decline': [{ when: 'offered', changes: ['endOffer'] }],
      'agent.accept': [{ changes: ['accept'], to: { outlet: 'accepted', otherwise: 'stay' } }],
      'customer.message': [{ changes: ['owe', 'back'], ...(queue.botHelps ? { acts: ['turn'] } : {}), to: 'stay' }],
      'customer.left': [{ changes: ['away'], to: { outlet: 'left', otherwise: 'stay' } }],
      'customer.returned': [{ changes: ['back'], acts: ['returned'], to: 'stay' }],
      ...(queue.botHelps ? {
        'bot.message': [{ changes: ['answered'], acts: ['deliverBot'], to: 'stay' }],
        'bot.done': [{ changes: ['answered'], to: { outlet: 'helped', otherwise: 'stay' } }],
        'bot.failed': [{ to: 'stay' }],
      } as const : {}),
    },
    deadlines: [
      { timer: 'maxWait', delay: milliseconds(queue.maxWait), fromEntry: true, rules: [{ changes: ['gaveUp'], to: { outlet: 'timeout', otherwise: 'promise' } }] },
      ...(queue.updateText === undefined ? [] : [{
        timer: 'update', delay: milliseconds(queue.updateEvery), fromEntry: true, rules: [{ acts: ['update'], set: ['update'], to: 'stay' }],
      } as const]),
      ...relaxSteps(queue).map((step, index) => ({
        timer: `relax${index + 1}`, delay: milliseconds(step.after), fromEntry: true, rules: [{ changes: ['relax'], to: 'stay' }],
      } as const)),
    ],
  }),
  guards: {
    nobody: ({ context }) => context.waiting !== null && !context.waiting.joined,
    offered: ({ context }) => context.waiting?.offered != null,
    offeredToThem: ({ context, event }) => context.waiting?.offered?.agent.id === event.agent,
  },
  changes: {
    join: (draft, moment) => {
      draft.waiting = draft.waiting?.returning === true ? cameBack(draft.waiting, moment) : joined(draft, moment)
      draft.agent = null
      draft.reason ??= because('The flow leads to a person here')
    },
    offer: (draft, { event }) => {
      if (draft.waiting && typeof event.agent === 'object') draft.waiting = { ...draft.waiting, offered: { agent: event.agent, until: event.until ?? 0 } }
    },
    endOffer: (draft) => {
      const { waiting } = draft
      if (waiting?.offered) draft.waiting = { ...waiting, offered: null, preferred: null, skip: [...waiting.skip.filter((each) => each !== waiting.offered?.agent.id), waiting.offered.agent.id].slice(-20) }
    },
    accept: (draft, { event, world }) => {
      const id = typeof event.agent === 'string' ? event.agent : event.agent?.id ?? ''
      draft.agent = world.agent(id) ?? (draft.waiting?.offered?.agent.id === id ? draft.waiting.offered.agent : { id, name: id })
      if (draft.waiting) draft.waiting = { ...draft.waiting, offered: null }
    },
    relax: (draft, { data }) => {
      const { waiting } = draft
      if (!waiting) return
      const step = relaxSteps(data).find((each) => each.drop.some((need) => !waiting.dropped.includes(need)))
      if (step) draft.waiting = { ...waiting, dropped: [...new Set([...waiting.dropped, ...step.drop])] }
    },
    gaveUp: (draft) => { if (draft.waiting) draft.waiting = { ...draft.waiting, offered: null } },
  },
  acts: {
    announce: (moment) => isIn(moment) ? [{ type: 'message', from: 'bot', text: moment.tools.text(moment, 'text') }] : [],
    enqueue: (moment) => isIn(moment) && moment.context.waiting
      ? [
          { type: 'queue.join', node: moment.node, team: moment.context.waiting.team },
          { type: 'handoff', node: moment.node, team: moment.context.waiting.team, reason: moment.context.reason?.sentence ?? '' },
        ]
      : [],
    leave: ({ context, event, node }) => context.waiting?.joined === true
      ? [{ type: 'queue.leave', node, team: context.waiting.team, why: event.type === 'agent.accept' ? 'accepted' : event.type === 'customer.left' ? 'left' : 'elsewhere' }]
      : [],
    ring: ({ context }) => context.waiting?.offered ? [{ type: 'notify', what: 'offered', agent: context.waiting.offered.agent, team: context.waiting.team }] : [],
    returned: ({ context }) => context.waiting ? [{ type: 'notify', what: 'returned', team: context.waiting.team }] : [],
    update: (moment) => moment.context.waiting?.away === true ? [] : [{ type: 'message', from: 'bot', text: moment.tools.text(moment, 'updateText') }],
    turn: ({ context, tools, node, event }) => {
      const bot = context.at === null ? undefined : tools.botAt(context.at)
      return bot === undefined ? [] : [{ type: 'bot.turn', bot, node, text: event.text ?? '' }]
    },
  },
})

function relaxSteps(queue: Data): readonly { readonly after: string; readonly drop: readonly string[] }[] {
  return [...queue.relax ?? []].sort((one, other) => milliseconds(one.after) - milliseconds(other.after))
}

function isIn({ context }: Moment<Data>): boolean {
  return context.waiting?.joined === true
}

/** A place of its own, from now; a queue entered from another queue keeps the time already waited. */
function joined(draft: Draft, moment: Moment<Data>): Waiting {
  const { data, world, tools, node } = moment
  const raised = draft.reason?.trigger === undefined ? 0 : tools.priorityOf(draft.reason.trigger)
  const own = typeof data.priority === 'string' ? Number(tools.value(moment.with(draft), 'priority') ?? 0) : data.priority ?? 0
  return {
    node, team: data.team, since: draft.waiting?.since ?? world.now, priority: Math.min(100, Math.max(own, raised, 0)),
    language: data.language ?? null, skills: data.skills ?? {}, dropped: [], offered: null, skip: [], preferred: null, away: false, returning: false,
    joined: isStaffed(data.team, moment),
  }
}

function cameBack(waiting: Waiting, moment: Moment<Data>): Waiting {
  return { ...waiting, node: moment.node, returning: false, offered: null, joined: moment.event.type === 'agent.transfer' || isStaffed(waiting.team, moment) }
}

function isStaffed(team: string, { world, tools, node }: Moment<Data>): boolean {
  return !tools.connected(node, 'empty') || world.queue(team)?.online !== 0
}
