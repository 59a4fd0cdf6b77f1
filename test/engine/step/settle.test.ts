/** What is written down of a step: phase, owner, end, what is waited for, what the signals still know. */
import { describe, expect, test } from 'vitest'
import { Refusal, start, step, type ConversationEvent, type Flow } from '#engine/index.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'
import { MONDAY, Told } from './told.ts'

function refusalOf(run: () => unknown): Refusal {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('It was accepted.')
}

describe('A conversation that begins', () => {
  test('is written down with what it began with, and with the facts only where there are some', () => {
    const begun = (facts?: object) => start(support(), { id: 'c1', flowVersion: 7, language: 'de' }, MONDAY, facts)
    const opening = { id: 'c1', language: 'de' }
    expect(begun().log[0]).toEqual({
      seq: 1,
      at: MONDAY,
      kind: 'event',
      event: { type: 'conversation.started', opening },
    })
    const facts = { last: null }
    expect(begun(facts).log[0]).toMatchObject({ event: { type: 'conversation.started', opening, facts } })
    expect(begun({}).log).toEqual(begun().log)
    expect(begun().snapshot).toMatchObject({
      engine: 1,
      conversation: 'c1',
      flow: { id: 'test', version: 7 },
      version: 1,
      epoch: 0,
      owner: 'bot',
      at: MONDAY,
      awaiting: null,
      held: [],
      closed: null,
    })
    expect(start(support(), { id: 'c1' }, MONDAY).snapshot.flow.version).toBe(0)
  })

  test('speaks on its channel, which is the web where none is named', () => {
    const channel = (opening: object) => start(support(), { id: 'c1', ...opening }, MONDAY).effects[0]
    expect(channel({})).toMatchObject({ type: 'message', channel: 'web', from: 'bot', id: 'c1:1:0' })
    expect(channel({ channel: 'email' })).toMatchObject({ channel: 'email' })
  })
})

describe('Every move is in the log', () => {
  test('from where, to where, and why where a person is asked for', () => {
    const told = new Told(support())
    const moves = () => told.last.log.flatMap((entry) => (entry.kind === 'moved' ? [entry] : []))
    expect(moves()).toEqual([{ kind: 'moved', seq: told.last.snapshot.seq, at: MONDAY, from: null, to: 'bot.chat' }])
    told.customer('where is it')
    expect(moves()).toEqual([])
    told.customer('a person please')
    const { reason } = told.last.snapshot.machine.context
    expect(moves()).toMatchObject([{ from: 'bot.chat', to: 'queued.billing', reason }])
    told.send({ type: 'agent.accept', agent: 'sarah' })
    expect(moves()).toMatchObject([{ from: 'queued.billing', to: 'agentActive.person' }])
    expect(moves()[0]).not.toHaveProperty('reason')
  })

  test('a trigger that leads back to where the customer was is one too', () => {
    const flow = draw(
      {
        start: ['start'],
        chat: ['listen'],
        again: ['trigger', { signals: [{ signal: 'topic', words: ['again'] }] }],
        end: ['close'],
      },
      ['start.next > chat', 'chat.done > end', 'again.fired > chat'],
    )
    const told = new Told(flow)
    told.customer('once again')
    expect(told.last.log).toContainEqual(
      expect.objectContaining({ kind: 'moved', from: 'bot.chat', to: 'bot.chat', reason: expect.anything() }),
    )
  })
})

