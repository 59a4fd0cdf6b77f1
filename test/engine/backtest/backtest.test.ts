import { describe, expect, test } from 'vitest'
import { backtest, backtestAll, withFigure, type Backtesting, type Compared } from '#engine/backtest/index.ts'
import type { Flow, LogEntry, Schedule } from '#engine/index.ts'
import { simulate, type SentEvent, type SimulationOptions } from '#engine/simulate/index.ts'
import { draw, type Drawn } from '../draw.ts'
import { reread, withData } from './past.ts'

const nodes: Readonly<Record<string, Drawn>> = {
  start: ['start'],
  hello: ['say', { text: 'Hello.' }],
  chat: ['listen', { silentAfter: '30s', intents: [{ id: 'price' }] }],
  prices: ['call', { method: 'GET', url: 'https://shop.example/prices' }],
  told: ['say', { text: 'Here are the prices.' }],
  sorry: ['say', { text: 'I cannot see the prices now.' }],
  wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
  lost: ['trigger', { signals: [{ signal: 'fallbacks', times: 3 }] }],
  silent: ['trigger', { signals: [{ signal: 'botSilent' }] }],
  line: ['queue', { team: 'support', text: 'You are in line.', maxWait: '30m' }],
  person: ['agent'],
  bye: ['close', { text: 'Goodbye.' }],
}
const edges = [
  'start.next > hello',
  'hello.next > chat',
  'chat.intent:price > prices',
  'prices.ok > told',
  'prices.failed > sorry',
  'told.next > chat',
  'sorry.next > chat',
  'wants.fired > line',
  'lost.fired > line',
  'silent.fired > line',
  'line.accepted > person',
  'line.timeout > bye',
  'person.resolved > bye',
]
const flow = draw(nodes, edges)

const says = (text: string): SentEvent => ({ type: 'customer.message', text })
const answers: SentEvent = { type: 'bot.message', text: 'It is on its way.' }
const shrugs: SentEvent = { type: 'bot.message', text: 'I do not know.', fallback: true }
const asks = says('I want to talk to a person')

/** The log of a conversation in which this was done, some seconds apart; a number lets so many seconds pass. */
function past(
  doings: readonly (SentEvent | number)[],
  ran: Flow = flow,
  options: SimulationOptions = {},
): readonly LogEntry[] {
  const agents = [{ id: 'sarah', name: 'Sarah', teams: ['support', 'vip'] }]
  return doings.reduce(
    (talk, each) => (typeof each === 'number' ? talk.skip(each * 1_000) : talk.send(each).skip(4_000)),
    simulate(ran, { agents, ...options }),
  ).log
}

function through(draft: Flow, doings: readonly (SentEvent | number)[], options: Backtesting = {}): Compared {
  return backtest({ flow, log: past(doings) }, draft, options)
}

const twoShrugs = [says('hello'), shrugs, says('my parcel'), shrugs, says('it is late'), answers, says('thanks')]
const threeShrugs = [
  says('hello'),
  shrugs,
  says('my parcel'),
  shrugs,
  says('it is late'),
  shrugs,
  { type: 'agent.accept', agent: 'sarah' },
  { type: 'agent.message', text: 'Let me look.' },
] as const
const after = (times: number) => withData(flow, 'lost', { signals: [{ signal: 'fallbacks', times }] })

