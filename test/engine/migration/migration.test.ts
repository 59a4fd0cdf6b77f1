import { describe, expect, test } from 'vitest'
import { start, step, view, type ConversationEvent, type Flow, type Snapshot } from '#engine/index.ts'
import { migrationOf, NoteCount } from '#engine/migration/index.ts'
import { draw, supportEdges, supportNodes, type Drawn } from '../draw.ts'

const MINUTE = 60_000
type Nodes = Readonly<Record<string, Drawn>>

const nodes: Nodes = {
  ...supportNodes,
  chat: ['listen', { bot: 'helper', intents: [{ id: 'refund' }, { id: 'size' }] }],
  order: ['ask', { text: 'Which order?', variable: 'orderNumber', as: 'text', check: 'value != "x"', attempts: 3 }],
  pick: [
    'ask',
    {
      text: 'Which size?',
      variable: 'size',
      as: 'choice',
      choices: [
        { id: 's', label: 'Small' },
        { id: 'm', label: 'Medium' },
      ],
    },
  ],
  billing: [
    'queue',
    {
      team: 'billing',
      skills: { invoices: 2 },
      text: 'Please wait.',
      updateText: 'Still waiting.',
      updateEvery: '1m',
      maxWait: '5m',
      sla: { firstResponse: '2m' },
    },
  ],
}
const edges = [...supportEdges, 'chat.intent:size > pick', 'pick.answered > chat']
const variables = { orderNumber: { type: 'text' } }
const old = draw(nodes, edges, variables)

const refund: readonly ConversationEvent[] = [
  { type: 'customer.message', text: 'My money back' },
  { type: 'bot.intent', intent: 'refund' },
]
const size: readonly ConversationEvent[] = [
  { type: 'customer.message', text: 'It is too big' },
  { type: 'bot.intent', intent: 'size' },
]
const queued: readonly ConversationEvent[] = [{ type: 'customer.message', text: 'I want to talk to a person' }]
const held: readonly ConversationEvent[] = [...queued, { type: 'agent.accept', agent: 'sarah' }]

function told(events: readonly ConversationEvent[], flow: Flow = old): Snapshot {
  return events.reduce(
    (snapshot, event) => step(flow, snapshot, event, 0).snapshot,
    start(flow, { id: 'c', flowVersion: 1 }, 0).snapshot,
  )
}

/** The flow with some nodes otherwise; undefined takes a node out, with its edges. */
function redrawn(
  changed: Readonly<Record<string, Drawn | undefined>>,
  more: readonly string[] = [],
  types: object = variables,
): Flow {
  const all: Nodes = Object.fromEntries(
    Object.entries({ ...nodes, ...changed }).flatMap(([id, node]) => (node === undefined ? [] : [[id, node]])),
  )
  const left = edges.filter((edge) =>
    edge.match(/\w+/g)?.every((word, index, words) => (index !== 0 && index !== words.length - 1) || word in all),
  )
  return draw(all, [...left, ...more], types)
}

/** Why it stays; undefined when it moves. */
function why(events: readonly ConversationEvent[], to: Flow): string | undefined {
  const verdict = migrationOf(old, to).judge(told(events))
  return verdict.moves ? undefined : verdict.why
}

describe('A question that is half asked', () => {
  test('moves to other words, and the next answer is taken by the new version', () => {
    const to = redrawn({
      order: [
        'ask',
        {
          text: 'What is the number of the order?',
          retryText: 'It is on the bill.',
          variable: 'orderNumber',
          as: 'text',
          check: 'value != "y"',
          attempts: 3,
        },
      ],
    })
    const moved = migrationOf(old, to).migrate(told(refund), 2, 0)
    if ('moves' in moved) throw new Error(moved.why)
    expect(step(to, moved.snapshot, { type: 'customer.message', text: 'y' }, 0).messages[0]?.text).toBe(
      'It is on the bill.',
    )
    expect(
      step(to, moved.snapshot, { type: 'customer.message', text: 'A-17' }, 0).snapshot.machine.context.vars,
    ).toEqual({ orderNumber: 'A-17' })
  })

  test('stays where the answer would be kept elsewhere, or be of another kind', () => {
    expect(why(refund, redrawn({ order: ['ask', { text: 'Which order?', variable: 'number', as: 'text' }] }))).toBe(
      '“order” keeps its answer in “number” now, not in “orderNumber”',
    )
    expect(
      why(refund, redrawn({ order: ['ask', { text: 'Which order?', variable: 'orderNumber', as: 'number' }] }, [], {})),
    ).toBe('“order” asks for a “number” now, not for a “text”')
  })

  test('stays where a choice that was offered is gone, and moves where there is one more', () => {
    const choices = (...ids: readonly string[]): Drawn => [
      'ask',
      { text: 'Which size?', variable: 'size', as: 'choice', choices: ids.map((id) => ({ id, label: id })) },
    ]
    expect(why(size, redrawn({ pick: choices('s') }))).toBe('“pick” offered the choice “m”, which is gone')
    expect(why(size, redrawn({ pick: choices('xs', 'm', 's') }))).toBeUndefined()
  })

  test('stays where it was asked more often already than the new version asks', () => {
    const again: readonly ConversationEvent[] = [...refund, { type: 'customer.message', text: 'x' }]
    const to = redrawn({ order: ['ask', { text: 'Which order?', variable: 'orderNumber', as: 'text', attempts: 1 }] })
    expect(why(again, to)).toBe('“order” has asked 2 times already, and asks once at most now')
    expect(why(refund, to)).toBeUndefined()
  })
})

