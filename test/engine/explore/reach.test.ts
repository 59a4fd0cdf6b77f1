import { describe, expect, test } from 'vitest'
import { reach, replay, signalNames, type Compiled, type Path } from '#engine/index.ts'
import { desk, drawn, type Drawn } from './small.ts'

const end = (path: Path | undefined) => path?.at(-1)
const said = (path: Path | undefined) =>
  (path ?? []).flatMap(({ event }) => (event.type === 'customer.message' ? [event.text] : []))
const opening = (path: Path | undefined) =>
  path?.[0]?.event.type === 'conversation.started' ? path[0].event.opening : undefined
const facts = (path: Path | undefined) => (path ?? []).map(({ event }) => event.facts ?? {})

describe('A path to a place of the flow', () => {
  const flow = drawn(desk)

  test('law 1: replays, event by event, to the states that it names', () => {
    for (const goal of [
      { node: 'person' },
      { node: 'back' },
      { outlet: { node: 'line', outlet: 'timeout' } },
      { outlet: { node: 'person', outlet: 'gone' } },
    ]) {
      const path = reach(flow, goal) ?? []
      const states = path.map((_, index) => replay(flow.flow, 0, path.slice(0, index + 1)).snapshot.state)
      expect(states).toEqual(path.map((each) => each.state))
      expect(path.length).toBeGreaterThan(1)
    }
  })

  test('law 2: is the same whenever it is asked for', () => {
    expect(reach(flow, { node: 'back' })).toEqual(reach(drawn(desk), { node: 'back' }))
  })

  test('law 3: is not looked for where the chart leads nobody', () => {
    expect(
      reach(drawn({ ...desk, forgotten: { type: 'say', data: { text: 'Hm' }, to: { next: 'bot' } } }), {
        node: 'forgotten',
      }),
    ).toBeUndefined()
  })

  test('law 4: goes on in time and never back', () => {
    const times = (reach(flow, { outlet: { node: 'line', outlet: 'timeout' } }) ?? []).map((each) => each.at)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(600_000)
  })

  test('law 5: ends with the event that comes there', () => {
    expect(end(reach(flow, { node: 'person' }))).toMatchObject({
      event: { type: 'agent.accept' },
      state: 'agentActive.person',
      ways: [{ node: 'line', outlet: 'accepted' }],
    })
  })

  test('reads as a story: the customer asks for a person, a person takes it', () => {
    const path = reach(flow, { node: 'person' })
    expect(path?.map((each) => each.event.type)).toEqual([
      'conversation.started',
      'customer.message',
      'offer.made',
      'agent.accept',
    ])
    expect(said(path)).toEqual(['Can I talk to a person, please?'])
  })

  test('can be asked for by what is to hold, wherever that is', () => {
    const path = reach(flow, { holds: (snapshot) => snapshot.machine.context.resolution !== null })
    expect(end(path)?.event.type).toBe('agent.resolve')
  })

  test('says nothing of where it did not come within its budget', () => {
    expect(reach(flow, { node: 'person' }, { budget: 1 })).toBeUndefined()
  })
})

describe('What a way demands is met', () => {
  const branching = (when: string, before: Readonly<Record<string, Drawn>> = {}, variables: object = {}): Compiled =>
    drawn(
      {
        start: { type: 'start', to: { next: Object.keys(before)[0] ?? 'fork' } },
        ...before,
        fork: {
          type: 'branch',
          data: {
            cases: [
              { id: 'first', label: 'first', when },
              { id: 'second', label: 'second', when: 'customer.tier == "silver"' },
            ],
          },
          to: { 'case:first': 'one', 'case:second': 'two', else: 'bot' },
        },
        one: { type: 'close' },
        two: { type: 'close' },
      },
      variables,
    )

  test('the customer is one for whom the case of a branch holds', () => {
    expect(opening(reach(branching('customer.tier == "gold"'), { node: 'one' }))?.customer).toEqual({ tier: 'gold' })
  })

  test('and for whom no earlier case holds, where a later one is wanted', () => {
    const path = reach(branching('has(customer.limit)'), { node: 'two' })
    expect(opening(path)?.customer).toEqual({ tier: 'silver' })
  })

  test('two conditions on the same thing are met together', () => {
    expect(
      opening(reach(branching('customer.age >= 18 && customer.age < 20 && customer.country == "NO"'), { node: 'one' }))
        ?.customer,
    ).toMatchObject({ country: 'NO' })
  })

  test('what is asked for on the way is answered so, not known before', () => {
    const flow = branching(
      'vars.amount > 1000',
      {
        amount: {
          type: 'ask',
          data: { text: 'How much?', variable: 'amount', as: 'number' },
          to: { answered: 'fork' },
        },
      },
      { amount: { type: 'number' } },
    )
    const path = reach(flow, { node: 'one' })
    expect(opening(path)?.variables).toBeUndefined()
    expect(Number(said(path).at(-1))).toBeGreaterThan(1000)
  })

  test('a call answers what the condition reads of it', () => {
    const flow = branching(
      'vars.order.status == "lost"',
      {
        look: { type: 'call', data: { method: 'GET', url: 'https://example.com', save: 'order' }, to: { ok: 'fork' } },
      },
      { order: { type: 'map' } },
    )
    expect(reach(flow, { node: 'one' })?.some(({ event }) => event.type === 'effect.done' && event.ok)).toBe(true)
  })

  test('a call fails where the way leads over its failing', () => {
    const flow = drawn({
      start: { type: 'start', to: { next: 'look' } },
      look: { type: 'call', data: { method: 'GET', url: 'https://example.com' }, to: { ok: 'bot', failed: 'end' } },
      end: { type: 'close' },
    })
    expect(end(reach(flow, { node: 'end' }))?.event).toMatchObject({ type: 'effect.done', ok: false })
  })

  test('a condition that nobody meets is not met: no path is made up', () => {
    expect(
      reach(branching('customer.tier == "gold" && customer.tier == "lead"'), {
        outlet: { node: 'fork', outlet: 'case:first' },
      }),
    ).toBeUndefined()
  })

  const week = { timezone: 'UTC', week: { mon: [['09:00', '17:00']] } }
  test.each(['open', 'closed'])('it is %s where the way leads over that', (outlet) => {
    const flow = drawn({
      start: { type: 'start', to: { next: 'now' } },
      now: { type: 'hours', data: { schedule: week }, to: { open: 'open', closed: 'closed' } },
      open: { type: 'close' },
      closed: { type: 'close' },
    })
    expect(end(reach(flow, { node: outlet }))?.ways.at(-1)).toEqual({ node: 'now', outlet })
  })

  test('nobody is there where the queue is to be empty, and it is full where it is to be full', () => {
    const flow = drawn({
      ...desk,
      line: {
        type: 'queue',
        data: { team: 'support', text: 'Wait', maxWaiting: 5 },
        to: { accepted: 'person', timeout: 'end', empty: 'end', full: 'end' },
      },
    })
    expect(facts(reach(flow, { outlet: { node: 'line', outlet: 'empty' } })).at(-1)?.queues).toMatchObject({
      support: { online: 0 },
    })
    expect(facts(reach(flow, { outlet: { node: 'line', outlet: 'full' } })).at(-1)?.queues).toMatchObject({
      support: { waiting: 5 },
    })
  })
})