describe('Who would have come to a person otherwise', () => {
  test('earlier: the bot gives up after one answer that it does not have, and not after three', () => {
    const { what, before, after: then, firstDifferent, unsure } = through(after(1), threeShrugs)
    expect(what).toEqual(['earlier'])
    expect(before.handoff).toEqual({ turn: 3, team: 'support', trigger: 'lost', state: 'queued.line' })
    expect(then.handoff).toEqual({ turn: 1, team: 'support', trigger: 'lost', state: 'queued.line' })
    expect(firstDifferent).toEqual({ turn: 1, before: null, after: 'You are in line.' })
    expect(unsure).toBe(false)
  })

  test('earlier with the very same words: what was said at another turn differs', () => {
    const after = (over: number) => withData(flow, 'lost', { signals: [{ signal: 'turns', over }] })
    const log = past([says('one'), says('two'), says('three'), says('four'), says('five')], after(3))
    expect(backtest({ flow: after(3), log }, after(2))).toMatchObject({
      what: ['earlier'],
      firstDifferent: { turn: 3, before: null, after: 'You are in line.' },
    })
  })

  test('later: what is said to come after the first message that differs is called a guess', () => {
    const draft = withData(flow, 'wants', { signals: [{ signal: 'shouting' }] })
    const { what, unsure, notice } = through(draft, [
      says('hello'),
      answers,
      asks,
      says('hello?'),
      { type: 'agent.accept', agent: 'sarah' },
      says('I AM REALLY VERY ANGRY NOW ABOUT THIS PARCEL'),
    ])
    expect(what).toEqual(['later'])
    expect(unsure).toBe(true)
    expect(notice).toMatch(/guess/)
  })

  test('never: the customer asks for a person, and the draft does not listen for that', () => {
    const draft = withData(flow, 'wants', { signals: [{ signal: 'turns', over: 50 }] })
    const {
      what,
      before,
      after: then,
      unsure,
      refused,
    } = through(draft, [
      says('hello'),
      answers,
      asks,
      { type: 'agent.accept', agent: 'sarah' },
      { type: 'agent.message', text: 'Hi.' },
    ])
    expect(what).toEqual(['never'])
    expect([before.handoff?.turn, then.handoff]).toEqual([2, null])
    expect(unsure).toBe(true)
    expect(refused).toBeGreaterThanOrEqual(2)
  })

  test('newly: the draft hands off what the bot had kept', () => {
    const { what, after: then, firstDifferent } = through(after(2), twoShrugs)
    expect(what).toEqual(['newly'])
    expect(then.handoff).toMatchObject({ turn: 2, trigger: 'lost' })
    expect(firstDifferent).toMatchObject({ turn: 2, before: null, after: 'You are in line.' })
  })

  test('to another team, at the same moment', () => {
    const { what, before, after: then, unsure } = through(withData(flow, 'line', { team: 'vip' }), [asks])
    expect(what).toEqual(['otherTeam'])
    expect([before.handoff?.team, then.handoff?.team]).toEqual(['support', 'vip'])
    expect(unsure).toBe(false)
  })

  test('earlier by time alone: a bot that stays silent is waited for less long', () => {
    const { what, before, after: then } = through(withData(flow, 'chat', { silentAfter: '10s' }), [says('hello'), 60])
    expect(what).toEqual(['earlier'])
    expect(before.handoff).toEqual(then.handoff)
  })

  test('with rungs of a ladder gained, and lost', () => {
    const laddered = draw(
      {
        ...nodes,
        ladder: [
          'ladder',
          {
            rungs: [
              { kind: 'rephrase', text: 'Could you put it another way?' },
              { kind: 'offerHuman', text: 'Shall I bring in a colleague?' },
            ],
          },
        ],
      },
      [...edges.filter((each) => !each.startsWith('wants.')), 'wants.fired > ladder', 'ladder.human > line'],
    )
    const doings = [says('hello'), answers, asks, { type: 'agent.accept', agent: 'sarah' }] as const
    expect(through(laddered, doings)).toMatchObject({
      what: expect.arrayContaining(['rungsGained']),
      before: { rungs: 0 },
    })
    const back = backtest({ flow: laddered, log: past([says('hello'), answers, asks, says('please')], laddered) }, flow)
    expect(back.what).toContain('rungsLost')
  })
})

describe('What changes less than that', () => {
  test('only other words: the conversation goes the same way', () => {
    const { what, firstDifferent, unsure } = through(withData(flow, 'line', { text: 'Please wait.' }), [
      says('hello'),
      answers,
      asks,
      { type: 'agent.accept', agent: 'sarah' },
    ])
    expect(what).toEqual(['otherWords'])
    expect(firstDifferent).toEqual({ turn: 2, before: 'You are in line.', after: 'Please wait.' })
    expect(unsure).toBe(false)
  })

  test('other things to choose from are other words', () => {
    expect(
      through(withData(flow, 'hello', { quickReplies: [{ id: 'a', label: 'Prices' }] }), [says('hello'), answers]),
    ).toMatchObject({ what: ['otherWords'], firstDifferent: { turn: 0, before: 'Hello.', after: 'Hello.' } })
  })

  test('only another end: nobody is told', () => {
    const paused = draw({ ...nodes, pause: ['wait', { for: '1h' }], quiet: ['close', {}] }, [
      ...edges,
      'chat.done > pause',
      'pause.next > chat',
    ])
    const draft = draw({ ...nodes, pause: ['wait', { for: '1h' }], quiet: ['close', {}] }, [
      ...edges,
      'chat.done > quiet',
      'pause.next > chat',
    ])
    const {
      what,
      before,
      after: then,
    } = backtest({ flow: paused, log: past([says('hello'), answers, { type: 'bot.done' }], paused) }, draft)
    expect([what, before.end, then.end]).toEqual([['otherEnd'], 'bot.pause', 'closed.quiet'])
  })

  test('a layout that moved changes nothing', () => {
    const draft = reread(flow, (document) => ({
      ...document,
      nodes: document.nodes.map((node) => ({ ...node, position: { x: 7, y: 7 } })),
    }))
    expect(through(draft, threeShrugs)).toMatchObject({ what: [], firstDifferent: null })
  })
})

