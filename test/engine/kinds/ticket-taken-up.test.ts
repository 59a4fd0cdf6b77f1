import { describe, expect, test } from 'vitest'
import {
  Refusal,
  start,
  step,
  teamOf,
  view,
  type ConversationEvent,
  type Facts,
  type Snapshot,
  type Stepped,
} from '#engine/index.ts'
import { draw } from '../draw.ts'

const MINUTE = 60_000
const night = Date.parse('2026-03-02T22:00:00Z')
const morning = Date.parse('2026-03-03T08:00:00Z')
const FACTS: Facts = {
  queues: { support: { position: 1, eta: null, within: null, online: 1, waiting: 0 } },
  agents: { sarah: { id: 'sarah', name: 'Sarah' } },
}

/** At night a ticket; by day a queue with a way for when nobody is there. */
const flow = draw(
  {
    start: ['start'],
    bot: ['listen', {}],
    wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
    open: ['hours', { schedule: { timezone: 'UTC', week: { tue: [['08:00', '18:00']] } } }],
    line: ['queue', { team: 'support', text: 'You are number {{ queue.position }}.', maxWait: '10m' }],
    person: ['agent', {}],
    note: ['ticket', { text: 'We write to you.', replyWithin: '1d', collect: [] }],
    end: ['close', { reason: 'ticket' }],
  },
  [
    'start.next > bot',
    'wants.fired > open',
    'open.open > line',
    'open.closed > note',
    'line.accepted > person',
    'line.timeout > note',
    'line.empty > note',
    'note.created > end',
    'note.failed > bot',
    'person.resolved > end',
    'bot.done > end',
  ],
)

function take(snapshot: Snapshot, event: ConversationEvent, at: number): Stepped {
  return step(flow, snapshot, { ...event, facts: FACTS }, at)
}
const said = ({ messages }: Stepped) => messages.map((message) => message.text)

/** A ticket that was written at night; the conversation has ended with it. */
function written(): Snapshot {
  const begun = start(flow, { id: 'c', customer: { name: 'Ann', email: 'ann@example.org' } }, night)
  const asked = step(flow, begun.snapshot, { type: 'customer.message', text: 'I want to talk to a person' }, night)
  const effect = asked.effects.find((each) => each.type === 'ticket')?.id ?? ''
  return step(flow, asked.snapshot, { type: 'effect.done', effect, ok: true }, night).snapshot
}
const called = (): Stepped => take(written(), { type: 'promise.told', what: 'ready', id: 't', since: night }, morning)
const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'taken'
}

describe('A ticket whose conversation has ended', () => {
  test('1. tells the customer once somebody is there, and stays ended until they come back', () => {
    const told = called()
    expect(said(told)).toEqual(['Somebody is here now: come back to the chat and write. Your place is kept.'])
    expect(told.effects).toMatchObject([{ type: 'message', from: 'system', notice: true }])
    expect(told.snapshot).toMatchObject({ phase: 'closed', closed: { at: night } })
    expect(view(flow, told.snapshot).expects).toEqual(['customer.message', 'customer.returned'])
    expect(view(flow, written()).expects).toEqual([])
  })

  test('2. coming back, by a word or by returning, takes up the place of the ticket; nothing more of an end', () => {
    for (const event of [{ type: 'customer.returned' }, { type: 'customer.message', text: 'Here I am' }] as const) {
      const back = take(called().snapshot, event, morning + MINUTE)
      expect(back.snapshot).toMatchObject({ state: 'queued.line', owner: 'queue', closed: null })
      expect(back.snapshot.machine.context.waiting).toMatchObject({ team: 'support', since: night, joined: true })
      expect(said(back)).toEqual(['You are number 1.'])
      expect(back.snapshot.timers.map((timer) => timer.id)).toContain('line.maxWait')
    }
  })

  test('3. the place is kept also when everybody has gone again: no second ticket', () => {
    const nobody: Facts = { queues: { support: { position: 1, eta: null, within: null, online: 0, waiting: 0 } } }
    const back = step(flow, called().snapshot, { type: 'customer.returned', facts: nobody }, morning)
    expect(back.snapshot.state).toBe('queued.line')
  })

  test('4. who was not called back begins nothing again', () => {
    for (const event of [{ type: 'customer.returned' }, { type: 'customer.message', text: 'Hello?' }] as const) {
      expect(refusal(() => take(written(), event, morning))).toBe('closed')
    }
  })

  test('5. an agent who takes it has it at once: no queue is announced', () => {
    const taken = take(
      written(),
      { type: 'promise.due', promise: 'ticket', id: 't', since: night, priority: 0, agent: 'sarah' },
      morning,
    )
    expect(taken.snapshot).toMatchObject({ state: 'agentActive.person', owner: 'agent:sarah', closed: null })
    expect(said(taken)).toEqual(['Sarah has joined and can see everything you wrote.'])
    const reply = take(taken.snapshot, { type: 'agent.message', text: 'Your parcel is here.' }, morning + MINUTE)
    expect(reply.effects).toMatchObject([{ type: 'message', from: 'agent' }])
  })

  test('6. who was answered may come back after the silence, not after it was resolved', () => {
    const taken = take(
      written(),
      { type: 'promise.due', promise: 'ticket', id: 't', since: night, priority: 0, agent: 'sarah' },
      morning,
    )
    const answered = take(taken.snapshot, { type: 'agent.message', text: 'Here is the answer.' }, morning).snapshot
    const idle = answered.timers.find((timer) => timer.id === 'person.idle')
    if (idle === undefined) throw new Error('No idle timer.')
    const silent = take(answered, { type: 'timer', id: idle.id, gen: idle.gen }, idle.due).snapshot
    expect(silent.phase).toBe('closed')
    expect(
      take(silent, { type: 'customer.message', text: 'Thanks, one more thing' }, idle.due + MINUTE).snapshot.state,
    ).toBe('queued.line')
    const resolved = take(answered, { type: 'agent.resolve', resolution: 'done' }, morning + MINUTE).snapshot
    expect(
      refusal(() => take(resolved, { type: 'customer.message', text: 'One more thing' }, morning + 2 * MINUTE)),
    ).toBe('closed')
  })

  test('7. coming back uses the call up', () => {
    const back = take(called().snapshot, { type: 'customer.returned' }, morning).snapshot
    const due = back.timers.find((timer) => timer.id === 'line.maxWait')
    const gone = take(back, { type: 'timer', id: due?.id ?? '', gen: due?.gen ?? 0 }, due?.due ?? 0)
    const ended = take(
      gone.snapshot,
      { type: 'effect.done', effect: gone.effects.find((each) => each.type === 'ticket')?.id ?? '', ok: true },
      morning + 11 * MINUTE,
    )
    expect(refusal(() => take(ended.snapshot, { type: 'customer.returned' }, morning + 12 * MINUTE))).toBe('closed')
  })
})