describe('A customer in the queue', () => {
  const place = (changed: object): Drawn => ['queue', { ...nodes['billing']?.[1], ...changed }]

  test('keeps every deadline to the minute at which it was promised, and the move says so', () => {
    const to = redrawn({ billing: place({ maxWait: '20m', updateEvery: '3m', sla: { firstResponse: '1m' } }) })
    const before = told(queued)
    const moved = migrationOf(old, to).migrate(before, 2, MINUTE)
    if ('moves' in moved) throw new Error(moved.why)
    expect(moved.timers).toEqual(before.timers)
    expect(moved.snapshot.machine.context.waiting).toEqual(before.machine.context.waiting)
    const after = step(
      to,
      moved.snapshot,
      {
        type: 'timer',
        id: 'billing.maxWait',
        gen: before.timers.find((timer) => timer.id === 'billing.maxWait')?.gen ?? 0,
      },
      5 * MINUTE,
    )
    expect(after.snapshot.state).toBe('queued.note')
    const count = new NoteCount()
    const verdict = migrationOf(old, to).judge(before)
    for (let times = 0; times < 8; times++) if (verdict.moves) count.add(verdict.notes)
    expect(count.sentences()).toEqual([
      '8 deadlines “billing.update” keep the 1m given; the new version gives 3m',
      '8 deadlines “billing.slaWarning” keep the 2m given; the new version gives 1m',
      '8 deadlines “billing.slaBreach” keep the 2m given; the new version gives 1m',
      '8 deadlines “billing.maxWait” keep the 5m given; the new version gives 20m',
    ])
  })

  test('hears no more updates where there are none, and begins no deadline that it was not told of', () => {
    const { updateText: _, ...quiet } = { ...nodes['billing']?.[1] } as Record<string, unknown>
    const to = redrawn({ billing: ['queue', quiet] })
    const there = migrationOf(old, to).migrate(told(queued), 2, 0)
    if ('moves' in there) throw new Error(there.why)
    expect(there.timers.map((timer) => timer.id)).not.toContain('billing.update')
    const back = migrationOf(to, old).judge(there.snapshot)
    expect(back).toEqual({ moves: true, notes: [{ what: 'later', timer: 'billing.update' }] })
  })

  test('stays where the queue would ask agents for something else, or a promise would be watched by nobody', () => {
    expect(why(queued, redrawn({ billing: place({ team: 'money' }) }))).toBe(
      '“billing” leads to the team “money” now, not to “billing”',
    )
    expect(why(queued, redrawn({ billing: place({ skills: { invoices: 3 } }) }))).toBe(
      '“billing” asks for skills otherwise now',
    )
    expect(why(queued, redrawn({ billing: place({ relax: [{ after: '1m', drop: ['invoices'] }] }) }))).toBe(
      '“billing” asks for less with time otherwise now',
    )
    expect(why(queued, redrawn({ billing: place({ sla: undefined }) }))).toBe(
      '“billing” promised a first answer, which nobody would watch',
    )
  })

  test('stays while it is kept for the person of last time, where the new version does not know of that; after, it moves', () => {
    const from = redrawn({ billing: place({ sameAgent: '3m' }) })
    const asked: ConversationEvent = {
      type: 'customer.message',
      text: 'I want to talk to a person',
      facts: { last: { id: 'sarah', name: 'Sarah', online: true } },
    }
    const declined: readonly ConversationEvent[] = [
      asked,
      { type: 'offer.made', agent: { id: 'sarah', name: 'Sarah' }, until: MINUTE },
      { type: 'agent.decline', by: 'sarah' },
    ]
    const migration = migrationOf(from, old)
    expect(migration.judge(told([asked], from))).toEqual({
      moves: false,
      why: '“billing” keeps the customer for the person of last time, and nobody would let go of it',
    })
    expect(migration.judge(told(declined, from))).toEqual({
      moves: true,
      notes: [{ what: 'ended', timer: 'billing.sameAgent' }],
    })
  })

  test('moves where only who joins later is concerned', () => {
    expect(why(queued, redrawn({ billing: place({ priority: 7, maxWaiting: 3, text: 'A moment.' }) }))).toBeUndefined()
  })
})