describe('A question is answered, and answered wrongly', () => {
  const kinds = [
    { as: 'text' },
    { as: 'number' },
    { as: 'email' },
    { as: 'phone' },
    { as: 'date' },
    { as: 'yesno' },
    {
      as: 'choice',
      choices: [
        { id: 'a', label: 'An apple' },
        { id: 'b', label: 'A book' },
      ],
    },
    { as: 'number', check: 'value >= 10000 && value <= 99999' },
    { as: 'text', check: 'value.matches("^[A-Za-z0-9]{6}$")' },
  ]
  for (const data of kinds) {
    const flow = drawn({
      start: { type: 'start', to: { next: 'asks' } },
      asks: { type: 'ask', data: { text: 'Tell me', variable: 'it', ...data }, to: { answered: 'end', failed: 'bot' } },
      end: { type: 'close' },
    })
    const name = `${data.as}${data.check === undefined ? '' : ` that is checked by ${data.check}`}`
    test(`asked for a ${name}`, () => {
      expect(end(reach(flow, { outlet: { node: 'asks', outlet: 'answered' } }))?.state).toBe('closed.end')
      expect(end(reach(flow, { outlet: { node: 'asks', outlet: 'failed' } }))?.state).toBe('bot.bot')
    })
  }
})

describe('Each signal is heard by the trigger that watches for it', () => {
  const configs: Readonly<Record<string, object>> = {
    topic: { words: ['lawyer'] },
    value: { when: 'customer.tier == "gold"' },
  }
  for (const signal of signalNames) {
    test(signal, () => {
      const flow = drawn({
        watcher: { type: 'trigger', data: { signals: [{ signal, ...configs[signal] }] }, to: { fired: 'line' } },
        ...desk,
      })
      expect(end(reach(flow, { outlet: { node: 'watcher', outlet: 'fired' } }))?.ways[0]).toEqual({
        node: 'watcher',
        outlet: 'fired',
      })
    })
  }

  test('all of several at once, where the trigger wants all', () => {
    const signals = [
      { signal: 'value', when: 'customer.plan == "enterprise"' },
      { signal: 'fallbacks', times: 2 },
      { signal: 'topic', words: ['invoice'] },
    ]
    const path = reach(
      drawn({ ...desk, watcher: { type: 'trigger', data: { signals, match: 'all' }, to: { fired: 'line' } } }),
      { outlet: { node: 'watcher', outlet: 'fired' } },
    )
    expect(opening(path)?.customer).toEqual({ plan: 'enterprise' })
    expect(end(path)?.ways[0]).toEqual({ node: 'watcher', outlet: 'fired' })
  })

  test('so many turns that the customer has to answer questions on the way', () => {
    const round = {
      type: 'ask',
      data: { text: 'Once more?', variable: 'more', as: 'yesno', attempts: 1 },
      to: { answered: 'again', failed: 'end' },
    }
    const flow = drawn({
      start: { type: 'start', to: { next: 'more' } },
      more: round,
      again: {
        type: 'branch',
        data: { cases: [{ id: 'yes', label: 'yes', when: 'vars.more' }] },
        to: { 'case:yes': 'forget', else: 'end' },
      },
      forget: { type: 'set', data: { assign: [{ variable: 'more', value: 'null' }] }, to: { next: 'more' } },
      watcher: { type: 'trigger', data: { signals: [{ signal: 'turns', over: 9 }] }, to: { fired: 'line' } },
      ...desk,
    })
    expect(said(reach(flow, { outlet: { node: 'watcher', outlet: 'fired' } }))).toHaveLength(10)
  })
})
