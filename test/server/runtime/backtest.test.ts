import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { merge } from '#engine/backtest/index.ts'
import type { Flow } from '#engine/index.ts'
import { playJob } from '#server/runtime/backtest-job.ts'
import {
  createBacktests,
  type BacktestAsk,
  type BacktestPage,
  type BacktestPlayer,
  type Backtests,
} from '#server/runtime/backtest.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { connect, type Connections } from '#server/store/database.ts'
import { freshDatabase, type TestDatabase } from '../../driver/postgres.ts'
import { draw, type Drawn } from '../../engine/draw.ts'
import { agent, handClock, publishedFlows, runtimeOn, type HandClock } from './running.ts'

const MINUTE = 60_000
const BEGUN = Date.UTC(2026, 10, 20, 9)
let database: TestDatabase
let clock: HandClock
let runtime: RunningRuntime
let store: Connections
/** Plays where it is asked: a thread takes a second to start from source. */
let backtests: Backtests

const here: BacktestPlayer = { play: async (job) => playJob(job), close: async () => undefined }

const nodes = (times: number): Readonly<Record<string, Drawn>> => ({
  start: ['start'],
  chat: ['listen', { silentAfter: '1h', idleAfter: '5h' }],
  wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
  lost: ['trigger', { signals: [{ signal: 'fallbacks', times }] }],
  line: ['queue', { team: 'billing', text: 'You are in line.', maxWait: '4h' }],
  person: ['agent'],
  bye: ['close'],
})
const edges = [
  'start.next > chat',
  'wants.fired > line',
  'lost.fired > line',
  'line.accepted > person',
  'line.timeout > bye',
  'person.resolved > bye',
]
const flow = (times: number): Flow => ({ ...draw(nodes(times), edges), id: 'shop' })
const other: Flow = { ...draw(nodes(3), edges), id: 'other' }

beforeEach(async () => {
  database = await freshDatabase()
  clock = handClock(BEGUN)
  runtime = await runtimeOn(database.url, { clock, flows: [flow(3), other] })
  store = connect({ databaseUrl: database.url })
  backtests = createBacktests({ database: store.database, flows: publishedFlows([flow(3), other]), player: here })
})
afterEach(async () => {
  await runtime.close()
  await store.close()
  await database.drop()
})

/** The bot does not know so many answers. */
async function talk(id: string, { shrugs = 1, flow: of = 'shop', asks = false } = {}): Promise<void> {
  await runtime.conversations.start({ flow: of, id })
  for (let turn = 0; turn < shrugs; turn++) {
    await runtime.conversations.accept(id, { type: 'customer.message', text: `where is parcel ${turn}` })
    await runtime.conversations.accept(id, { type: 'bot.message', text: 'I do not know.', fallback: true })
  }
  if (asks) await runtime.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
  clock.skip(MINUTE)
}

async function whole(ask: BacktestAsk): Promise<{ readonly sum: BacktestPage; readonly pages: number }> {
  let page = await backtests.run('shop', ask)
  let sum = page
  let pages = 1
  for (; page.next !== null; pages++) {
    page = await backtests.run('shop', { ...ask, cursor: page.next })
    sum = { ...merge(sum, page), next: page.next, total: page.total }
  }
  return { sum, pages }
}