describe('A conversation in an agent’s hands', () => {
  test('keeps its agent, and what they were told', () => {
    const to = redrawn({ person: ['agent', { goneAfter: '9m', intro: 'Here I am.' }] })
    const moved = migrationOf(old, to).migrate(told(held), 2, 0)
    if ('moves' in moved) throw new Error(moved.why)
    expect(view(to, moved.snapshot)).toMatchObject({
      owner: 'agent:sarah',
      agent: { id: 'sarah' },
      flow: { id: 'test', version: 2 },
    })
    expect(step(to, moved.snapshot, { type: 'agent.message', text: 'Hi', by: 'sarah' }, 0).messages[0]?.text).toBe('Hi')
  })

  test('stays where it would come back to a queue that asks for others, or to a bot that is gone', () => {
    expect(why(held, redrawn({ billing: ['queue', { ...nodes['billing']?.[1], team: 'money' }] }))).toBe(
      '“billing”, the queue it would come back to, leads to the team “money” now, not to “billing”',
    )
    expect(why(held, redrawn({ chat: undefined, talk: ['listen', {}] }, ['hello.next > talk']))).toBe(
      '“chat”, where the bot would go on, is not in the new version',
    )
  })
})

describe('A bot that talks', () => {
  test('stays where another bot talks now or an intent is gone, and moves where it may say one thing more', () => {
    const chat = (bot: string, ...ids: readonly string[]): Drawn => [
      'listen',
      { bot, intents: ids.map((id) => ({ id })) },
    ]
    expect(why([], redrawn({ chat: chat('other', 'refund', 'size') }))).toBe(
      '“chat” is held by the bot “other” now, not by the bot “helper”',
    )
    const narrower = draw(
      { ...nodes, chat: chat('helper', 'refund') },
      edges.filter((edge) => !edge.includes('size > pick')),
      variables,
    )
    expect(why([], narrower)).toBe('“chat” took the intent “size”, which is gone')
    expect(
      why([], redrawn({ chat: chat('helper', 'refund', 'size', 'parcel') }, ['chat.intent:parcel > order'])),
    ).toBeUndefined()
  })

  test('stays where what it knows is of another type now', () => {
    const known: readonly ConversationEvent[] = [...refund, { type: 'customer.message', text: 'A-17' }]
    expect(
      why(known, redrawn({ order: undefined }, ['chat.intent:refund > size'], { orderNumber: { type: 'list' } })),
    ).toBe('it knows “orderNumber” as a text, and that is a list now')
    expect(why(known, redrawn({ order: undefined }, ['chat.intent:refund > size'], {}))).toBeUndefined()
  })
})

describe('A node that is gone', () => {
  test('keeps who stands there on the old version, and nobody else', () => {
    const to = redrawn({ pick: undefined }, ['chat.intent:size > order'])
    expect(why(size, to)).toBe('“pick”, where it stands, is not in the new version')
    expect(why(refund, to)).toBeUndefined()
  })

  test('is not missed where only the history of the bot remembers it', () => {
    // Asked for a person at the question: it is `at` that counts on the way back, and that is the question.
    const passing = draw(
      { ...nodes, gate: ['branch', { cases: [] }] },
      [...edges.filter((edge) => edge !== 'wants.fired > billing'), 'wants.fired > gate', 'gate.else > billing'],
      variables,
    )
    const before = told(queued, passing)
    expect(Object.values(before.machine.history)).toEqual([['test.bot.gate']])
    const moved = migrationOf(passing, old).migrate(before, 2, 0)
    if ('moves' in moved) throw new Error(moved.why)
    expect(moved.snapshot.machine.history).toEqual({})
    const back = [...held.slice(1), { type: 'agent.handback' } as const].reduce(
      (snapshot, event) => step(old, snapshot, event, 0).snapshot,
      moved.snapshot,
    )
    expect(back.state).toBe('bot.chat')
  })

  test('keeps everybody on the old version where it was the last queue: a promise could be taken up nowhere', () => {
    const alone = draw(
      { start: ['start'], chat: ['listen', {}], line: ['queue', { team: 'all', text: 'Wait.' }], end: ['close'] },
      ['start.next > chat', 'chat.failed > line', 'line.accepted > end', 'line.timeout > end'],
    )
    const without = draw({ start: ['start'], chat: ['listen', {}], end: ['close'] }, [
      'start.next > chat',
      'chat.failed > end',
    ])
    expect(migrationOf(alone, without).judge(told([], alone))).toEqual({
      moves: false,
      why: 'the new version has no queue in which a promise could be taken up',
    })
  })

  test('is another node when it is of another kind', () => {
    const written = draw(
      { ...nodes, billing: ['ticket', { text: 'Write to us.', replyWithin: '1d' }] },
      edges.filter((edge) => !edge.startsWith('billing.')),
      variables,
    )
    expect(why(queued, written)).toBe('“billing” was a “Queue” and is a “Ticket” now')
  })
})

