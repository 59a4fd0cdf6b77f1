/**
 * The customer waits for a person. Law: the place in the queue is the moment of joining; a decline, a missed offer, a
 * lost agent and a transfer keep it. While nobody is there and the flow has a way for `empty`, the customer is told
 * nothing of a queue and goes that way at once. Needs are relaxed with time as the node says.
 */
import { milliseconds } from '../../flow/values.ts'
import type { Waiting } from '../../step/snapshot.ts'
import { because } from '../core.ts'
import type { Draft, Moment } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { queueFace, type Data } from './face.ts'

export const queue = defineKind(queueFace, {
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