describe('What a step brings', () => {
  test('is in the log in its order: messages, effects, notes, each under its number', () => {
    const told = new Told(support())
    told.customer('a person please')
    const { log, effects, messages } = told.last
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => (log[0]?.seq ?? 0) + index))
    expect(log.flatMap((entry) => (entry.kind === 'effect' ? [entry.effect] : []))).toEqual(
      effects.filter(({ type }) => type !== 'message'),
    )
    expect(log.flatMap((entry) => (entry.kind === 'message' && entry.from !== 'customer' ? [entry] : []))).toEqual(
      messages.map((message) => ({ kind: 'message', ...message })),
    )
    expect(effects.map(({ id }) => id)).toEqual(effects.map((_, index) => `c1:${log[0]?.seq}:${index}`))
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.note', text: 'Knows the case.', by: 'sarah' })
    expect(told.last.log[1]).toEqual({
      seq: told.last.snapshot.seq,
      at: told.now,
      kind: 'note',
      agent: 'sarah',
      text: 'Knows the case.',
    })
  })

  test('names the outlets that it passed, in order', () => {
    const told = new Told(support())
    expect(told.last.ways).toEqual([
      { node: 'start', outlet: 'next' },
      { node: 'hello', outlet: 'next' },
    ])
    told.send({ type: 'bot.intent', intent: 'refund' })
    expect(told.last.ways).toEqual([{ node: 'chat', outlet: 'intent:refund' }])
    told.send({ type: 'customer.left' })
    expect(told.last.ways).toEqual([])
  })

  test('leaves the other deadlines as they are when one has come', () => {
    const told = new Told(support())
    told.customer('a person please')
    const others = () => told.last.snapshot.timers.filter(({ id }) => id !== 'billing.update')
    const before = others()
    expect(before.map(({ id }) => id)).toContain('billing.maxWait')
    told.timer('billing.update')
    expect(others()).toEqual(before)
    expect(told.last.snapshot.timers.filter(({ id }) => id === 'billing.update')).toHaveLength(1)
  })
})

describe('The end', () => {
  const ends = (data: object) =>
    draw(
      { start: ['start'], desk: ['queue', { team: 'desk', text: 'Wait.' }], person: ['agent'], end: ['close', data] },
      ['start.next > desk', 'desk.accepted > person', 'person.resolved > end'],
    )
  const resolved = (data: object) => {
    const told = new Told(ends(data))
    told.send({ type: 'agent.accept', agent: 'sarah' })
    return told.send({ type: 'agent.resolve', resolution: 'sent again' }).snapshot.closed
  }

  test('has the reason that is drawn, else how the agent resolved it, else that it is done', () => {
    expect(resolved({ reason: 'solved' })).toEqual({ at: MONDAY + 2_000, reason: 'solved' })
    expect(resolved({})).toEqual({ at: MONDAY + 2_000, reason: 'sent again' })
    const alone = draw({ start: ['start'], end: ['close'] }, ['start.next > end'])
    expect(new Told(alone).last.snapshot.closed).toEqual({ at: MONDAY, reason: 'done' })
  })

  test('stays when it was, whatever is told of a promise later', () => {
    const told = new Told(ends({}))
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.resolve', resolution: 'sent again' })
    const { closed } = told.last.snapshot
    told.send({ type: 'promise.told', what: 'ready', id: 't', since: MONDAY }, 60_000)
    expect(told.last.snapshot).toMatchObject({ phase: 'closed', closed })
  })
})

describe('What is waited for', () => {
  const calling = draw(
    {
      start: ['start'],
      chat: ['listen', { intents: [{ id: 'find' }] }],
      find: ['call', { method: 'GET', url: 'https://shop.example/orders' }],
      desk: ['queue', { team: 'desk', text: 'Wait.' }],
      wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
    },
    ['start.next > chat', 'chat.intent:find > find', 'find.ok > chat', 'find.failed > chat', 'wants.fired > desk'],
  )
  const waiting = () => {
    const told = new Told(calling)
    told.send({ type: 'bot.intent', intent: 'find' })
    return told
  }

  test.each([
    ['done', { ok: true, value: { status: 200, body: null } }],
    ['failed', { ok: false, error: 'The service does not answer.' }],
  ] as const)('is told to the person who takes over as %s', (result, end) => {
    const told = waiting()
    const { awaiting } = told.last.snapshot
    told.send({ type: 'effect.done', effect: awaiting ?? 'none', ...end })
    expect(told.last.snapshot.memory.attempted).toMatchObject([{ what: 'GET find', result }])
  })

  test('is told as failed when its last deadline comes, and as interrupted when the customer wants a person', () => {
    const late = waiting()
    late.timer('find.late')
    expect(late.last.snapshot.memory.attempted).toMatchObject([{ what: 'GET find', result: 'failed' }])
    const cut = waiting()
    cut.customer('I want to talk to a person')
    expect(cut.last.snapshot.memory.attempted).toMatchObject([{ what: 'GET find', result: 'interrupted' }])
  })

  test('is the call that was made, also while the customer says something', () => {
    const told = waiting()
    const { awaiting } = told.last.snapshot
    expect(awaiting).toBe(told.last.effects.find(({ type }) => type === 'http')?.id)
    told.customer('hello?')
    expect(told.last.snapshot.awaiting).toBe(awaiting)
    told.send({ type: 'effect.done', effect: awaiting ?? '', ok: true, value: { body: 1 } })
    expect(told.last.snapshot).toMatchObject({ awaiting: null, state: 'bot.chat' })
  })

  test('is nothing more once the customer has gone on without it', () => {
    const told = waiting()
    const { awaiting } = told.last.snapshot
    told.customer('a person please')
    expect(told.last.snapshot).toMatchObject({ awaiting: null, phase: 'queued' })
    expect(told.refusal({ type: 'effect.done', effect: awaiting ?? '', ok: true })).toMatchObject({ code: 'stale' })
  })
})