test('on a rung of a ladder it moves while the rungs up to there are the same', () => {
  const rungs = [
    { kind: 'rephrase', text: 'Other words?' },
    { kind: 'offerHuman', text: 'A person?' },
  ]
  const poor: readonly ConversationEvent[] = [
    ...[1, 2].flatMap((): readonly ConversationEvent[] => [
      { type: 'customer.message', text: 'hm' },
      { type: 'bot.message', text: '?', fallback: true },
    ]),
  ]
  expect(told(poor).state).toBe('escalation.ladder')
  expect(why(poor, redrawn({ ladder: ['ladder', { rungs }] }))).toBeUndefined()
  expect(why(poor, redrawn({ ladder: ['ladder', { rungs: rungs.slice(1) }] }))).toBe(
    '“ladder” had other rungs up to “rephrase”',
  )
})

test('one that has ended is left as it is', () => {
  const resolved = told([...held, { type: 'agent.resolve', resolution: 'done' }, { type: 'survey.answer', score: 5 }])
  expect(migrationOf(old, old).judge(resolved)).toEqual({ moves: false, why: 'it has ended' })
})

describe('A promise that was made in a queue', () => {
  const two: Nodes = {
    start: ['start'],
    chat: ['listen', { intents: [{ id: 'outage' }] }],
    wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
    support: ['queue', { team: 'support', text: 'Please wait.' }],
    onCall: ['queue', { team: 'oncall', text: 'Please wait.' }],
    person: ['agent'],
    note: ['ticket', { text: 'We write.', replyWithin: '1d', collect: [] }],
    bye: ['close'],
  }
  const ways = [
    'start.next > chat',
    'wants.fired > support',
    'support.accepted > person',
    'support.timeout > note',
    'note.created > chat',
    'chat.done > bye',
    'person.resolved > bye',
  ]
  const onCall = ['chat.intent:outage > onCall', 'onCall.accepted > person', 'onCall.timeout > note']
  const from = draw(two, [...ways, ...onCall])
  const waits = told([{ type: 'bot.intent', intent: 'outage' }], from)
  const timer = waits.timers.find(({ id }) => id === 'onCall.maxWait')
  const late = step(from, waits, { type: 'timer', id: 'onCall.maxWait', gen: timer?.gen ?? 0 }, timer?.due ?? 0)
  const effect = late.effects.find((each) => each.type === 'ticket')?.id ?? ''
  const promised = step(from, late.snapshot, { type: 'effect.done', effect, ok: true }, late.snapshot.at).snapshot
  const dueIn = (to: Flow): string => {
    const moved = migrationOf(from, to).migrate(promised, 2, promised.at)
    if ('moves' in moved) throw new Error(moved.why)
    const due: ConversationEvent = { type: 'promise.due', promise: 'ticket', id: 't', since: 0, priority: 0 }
    return step(to, moved.snapshot, due, promised.at).snapshot.state
  }

  test('is taken up there in the new version too, and in the flow’s queue where that one is gone', () => {
    expect(dueIn(from)).toBe('queued.onCall')
    const { onCall: _, ...one } = two
    expect(dueIn(draw(one, [...ways, 'chat.intent:outage > support']))).toBe('queued.support')
    const asked: Drawn = ['say', { text: 'Call us.' }]
    const other = draw({ ...one, onCall: asked }, [...ways, 'chat.intent:outage > onCall', 'onCall.next > support'])
    const moved = migrationOf(from, other).migrate(promised, 2, promised.at)
    if ('moves' in moved) throw new Error(moved.why)
    expect(moved.snapshot.machine.context.promisedIn).toBeNull()
    expect(promised.machine.context.promisedIn).toBe('onCall')
  })
})
