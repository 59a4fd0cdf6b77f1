/**
 * A person holds the conversation. Law: nobody else speaks while they do. An agent who leaves the customer without an
 * answer for `goneAfter`, or goes offline, loses it: the customer returns to the queue that fed the agent, at the time
 * of first joining, and is told. An agent may be a bot that has a place in the team: it is given every turn of the
 * customer, the first on accepting, and is lost as a person is when it fails, falls silent or asks for a person. An agent who is done (resolved, handed back, or the customer stayed silent) keeps the
 * room that the conversation took for `wrapUp`; one who transfers or loses it does not.
 */
import { milliseconds } from '../../flow/values.ts'
import type { Waiting } from '../../step/snapshot.ts'
import type { Draft, Moment, Output } from '../moment.ts'
import { defineKind } from '../kind.ts'
import { agentFace, type Data } from './face.ts'

export const agent = defineKind(agentFace, {
  fragment: (agent) => ({
    enter: { changes: ['take'], acts: ['introduce', 'begin'], set: ['gone'] },
    on: {
      'customer.message': [
        { when: 'owed', changes: ['back'], acts: ['turn'], cancel: ['idle'], to: 'stay' },
        { changes: ['owe', 'back'], acts: ['turn'], set: ['gone'], cancel: ['idle'], to: 'stay' },
      ],
      'agent.message': [{ changes: ['answered'], acts: ['deliver'], cancel: ['gone'], set: ['idle'], to: 'stay' }],
      'agent.note': [{ acts: ['note'], to: 'stay' }],
      'agent.transfer': [{ changes: ['transfer'], acts: ['note', 'transferred'], to: 'requeue' }],
      'agent.handback': [
        { changes: ['giveBack', 'wrapUp'], acts: ['note'], to: { outlet: 'handback', otherwise: 'resume' } },
      ],
      'agent.resolve': [{ changes: ['resolve', 'wrapUp'], to: { outlet: 'resolved', otherwise: 'end' } }],
      'agent.gone': [
        { when: 'them', changes: ['lose'], acts: ['sorry'], to: { outlet: 'gone', otherwise: 'requeue' } },
      ],
    },
    deadlines: [
      {
        timer: 'gone',
        delay: milliseconds(agent.goneAfter),
        fromEntry: false,
        rules: [{ changes: ['lose'], acts: ['sorry'], to: { outlet: 'gone', otherwise: 'requeue' } }],
      },
      {
        timer: 'idle',
        delay: milliseconds(agent.idleAfter),
        fromEntry: false,
        rules: [{ changes: ['wrapUp'], to: { outlet: 'idle', otherwise: { outlet: 'resolved', otherwise: 'end' } } }],
      },
    ],
  }),
  guards: {
    owed: ({ context }) => context.owes,
    them: ({ context, event }) => context.agent?.id === event.agent,
  },
  asks: {
    owed: 'Is a message of the customer still without an answer?',
    them: 'Is it the agent who holds the conversation?',
  },
  changes: {
    /** What was asked of the bot is the person's now: it owes an answer again only if the person leaves one open. */
    take: (draft) => {
      draft.owes = false
      draft.wrapUp = null
    },
    transfer: (draft, { event, node }) => {
      const back = comesBack(draft, node)
      draft.note = event.note ?? draft.note
      draft.waiting =
        event.team === undefined
          ? {
              ...back,
              preferred: typeof event.agent === 'string' ? { agent: event.agent, why: 'asked', until: null } : null,
            }
          : { ...back, team: event.team, teams: [], skip: [] }
    },
    lose: (draft, { event, node }) => {
      const back = comesBack(draft, node)
      const lost = draft.agent?.id
      draft.note = event.note ?? draft.note
      draft.waiting =
        lost === undefined
          ? back
          : {
              ...back,
              skip: [...back.skip.filter((each) => each.agent !== lost), { agent: lost, why: 'lost' as const }].slice(
                -20,
              ),
            }
    },
    giveBack: (draft, { event }) => {
      draft.note = event.note ?? null
    },
    resolve: (draft, { event }) => {
      draft.resolution = event.resolution ?? null
      draft.owes = false
    },
    wrapUp: (draft, { data, world }) => {
      const length = data.wrapUp === undefined ? 0 : milliseconds(data.wrapUp)
      // A bot has no notes to write.
      draft.wrapUp =
        draft.agent === null || draft.agent.bot !== undefined || length === 0
          ? null
          : { agent: draft.agent.id, until: world.now + length }
    },
  },
  acts: {
    introduce: (moment) => {
      const { agent } = moment.context
      const text =
        moment.data.intro === undefined ? moment.words.joined(agent?.name ?? '') : moment.tools.text(moment, 'intro')
      return [
        {
          type: 'message',
          from: moment.data.intro === undefined ? 'system' : 'agent',
          text,
          ...(agent ? { agent } : {}),
        },
      ]
    },
    begin: ({ context, node, world }) => turnOf(context, node, world.memory.lastText ?? ''),
    turn: ({ context, event, node }) => turnOf(context, node, event.text ?? ''),
    deliver: ({ context, event }) => [
      {
        type: 'message',
        from: 'agent',
        text: event.text ?? '',
        ...(context.agent ? { agent: context.agent } : {}),
        ...(event.attachments ? { attachments: event.attachments } : {}),
      },
    ],
    note: ({ context, event }) => {
      const text = event.type === 'agent.note' ? event.text : event.note
      return text === undefined ? [] : [{ type: 'note', agent: context.agent?.id ?? null, text }]
    },
    transferred: ({ context, event, world }) => {
      if (context.waiting === null) return []
      const named =
        typeof event.agent === 'string'
          ? (world.agent(event.agent) ?? { id: event.agent, name: event.agent })
          : undefined
      return [{ type: 'notify', what: 'transferred', team: context.waiting.team, ...(named ? { agent: named } : {}) }]
    },
    sorry: (moment) => {
      const {
        context: { agent },
        words,
      } = moment
      if (!keepsPlace(moment))
        return agent?.bot === undefined ? [{ type: 'message', from: 'system', text: words.lostPerson }] : []
      return [{ type: 'message', from: 'system', text: agent?.bot === undefined ? words.lostAgent : words.botGaveWay }]
    },
  },
})

/** What a bot that holds the conversation is given; nothing for a person. */
function turnOf({ agent }: Moment['context'], node: string, text: string): readonly Output[] {
  return agent?.bot === undefined ? [] : [{ type: 'bot.turn', bot: agent.bot, node, text, agent: agent.id }]
}

/** Only where the flow leads back to a queue, and that takes them: one with a way for `empty` does not while nobody is there. */
function keepsPlace({ context: { waiting }, tools, world, node }: Moment<Data>): boolean {
  if (waiting === null || tools.connected(node, 'gone')) return false
  return !tools.connected(waiting.node, 'empty') || world.queue(waiting.team)?.online !== 0
}

/** The place in the queue as it was, coming back to it. A person who was reached past any queue leaves an empty one. */
function comesBack(draft: Draft, node: string): Waiting {
  const waiting = draft.waiting ?? {
    node,
    team: 'support',
    teams: [],
    since: draft.about.startedAt,
    entered: draft.about.startedAt,
    priority: 0,
    ageing: milliseconds('1m'),
    language: null,
    tier: null,
    skills: {},
    prefer: {},
    dropped: [],
    relaxed: 0,
    offered: null,
    skip: [],
    preferred: null,
    sla: null,
    expected: null,
    within: null,
    away: false,
    returning: true,
    joined: false,
  }
  return { ...waiting, offered: null, preferred: null, returning: true }
}