describe('What the signals have heard is forgotten', () => {
  const poor = (told: Told) => {
    told.customer('where is my parcel')
    told.bot('Sorry?', { fallback: true })
  }
  /** The bot has the word again, having failed once before. */
  const back: readonly (readonly [string, Flow, readonly ConversationEvent[]])[] = [
    [
      'a handback',
      support(),
      [
        { type: 'customer.message', text: 'a person please' },
        { type: 'agent.accept', agent: 'sarah' },
        { type: 'agent.handback' },
      ],
    ],
    [
      'an agent who leaves it to the flow',
      draw(
        { ...supportNodes, person: ['agent'] },
        supportEdges.map((edge) => (edge.startsWith('person.resolved') ? 'person.resolved > chat' : edge)),
        { orderNumber: { type: 'text' } },
      ),
      [
        { type: 'customer.message', text: 'a person please' },
        { type: 'agent.accept', agent: 'sarah' },
        { type: 'agent.resolve', resolution: 'done' },
      ],
    ],
    [
      'a queue that the customer leaves',
      draw(supportNodes, [...supportEdges, 'billing.left > chat'], { orderNumber: { type: 'text' } }),
      [{ type: 'customer.message', text: 'a person please' }, { type: 'customer.left' }],
    ],
  ]

  test.each(back)('after %s', (_, flow, events) => {
    const told = new Told(flow)
    poor(told)
    for (const event of events) told.send(event)
    expect(told.last.snapshot.phase).toBe('bot')
    poor(told)
    expect(told.state).not.toBe('escalation.ladder')
    poor(told)
    expect(told.state).toBe('escalation.ladder')
  })

  test('after a ladder that was resolved', () => {
    const told = new Told(support())
    poor(told)
    poor(told)
    told.customer('the thing I ordered on Monday')
    told.bot('It arrives tomorrow.')
    expect(told.state).toBe('bot.chat')
    poor(told)
    expect(told.state).toBe('bot.chat')
    poor(told)
    expect(told.state).toBe('escalation.ladder')
  })

  test('and nothing is while the bot goes on', () => {
    const told = new Told(support())
    poor(told)
    told.send({ type: 'customer.left' })
    poor(told)
    expect(told.state).toBe('escalation.ladder')
  })
})

describe('A flow that goes round without the customer', () => {
  const round = draw({ start: ['start'], chat: ['listen'], one: ['say', { text: '1' }], two: ['say', { text: '2' }] }, [
    'start.next > chat',
    'chat.done > one',
    'one.next > two',
    'two.next > one',
  ])

  test('is refused as stuck, with its name and the place it began from, and nothing has happened', () => {
    const told = new Told(round)
    const { code, message } = told.refusal({ type: 'bot.done' })
    expect(code).toBe('stuck')
    expect(message).toContain('The flow test at bot.chat goes round')
    const atOnce = draw({ start: ['start'], one: ['say', { text: '1' }], two: ['say', { text: '2' }] }, [
      'start.next > one',
      'one.next > two',
      'two.next > one',
    ])
    expect(refusalOf(() => start(atOnce, { id: 'c' }, 0)).message).toContain('The flow test goes round')
  })
})

describe('A snapshot', () => {
  test('can be stepped from more than once: each time the same comes out', () => {
    const { snapshot } = new Told(support()).last
    const once = step(support(), snapshot, { type: 'customer.message', text: 'a person please' }, MONDAY + 1)
    const flow = support()
    const [first, second] = [1, 2].map(() =>
      step(flow, snapshot, { type: 'customer.message', text: 'a person please' }, MONDAY + 1),
    )
    expect(first).toEqual(second)
    expect(first?.snapshot).toEqual(once.snapshot)
  })
})