describe('A callback whose time has come', () => {
  const due = { type: 'promise.due', promise: 'callback', id: 'b', since: night, priority: 100 } as const

  test('8. goes before everybody: the highest priority, waiting since it was booked', () => {
    const back = take(written(), due, morning)
    expect(back.snapshot.machine.context.waiting).toMatchObject({ priority: 100, since: night, joined: true })
    expect(said(back)).toEqual(['It is time for your call; a colleague is with you in a moment.', 'You are number 1.'])
    expect(back.effects.filter((each) => each.type === 'message')).toMatchObject([
      { notice: true },
      { text: 'You are number 1.' },
    ])
  })

  test('9. interrupts no person who holds the conversation', () => {
    const held = take(
      take(written(), due, morning).snapshot,
      { type: 'agent.accept', agent: 'sarah' },
      morning,
    ).snapshot
    expect(refusal(() => take(held, due, morning))).toBe('stale')
    expect(refusal(() => take(held, { type: 'promise.told', what: 'ready', id: 't', since: night }, morning))).toBe(
      'stale',
    )
  })

  test('10. is refused by a flow without a queue: nothing has happened', () => {
    const bare = draw({ start: ['start'], bot: ['listen', {}], end: ['close'] }, ['start.next > bot', 'bot.done > end'])
    const { snapshot } = start(bare, { id: 'c' }, night)
    expect(refusal(() => step(bare, snapshot, due, morning))).toBe('not-expected')
  })

  test('is reminded of in the customer’s language, by the flow’s clock', () => {
    const begun = start(flow, { id: 'c', language: 'de-AT' }, night)
    const told = take(
      begun.snapshot,
      { type: 'promise.told', what: 'soon', id: 'b', at: morning },
      morning - 15 * MINUTE,
    )
    expect(said(told)).toEqual(['Zur Erinnerung: Ihr Anruf ist um 09:00 MEZ.'])
    expect(told.snapshot.state).toBe('bot.bot')
  })
})

test('11. a customer with the bot who is called back speaks to a person with the next word', () => {
  const begun = start(flow, { id: 'c' }, night)
  const told = take(begun.snapshot, { type: 'promise.told', what: 'ready', id: 't', since: night }, morning)
  const back = take(told.snapshot, { type: 'customer.message', text: 'Good' }, morning)
  expect(back.snapshot).toMatchObject({ state: 'queued.line', machine: { context: { waiting: { since: night } } } })
})

