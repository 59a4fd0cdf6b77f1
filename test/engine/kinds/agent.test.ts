import { describe, expect, test } from 'vitest'
import { start, step, type ConversationEvent, type Snapshot } from '#engine/index.ts'
import { draw } from '../draw.ts'

const HOUR = 3_600_000
const flowWith = (data: object, ...more: readonly string[]) =>
  draw(
    {
      start: ['start'],
      chat: ['listen'],
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      people: ['queue', { team: 'people', text: 'Wait.' }],
      person: ['agent', { idleAfter: '1h', goneAfter: '1h', ...data }],
      back: ['handback'],
      note: ['ticket', { text: 'Write to us.', replyWithin: '1d' }],
      end: ['close'],
    },
    [
      'start.next > chat',
      'wants.fired > people',
      'people.accepted > person',
      'people.timeout > note',
      'note.created > end',
      'person.resolved > end',
      'person.handback > back',
      'back.next > chat',
      ...more,
    ],
  )

const accept: ConversationEvent = {
  type: 'agent.accept',
  agent: 'ada',
  facts: { agents: { ada: { id: 'ada', name: 'Ada' } } },
}
const ask: ConversationEvent = { type: 'customer.message', text: 'I want to talk to a person' }

/** What stands in the snapshot after Ada took it at 0 and the last of these events came. */
function wrapUpAfter(
  data: object,
  events: readonly (readonly [ConversationEvent, number])[],
): Snapshot['machine']['context']['wrapUp'] {
  const flow = flowWith(data)
  let { snapshot } = start(flow, { id: 'c' }, 0)
  for (const [event, at] of [[ask, 0], [accept, 0], ...events] as const)
    snapshot = step(flow, snapshot, event, at).snapshot
  return snapshot.machine.context.wrapUp
}

describe('A person’s wrap-up', () => {
  test.each<[string, ConversationEvent]>([
    ['resolved', { type: 'agent.resolve', resolution: 'done' }],
    ['handed back', { type: 'agent.handback' }],
  ])('begins when the conversation is %s', (_, event) => {
    expect(wrapUpAfter({ wrapUp: '2m' }, [[event, 1_000]])).toEqual({ agent: 'ada', until: 121_000 })
    expect(wrapUpAfter({}, [[event, 1_000]])).toBeNull()
    expect(wrapUpAfter({ wrapUp: '0s' }, [[event, 1_000]])).toBeNull()
  })

  test('begins when the customer stays silent', () => {
    const flow = flowWith({ wrapUp: '2m' })
    const held = [ask, accept, { type: 'agent.message', text: 'Hello' } as const].reduce(
      (snapshot: Snapshot, event) => step(flow, snapshot, event, 0).snapshot,
      start(flow, { id: 'c' }, 0).snapshot,
    )
    const idle = held.timers.find((timer) => timer.id === 'person.idle')
    const { snapshot } = step(flow, held, { type: 'timer', id: 'person.idle', gen: idle?.gen ?? 0 }, HOUR)
    expect(snapshot.phase).toBe('closed')
    expect(snapshot.machine.context.wrapUp).toEqual({ agent: 'ada', until: HOUR + 120_000 })
  })

  test.each<[string, ConversationEvent]>([
    ['transferred', { type: 'agent.transfer', team: 'others' }],
    ['lost', { type: 'agent.gone', agent: 'ada' }],
  ])('does not begin when it is %s', (_, event) => {
    expect(wrapUpAfter({ wrapUp: '2m' }, [[event, 1_000]])).toBeNull()
  })

  test('is over for who takes the conversation up again', () => {
    expect(
      wrapUpAfter({ wrapUp: '2m' }, [
        [{ type: 'agent.handback' }, 1_000],
        [ask, 2_000],
        [accept, 3_000],
      ]),
    ).toBeNull()
  })
})

describe('Who loses the person', () => {
  const lost = (online: number, ...more: readonly string[]): readonly string[] => {
    const flow = flowWith({}, ...more)
    const held = [ask, accept].reduce(
      (snapshot: Snapshot, event) => step(flow, snapshot, event, 0).snapshot,
      start(flow, { id: 'c' }, 0).snapshot,
    )
    const facts = { queues: { people: { position: 1, eta: null, within: null, online, waiting: 0 } } }
    const { log } = step(flow, held, { type: 'agent.gone', agent: 'ada', facts }, 1_000)
    return log.flatMap((entry) => (entry.kind === 'message' && entry.from === 'system' ? [entry.text] : []))
  }

  test('is promised the place where somebody is there, or the flow waits for somebody', () => {
    expect(lost(1, 'people.empty > note')).toEqual([expect.stringContaining('You keep your place')])
    expect(lost(0)).toEqual([expect.stringContaining('You keep your place')])
  })

  test('is promised none where the flow does not wait while nobody is there', () => {
    expect(lost(0, 'people.empty > note')).toEqual(['Sorry, we lost the line to your colleague.'])
  })
})

describe('Who loses the person, or is passed on, after closing time', () => {
  const OPEN = Date.UTC(2026, 2, 2, 10)
  const CLOSED = Date.UTC(2026, 2, 2, 18)
  /** One queue, with business hours before it. */
  const flow = draw(
    {
      start: ['start'],
      chat: ['listen'],
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      open: ['hours', { schedule: { timezone: 'UTC', week: { mon: [['09:00', '17:00']] } } }],
      people: ['queue', { team: 'people', text: 'Wait.' }],
      person: ['agent'],
      note: ['ticket', { text: 'Write to us.', replyWithin: '1d' }],
      end: ['close'],
    },
    [
      'start.next > chat',
      'wants.fired > open',
      'open.open > people',
      'open.closed > note',
      'people.accepted > person',
      'people.timeout > note',
      'note.created > end',
      'person.resolved > end',
    ],
  )

  test.each<[string, ConversationEvent]>([
    ['passed on', { type: 'agent.transfer', team: 'others' }],
    ['lost', { type: 'agent.gone', agent: 'ada' }],
  ])('is back in the queue that fed the person, at the place they had: %s', (_, event) => {
    const held = [ask, accept].reduce(
      (snapshot: Snapshot, each) => step(flow, snapshot, each, OPEN).snapshot,
      start(flow, { id: 'c' }, OPEN).snapshot,
    )
    const { snapshot } = step(flow, held, event, CLOSED)
    expect(snapshot.state).toBe('queued.people')
    expect(snapshot.machine.context.waiting).toMatchObject({ node: 'people', since: OPEN, joined: true })
  })
})

test('A customer who left and writes to their person is there again', () => {
  const flow = flowWith({})
  const away = (events: readonly ConversationEvent[]): boolean | undefined => {
    const begun = start(flow, { id: 'c' }, 0).snapshot
    const { snapshot } = events.reduce((last, event) => step(flow, last.snapshot, event, 0), { snapshot: begun })
    expect(snapshot.state).toBe('agentActive.person')
    return snapshot.machine.context.waiting?.away
  }
  const left = [ask, accept, { type: 'customer.left' }] as const
  const writes = { type: 'customer.message', text: 'Are you there?' } as const
  expect(away(left)).toBe(true)
  expect(away([...left, writes])).toBe(false)
  expect(away([ask, accept, writes, { type: 'customer.left' }, writes])).toBe(false)
})