describe('The world as it was', () => {
  const price: SentEvent = { type: 'bot.intent', intent: 'price' }

  test('a call of the draft ends as the call of that node ended then', () => {
    const draft = withData(flow, 'prices', { url: 'https://shop.example/v2/prices' })
    const log = past([says('the prices?'), price], flow, { calls: { prices: { ok: false, status: 500 } } })
    expect(backtest({ flow, log }, draft, { detail: true })).toMatchObject({ what: [] })
  })

  test('also where the draft makes it later', () => {
    const patient = draw({ ...nodes, pause: ['wait', { for: '2s' }] }, [
      ...edges.filter((each) => each !== 'chat.intent:price > prices'),
      'chat.intent:price > pause',
      'pause.next > prices',
    ])
    const log = past([says('the prices?'), price, says('and?')], flow, {
      calls: { prices: { ok: false, status: 500 } },
    })
    const { after: then, what } = backtest({ flow, log }, patient, { detail: true })
    expect(then.messages?.map(({ text }) => text)).toContain('I cannot see the prices now.')
    expect(what).toEqual([])
  })

  test('a call that was never made goes well', () => {
    const extra = draw(
      { ...nodes, look: ['call', { method: 'GET', url: 'https://shop.example/who' }], no: ['close', { text: 'No.' }] },
      [
        ...edges.filter((each) => each !== 'hello.next > chat'),
        'hello.next > look',
        'look.ok > chat',
        'look.failed > no',
      ],
    )
    expect(through(extra, twoShrugs)).toMatchObject({ what: [], refused: 0 })
  })

  test('opening hours follow from the schedule', () => {
    const gated = draw(
      {
        ...nodes,
        when: ['hours', { schedule: 'office' }],
        shut: ['ticket', { text: 'Leave a note.', replyWithin: '1d' }],
      },
      [
        ...edges.filter((each) => each !== 'wants.fired > line'),
        'wants.fired > when',
        'when.open > line',
        'when.closed > shut',
        'shut.created > bye',
      ],
    )
    const office = (from: string, to: string): Schedule => ({ timezone: 'Europe/Berlin', week: { mon: [[from, to]] } })
    const doings = [says('hello'), answers, asks]
    expect(through(gated, doings, { schedules: { office: office('09:00', '17:00') } }).what).toEqual([])
    expect(through(gated, doings, { schedules: { office: office('20:00', '21:00') } })).toMatchObject({
      what: ['otherTeam'],
      after: { handoff: { team: null, state: 'queued.shut' } },
    })
  })

  test('while a person held it, a bot that says nothing is not silent', () => {
    const draft = withData(flow, 'wants', { signals: [{ signal: 'turns', over: 50 }] })
    const held = [
      says('hello'),
      answers,
      asks,
      { type: 'agent.accept', agent: 'sarah' },
      says('are you there?'),
      300,
      says('still?'),
      300,
    ] as const
    expect(through(draft, held).what).toEqual(['never'])
  })

  test('a ticket that the draft never made is not taken up', () => {
    const noted = draw({ ...nodes, shut: ['ticket', { text: 'Leave a note.', collect: [], replyWithin: '1d' }] }, [
      ...edges.filter((each) => each !== 'wants.fired > line'),
      'wants.fired > shut',
      'shut.created > bye',
    ])
    const log = past([says('hello'), answers, asks], noted)
    const last = log.at(-1)
    const due: LogEntry = {
      seq: (last?.seq ?? 0) + 1,
      at: (last?.at ?? 0) + 1_000,
      kind: 'event',
      event: { type: 'promise.due', promise: 'ticket', id: 't1', since: last?.at ?? 0, priority: 0 },
    }
    const draft = reread(withData(noted, 'wants', { signals: [{ signal: 'turns', over: 50 }] }))
    expect(backtest({ flow: noted, log: [...log, due] }, draft)).toMatchObject({
      what: ['never'],
      after: { handoff: null },
    })
  })
})