describe('A promise of a flow with several queues', () => {
  const office = { timezone: 'UTC', week: { tue: [['08:00', '18:00']] } }
  /** Whose whole team cannot work comes to the engineers on call; who asks for a person to support. */
  const desks = draw(
    {
      start: ['start'],
      bot: ['listen', { intents: [{ id: 'outage' }, { id: 'later' }, { id: 'note' }] }],
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      support: ['queue', { team: 'support', text: 'Support is with you soon.' }],
      onCall: ['queue', { team: 'oncall', text: 'The engineer on call is with you soon.', maxWait: '10m' }],
      person: ['agent', {}],
      back: ['handback'],
      stars: ['survey', { text: 'How was it?' }],
      note: ['ticket', { text: 'We write to you.', replyWithin: '1d', collect: [] }],
      incident: ['ticket', { text: 'The engineer writes to you.', replyWithin: '1h', collect: [] }],
      call: ['callback', { text: 'When?', schedule: office }],
      end: ['close'],
    },
    [
      'start.next > bot',
      'wants.fired > support',
      'bot.intent:outage > onCall',
      'bot.intent:later > call',
      'bot.intent:note > note',
      'support.accepted > person',
      'support.timeout > note',
      'onCall.accepted > person',
      'onCall.timeout > incident',
      'note.created > end',
      'incident.created > bot',
      'call.booked > end',
      'call.declined > end',
      'person.handback > back',
      'person.resolved > stars',
      'back.next > bot',
      'stars.answered > end',
      'stars.skipped > end',
      'bot.done > end',
    ],
  )
  const due = { type: 'promise.due', promise: 'ticket', id: 't', since: night, priority: 0 } as const
  const begun = (): Snapshot => start(desks, { id: 'c', customer: { name: 'Ann' } }, night).snapshot
  const go = (snapshot: Snapshot, ...events: readonly ConversationEvent[]): Snapshot =>
    events.reduce(
      (last, event): Snapshot =>
        step(desks, JSON.parse(JSON.stringify(last)), { ...event, facts: FACTS }, last.at).snapshot,
      snapshot,
    )
  const outage: ConversationEvent = { type: 'bot.intent', intent: 'outage' }
  const accept: ConversationEvent = { type: 'agent.accept', agent: 'sarah' }
  /** Lets the wait end, and the ticket be created. */
  const inVain = (waits: Snapshot): Snapshot => {
    const timer = waits.timers.find(({ id }) => id.endsWith('.maxWait'))
    const late = step(desks, waits, { type: 'timer', id: timer?.id ?? '', gen: timer?.gen ?? 0 }, timer?.due ?? 0)
    const effect = late.effects.find((each) => each.type === 'ticket')?.id ?? ''
    return go(late.snapshot, { type: 'effect.done', effect, ok: true })
  }

  test('12. is taken up in the queue that was waited in, after whatever was done meanwhile', () => {
    const promised = inVain(go(begun(), outage))
    expect(promised.state).toBe('bot.bot')
    expect(go(promised, due).state).toBe('queued.onCall')
    expect(go(promised, { type: 'bot.done' }, due).state).toBe('queued.onCall')
    const helped = go(promised, { type: 'customer.message', text: 'I want to talk to a person' }, accept)
    expect(go(helped, { type: 'agent.handback' }, due).state).toBe('queued.onCall')
    expect(go(helped, { type: 'agent.resolve', resolution: 'done' }, due).state).toBe('queued.onCall')
  })

  test('13. leads who was called back to the same queue, and again after the silence', () => {
    const promised = inVain(go(begun(), outage))
    const called = go(promised, { type: 'bot.done' }, { type: 'promise.told', what: 'ready', id: 't', since: night })
    expect(go(called, { type: 'customer.message', text: 'Here I am' }).state).toBe('queued.onCall')
    const answered = go(promised, { ...due, agent: 'sarah' }, { type: 'agent.message', text: 'It runs again.' })
    const idle = answered.timers.find(({ id }) => id === 'person.idle')
    const silent = step(desks, answered, { type: 'timer', id: 'person.idle', gen: idle?.gen ?? 0 }, idle?.due ?? 0)
    const over = go(silent.snapshot, { type: 'survey.answer', score: 5 })
    expect(over.phase).toBe('closed')
    expect(go(over, { type: 'customer.message', text: 'It does not' }).state).toBe('queued.onCall')
  })

  test('14. that was made without any wait is the flow’s queue’s, whatever was waited in before', () => {
    const helped = go(begun(), outage, accept, { type: 'agent.handback' })
    const asks = step(desks, helped, { type: 'bot.intent', intent: 'note' }, helped.at)
    expect(teamOf(desks, asks.snapshot)).toBe('support')
    const effect = asks.effects.find((each) => each.type === 'ticket')?.id ?? ''
    expect(go(asks.snapshot, { type: 'effect.done', effect, ok: true }, due).state).toBe('queued.support')
    const again = step(desks, inVain(go(begun(), outage)), { type: 'bot.intent', intent: 'note' }, morning)
    expect(teamOf(desks, again.snapshot)).toBe('support')
  })

  test('15. stays with the team that was waited for until something else is promised', () => {
    const promised = inVain(go(begun(), outage))
    expect(teamOf(desks, go(promised, { type: 'bot.done' }))).toBe('oncall')
    const times = go({ ...promised, at: morning }, { type: 'bot.intent', intent: 'later' })
    expect(times.state).toBe('queued.call')
    expect(teamOf(desks, times)).toBe('oncall')
    expect(teamOf(desks, go(times, { type: 'customer.message', text: '1' }))).toBe('support')
  })

  test('16. of a conversation of before is taken up as it was then', () => {
    const promised = inVain(go(begun(), outage))
    const { promisedIn: _, ...context } = promised.machine.context
    expect(go({ ...promised, machine: { ...promised.machine, context } }, due).state).toBe('queued.support')
  })
})