describe('A backtest of what was kept', () => {
  test('says the same for the flow that ran, also where people and deadlines took part', async () => {
    await runtime.desk.putAgent(agent('ada'))
    await runtime.desk.setPresence('ada', 'online')
    await talk('asked', { asks: true })
    await runtime.settle()
    await runtime.conversations.accept('asked', { type: 'agent.accept', agent: 'ada' })
    await runtime.conversations.accept('asked', { type: 'agent.message', text: 'Here I am.' })
    await runtime.conversations.accept('asked', { type: 'agent.resolve', resolution: 'done' })
    await talk('kept')
    clock.skip(60 * MINUTE)
    await runtime.settle()
    const page = await backtests.run('shop', { flow: flow(3) })
    expect(page).toMatchObject({
      replayed: 2,
      same: 2,
      total: 2,
      next: null,
      differences: [],
      skipped: [],
      handoffs: { before: 1, after: 1 },
    })
  })

  test('says who would have come to a person, and shows both conversations when asked', async () => {
    await talk('two', { shrugs: 2 })
    await talk('three', { shrugs: 3 })
    const page = await backtests.run('shop', {
      flow: flow(2),
      detail: true,
      sweep: { trigger: 'lost', signal: 'fallbacks', field: 'times', values: [1, 2, 3, 4] },
    })
    expect(page.changes).toMatchObject({ newly: 1, earlier: 1 })
    expect(page.sweep?.map(({ value, handoffs }) => [value, handoffs])).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
      [4, 0],
    ])
    const [first] = page.differences
    expect(first).toMatchObject({ conversation: 'two', at: BEGUN, what: ['newly'] })
    expect(first?.after.messages?.at(-1)?.text).toBe('You are in line.')
    expect(first?.before.messages?.at(-1)?.text).toBe('I do not know.')
  })

  test('a page after the other has every conversation once, the newest first, and no other flow’s', async () => {
    for (let index = 0; index < 7; index++) await talk(`c${index}`, { shrugs: 2 })
    await talk('stranger', { shrugs: 2, flow: 'other' })
    const first = await backtests.run('shop', { flow: flow(2), limit: 3 })
    expect(first.differences.map(({ conversation }) => conversation)).toEqual(['c4', 'c5', 'c6'])
    const { sum, pages } = await whole({ flow: flow(2), limit: 3 })
    expect([pages, sum.replayed, sum.total, sum.changes.newly]).toEqual([3, 7, 7, 7])
    expect(new Set(sum.differences.map(({ conversation }) => conversation)).size).toBe(7)
    expect(sum).toEqual({ ...(await backtests.run('shop', { flow: flow(2) })) })
  })

  test('takes those that began in a span, or those that are named; of a stranger it only says that it is not here', async () => {
    for (let index = 0; index < 4; index++) await talk(`c${index}`)
    await talk('stranger', { flow: 'other' })
    expect(await backtests.run('shop', { flow: flow(3), from: BEGUN + MINUTE, to: BEGUN + 3 * MINUTE })).toMatchObject({
      replayed: 2,
      total: 2,
    })
    const why = 'There is no such conversation of this flow.'
    const named = await backtests.run('shop', { flow: flow(3), conversations: ['c1', 'stranger', 'nobody'] })
    expect(named).toMatchObject({
      replayed: 1,
      total: 3,
      skipped: [
        { conversation: 'stranger', why },
        { conversation: 'nobody', why },
      ],
    })
  })

  test('a page ends early where logs are very long, and one that is too long is left out', async () => {
    for (let index = 0; index < 6; index++) await talk(`c${index}`)
    await sql`update baton.log set entries = left(entries, -1) || ',{"kind":"note","seq":0,"at":0,"agent":null,"text":"'
      || repeat('x', case conversation when 'c0' then 4100000 else 3900000 end) || '"}]' where version = 1`.execute(
      store.database,
    )
    const first = await backtests.run('shop', { flow: flow(3) })
    expect([first.replayed, first.total, first.skipped]).toEqual([5, 6, []])
    expect(await backtests.run('shop', { flow: flow(3), cursor: first.next ?? '' })).toMatchObject({
      replayed: 0,
      total: 6,
      next: null,
      skipped: [{ conversation: 'c0', why: 'Its log is too long for a backtest.' }],
    })
  })

  test('holds up nobody: who chats is answered while it plays', async () => {
    for (let index = 0; index < 3; index++) await talk(`c${index}`, { shrugs: 2 })
    const order: string[] = []
    const playing = runtime.backtests
      .run('shop', { flow: flow(2) })
      .then((page) => order.push(`backtest of ${page.changes.newly + page.replayed}`))
    await runtime.conversations.accept('c1', { type: 'customer.message', text: 'hello?' })
    order.push('chat')
    await playing
    expect(order).toEqual(['chat', 'backtest of 6'])
  })
})

describe('What it refuses', () => {
  test.each([
    ['a flow that is not there', 'nobodys', {}, 'not-found', undefined],
    ['a version that is not there', 'gone', { version: 7 }, 'not-found', undefined],
    ['a cursor that is none', 'shop', { flow: flow(3), cursor: 'x' }, 'invalid', '/cursor'],
    [
      'a trigger that is none',
      'shop',
      { flow: flow(3), sweep: { trigger: 'chat', signal: 'fallbacks', field: 'times', values: [1] } },
      'invalid',
      '/sweep/trigger',
    ],
    [
      'a value that does not fit',
      'shop',
      { flow: flow(3), sweep: { trigger: 'lost', signal: 'fallbacks', field: 'times', values: [1, -1] } },
      'invalid',
      '/sweep/values/1',
    ],
  ])('%s', async (_, id, ask: BacktestAsk, code, pointer) => {
    await expect(backtests.run(id, ask)).rejects.toMatchObject({
      code,
      ...(pointer === undefined ? {} : { errors: [expect.objectContaining({ pointer })] }),
    })
  })
})

describe('When something is wrong', () => {
  test('a version that is gone leaves out what ran on it, and says so', async () => {
    await talk('c1')
    const flows = { ...publishedFlows([flow(3)]), version: () => Promise.resolve(undefined) }
    const without = createBacktests({ database: store.database, flows, player: here })
    expect(await without.run('shop', { flow: flow(3) })).toMatchObject({
      replayed: 0,
      skipped: [{ conversation: 'c1', why: 'Version 1, on which it ran, is gone.' }],
    })
  })

  test('a page that fails does not keep the next from being played, and too many at once are asked to wait', async () => {
    let tries = 0
    const report = {
      replayed: 0,
      same: 0,
      unsure: 0,
      handoffs: { before: 0, after: 0 },
      changes: {
        never: 0,
        newly: 0,
        later: 0,
        earlier: 0,
        otherTeam: 0,
        rungsLost: 0,
        rungsGained: 0,
        otherEnd: 0,
        otherWords: 0,
      },
      differences: [],
      skipped: [],
    }
    const player = {
      play: () =>
        ++tries === 1 ? Promise.reject(new Error('The thread ended.')) : Promise.resolve({ ok: true as const, report }),
      close: async () => undefined,
    }
    const failing = createBacktests({ database: store.database, flows: publishedFlows([flow(3)]), player })
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => failing.run('shop', { flow: flow(3) })))
    expect(
      all.map((each) => (each.status === 'fulfilled' ? 'played' : String(each.reason.code ?? each.reason.message))),
    ).toEqual(['The thread ended.', ...Array.from({ length: 7 }, () => 'played'), 'unavailable', 'unavailable'])
  })
})