describe('Many conversations', () => {
  const all = [
    { conversation: 'one', flow, log: past(threeShrugs) },
    { conversation: 'two', flow, log: past(twoShrugs) },
    { conversation: 'three', flow, log: past([says('hello'), answers]) },
  ]

  test('are counted, the most telling first', () => {
    const report = backtestAll(all, { draft: after(1) })
    expect(report).toMatchObject({
      replayed: 3,
      same: 1,
      unsure: 0,
      handoffs: { before: 1, after: 2 },
      changes: { earlier: 1, newly: 1, never: 0 },
      skipped: [],
    })
    expect(report.differences.map(({ what }) => what)).toEqual([['newly'], ['earlier']])
  })

  test('a threshold is swept: each value with its handoffs', () => {
    const figure = { trigger: 'lost', signal: 'fallbacks', field: 'times' }
    const sweep = [1, 2, 3, 4].map((value) => {
      const swept = withFigure(flow, figure, value)
      if (!swept.ok) throw new Error('It can be swept.')
      return { value, flow: swept.flow }
    })
    const { sweep: curve } = backtestAll(all, { draft: flow, sweep })
    expect(
      curve?.map(({ value, handoffs, earlier, newly, never }) => [value, handoffs, earlier, newly, never]),
    ).toEqual([
      [1, 2, 1, 1, 0],
      [2, 2, 1, 1, 0],
      [3, 1, 0, 0, 0],
      [4, 0, 0, 0, 1],
    ])
  })

  test('a record that does not begin is left out, and it is said why', () => {
    const { skipped, replayed } = backtestAll(
      [
        { conversation: 'torn', flow, log: past(twoShrugs).slice(3) },
        { conversation: 'empty', flow, log: [] },
      ],
      { draft: flow },
    )
    expect(replayed).toBe(0)
    expect(skipped).toEqual([
      { conversation: 'torn', why: expect.stringMatching(/begins with/) },
      { conversation: 'empty', why: expect.stringMatching(/begins with/) },
    ])
  })

  test('a draft that goes round without the customer is left out, and it is said why', () => {
    const round = draw({ ...nodes, again: ['say', { text: 'Again.' }], more: ['say', { text: 'More.' }] }, [
      ...edges.filter((each) => each !== 'hello.next > chat'),
      'hello.next > again',
      'again.next > more',
      'more.next > again',
    ])
    expect(backtestAll(all.slice(0, 1), { draft: round }).skipped).toEqual([
      { conversation: 'one', why: expect.stringMatching(/goes round/) },
    ])
  })
})

describe('What cannot be swept is named with the cure', () => {
  test.each([
    [
      'a trigger that is none',
      { trigger: 'chat', signal: 'fallbacks', field: 'times' },
      2,
      '/trigger',
      /its triggers are wants, lost, silent/,
    ],
    [
      'a signal that it does not watch',
      { trigger: 'lost', signal: 'loop', field: 'times' },
      2,
      '/signal',
      /it watches fallbacks/,
    ],
    [
      'a figure that the signal has not',
      { trigger: 'lost', signal: 'fallbacks', field: 'below' },
      2,
      '/field',
      /its figures are times/,
    ],
    ['a value that does not fit', { trigger: 'lost', signal: 'fallbacks', field: 'times' }, -1, '/value', /./],
  ])('%s', (_, figure, value, pointer, message) => {
    expect(withFigure(flow, figure, value)).toEqual({
      ok: false,
      faults: [{ pointer, node: figure.trigger, message: expect.stringMatching(message) }],
    })
  })
})

test('A draft is told all it asks for, however far that leads on: five saved schedules in a row before the queue', () => {
  const houses = ['one', 'two', 'three', 'four', 'five']
  const open: Schedule = { timezone: 'UTC', week: { mon: [['00:00', '24:00']] } }
  const draft = draw(
    { ...nodes, ...Object.fromEntries(houses.map((id) => [id, ['hours', { schedule: id }] as const])) },
    [
      ...edges.filter((edge) => edge !== 'wants.fired > line'),
      'wants.fired > one',
      ...houses.map((id, index) => `${id}.open > ${houses[index + 1] ?? 'line'}`),
      ...houses.map((id) => `${id}.closed > bye`),
    ],
  )
  const schedules = Object.fromEntries(houses.map((id) => [id, open]))
  expect(through(draft, [says('hello'), answers, asks], { schedules }).after.handoff).toMatchObject({
    state: 'queued.line',
  })
})
