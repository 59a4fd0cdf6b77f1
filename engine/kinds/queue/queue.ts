/**
 * The customer waits for a person. Law: the place in the queue is the moment of joining; a decline, a missed offer, a
 * lost agent and a transfer keep it. While nobody is there, or the queue is full, and the flow has a way for that, the
 * customer is told nothing of a queue and goes that way at once. Needs are relaxed with time as the node says. When the
 * first answer comes due, people are told, and the place is raised or left as the node says.
 */
import { milliseconds } from '../../flow/values.ts'
import type { SkippedAgent, Waiting } from '../../step/snapshot.ts'
import { because } from '../core.ts'
import type { Moment, Output } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { queueFace, type Data } from './face.ts'
import { afterRelaxing, isEmpty, nextRelaxing, placeOnJoining, placeOnReturn } from './place.ts'

export const queue = defineKind(queueFace, {
  fragment: (queue) => ({
    enter: { changes: ['join'], acts: ['announce', 'enqueue'] },
    leave: { acts: ['leave'] },
    always: [
      { when: 'nobody', to: { outlet: 'empty', otherwise: 'stay' } },
      ...(queue.maxWaiting === undefined
        ? []
        : [{ when: 'full', to: { outlet: 'full', otherwise: { outlet: 'timeout', otherwise: 'stay' } } } as const]),
    ],
    on: {
      'offer.made': [{ changes: ['offer'], acts: ['ring'] }],
      'offer.ended': [{ when: 'offeredToThem', changes: ['endOffer'], acts: ['missed'] }],
      'agent.decline': [{ when: 'offered', changes: ['endOffer'] }],
      'agent.accept': [{ changes: ['accept'], to: { outlet: 'accepted', otherwise: 'stay' } }],
      'customer.message': [{ changes: ['owe', 'back'], ...(queue.botHelps ? { acts: ['turn'] } : {}), to: 'stay' }],
      'customer.left': [{ changes: ['away'], to: { outlet: 'left', otherwise: 'stay' } }],
      'customer.returned': [{ changes: ['back'], acts: ['returned'], to: 'stay' }],
      ...(queue.botHelps
        ? ({
            'bot.message': [{ changes: ['answered'], acts: ['deliverBot'], to: 'stay' }],
            'bot.done': [{ changes: ['answered'], to: { outlet: 'helped', otherwise: 'stay' } }],
            'bot.failed': [{ to: 'stay' }],
          } as const)
        : {}),
    },
    deadlines: [
      {
        timer: 'maxWait',
        delay: milliseconds(queue.maxWait),
        fromEntry: true,
        rules: [{ changes: ['gaveUp'], to: { outlet: 'timeout', otherwise: 'promise' } }],
      },
      ...(queue.updateText === undefined
        ? []
        : [
            {
              timer: 'update',
              delay: milliseconds(queue.updateEvery),
              fromEntry: true,
              rules: [{ acts: ['update'], set: ['update'], to: 'stay' }],
            } as const,
          ]),
      ...(queue.relax?.length
        ? [
            {
              timer: 'relax',
              delay: { until: 'relaxing' },
              fromEntry: true,
              rules: [{ changes: ['relax'], set: ['relax'], to: 'stay' }],
            } as const,
          ]
        : []),
      ...(queue.sameAgent === undefined
        ? []
        : [
            {
              timer: 'sameAgent',
              delay: { until: 'kept' },
              fromEntry: true,
              rules: [{ when: 'isKept', changes: ['release'], to: 'stay' }],
            } as const,
          ]),
      ...(queue.sla === undefined
        ? []
        : ([
            {
              timer: 'slaWarning',
              delay: { until: 'slaWarning' },
              fromEntry: true,
              rules: [{ changes: ['warn'], acts: ['warn'], to: 'stay' }],
            },
            {
              timer: 'slaBreach',
              delay: { until: 'slaBreach' },
              fromEntry: true,
              rules: [{ changes: ['breach'], acts: ['breach'], to: { outlet: 'breached', otherwise: 'stay' } }],
            },
          ] as const)),
    ],
  }),
  instants: {
    relaxing: ({ context: { waiting }, data }) => waiting && nextRelaxing(waiting, data),
    kept: ({ context: { waiting } }) => waiting?.preferred?.until ?? null,
    slaWarning: ({ context: { waiting }, world }) =>
      waiting?.sla?.state === 'ok' && waiting.sla.due > world.now ? waiting.sla.warn : null,
    slaBreach: ({ context: { waiting }, world }) =>
      waiting?.sla && waiting.sla.state !== 'breached' && waiting.sla.due > world.now ? waiting.sla.due : null,
  },
  guards: {
    nobody: (moment) => isTurnedAway(moment) && isEmpty(moment.context.waiting?.team ?? '', moment),
    full: (moment) => isTurnedAway(moment) && !isEmpty(moment.context.waiting?.team ?? '', moment),
    offered: ({ context }) => context.waiting?.offered != null,
    offeredToThem: ({ context, event }) => context.waiting?.offered?.agent.id === event.agent,
    isKept: ({ context }) => context.waiting?.preferred?.until != null,
  },
  asks: {
    nobody: 'Is nobody there to take it?',
    full: 'Is the queue full?',
    offered: 'Is it offered to somebody?',
    offeredToThem: 'Is it offered to them?',
    isKept: 'Is the place kept for one agent?',
  },
  changes: {
    join: (draft, moment) => {
      draft.waiting =
        draft.waiting?.returning === true && moment.event.since === undefined
          ? placeOnReturn(draft.waiting, moment)
          : placeOnJoining(draft, moment)
      draft.agent = null
      draft.reason ??= because('The flow leads to a person here')
    },
    offer: (draft, { event }) => {
      if (draft.waiting && typeof event.agent === 'object')
        draft.waiting = { ...draft.waiting, offered: { agent: event.agent, until: event.until ?? 0 } }
    },
    endOffer: (draft, { event }) => {
      const { waiting } = draft
      if (!waiting?.offered) return
      const { id } = waiting.offered.agent
      const why = event.type === 'agent.decline' || event.why === 'declined' ? 'declined' : 'missed'
      draft.waiting = {
        ...waiting,
        offered: null,
        preferred: waiting.preferred?.agent === id ? null : waiting.preferred,
        skip: skipping(waiting, { agent: id, why }),
      }
    },
    accept: (draft, { event, world }) => {
      const id = typeof event.agent === 'string' ? event.agent : (event.agent?.id ?? '')
      draft.agent =
        world.agent(id) ?? (draft.waiting?.offered?.agent.id === id ? draft.waiting.offered.agent : { id, name: id })
      if (draft.waiting) draft.waiting = { ...draft.waiting, offered: null }
    },
    relax: (draft, { data }) => {
      if (draft.waiting) draft.waiting = afterRelaxing(draft.waiting, data)
    },
    /** The one who helped last goes first as before, but nobody is kept waiting for it any more. */
    release: (draft) => {
      const { waiting } = draft
      if (waiting?.preferred) draft.waiting = { ...waiting, preferred: { ...waiting.preferred, until: null } }
    },
    warn: (draft, { data }) => {
      const { waiting } = draft
      if (!waiting?.sla) return
      draft.waiting = {
        ...waiting,
        sla: { ...waiting.sla, state: 'warned' },
        priority: Math.min(100, waiting.priority + (data.sla?.raise ?? 0)),
      }
    },
    /** An offer that rings stays where the customer stays. */
    breach: (draft, { tools, node }) => {
      const { waiting } = draft
      if (!waiting?.sla) return
      draft.waiting = {
        ...waiting,
        sla: { ...waiting.sla, state: 'breached' },
        offered: tools.connected(node, 'breached') ? null : waiting.offered,
      }
    },
    gaveUp: (draft) => {
      if (draft.waiting) draft.waiting = { ...draft.waiting, offered: null }
    },
  },
  acts: {
    // Whom an agent takes up at once waits for nobody.
    announce: (moment) =>
      isIn(moment) && !(moment.event.type === 'promise.due' && moment.event.agent !== undefined)
        ? [{ type: 'message', from: 'bot', text: moment.tools.text(moment, 'text') }]
        : [],
    enqueue: (moment) =>
      isIn(moment) && moment.context.waiting
        ? [
            { type: 'queue.join', node: moment.node, team: moment.context.waiting.team },
            {
              type: 'handoff',
              node: moment.node,
              team: moment.context.waiting.team,
              reason: moment.context.reason?.sentence ?? '',
            },
          ]
        : [],
    leave: ({ context, event, node }) =>
      context.waiting?.joined === true
        ? [
            {
              type: 'queue.leave',
              node,
              team: context.waiting.team,
              why: event.type === 'agent.accept' ? 'accepted' : event.type === 'customer.left' ? 'left' : 'elsewhere',
            },
          ]
        : [],
    ring: ({ context }) =>
      context.waiting?.offered
        ? [{ type: 'notify', what: 'offered', agent: context.waiting.offered.agent, team: context.waiting.team }]
        : [],
    missed: ({ context, event, world }) => {
      if (event.why !== 'expired' || typeof event.agent !== 'string' || context.waiting === null) return []
      return [
        {
          type: 'notify',
          what: 'missed',
          agent: world.agent(event.agent) ?? { id: event.agent, name: event.agent },
          team: context.waiting.team,
        },
      ]
    },
    returned: (moment) => tell(moment, 'returned'),
    warn: (moment) => tell(moment, 'slaWarning'),
    breach: (moment) => tell(moment, 'slaBreach'),
    update: (moment) =>
      moment.context.waiting?.away === true
        ? []
        : [{ type: 'message', from: 'bot', text: moment.tools.text(moment, 'updateText') }],
    turn: ({ context, tools, node, event }) => {
      const bot = context.at === null ? undefined : tools.botAt(context.at)
      return bot === undefined ? [] : [{ type: 'bot.turn', bot, node, text: event.text ?? '' }]
    },
  },
})

function isIn({ context }: Moment<Data>): boolean {
  return context.waiting?.joined === true
}

function isTurnedAway({ context }: Moment<Data>): boolean {
  return context.waiting !== null && !context.waiting.joined
}

function tell(
  { context: { waiting } }: Moment<Data>,
  what: 'returned' | 'slaWarning' | 'slaBreach',
): readonly Output[] {
  return waiting === null ? [] : [{ type: 'notify', what, team: waiting.team }]
}

/** The last twenty, the latest last, each once. */
function skipping({ skip }: Waiting, latest: SkippedAgent): readonly SkippedAgent[] {
  return [...skip.filter((each) => each.agent !== latest.agent), latest].slice(-20)
}
