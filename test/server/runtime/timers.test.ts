import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn, type HandClock } from './running.ts'
import { supportFlow } from './support-flow.ts'

const MINUTE = 60_000
const database = testDatabase()
let clock: HandClock
let runtime: RunningRuntime
let sql: pg.Client

beforeAll(async () => {
  sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
})
afterAll(() => sql.end())
beforeEach(async () => {
  clock = handClock()
  runtime = await runtimeOn(database.url, { clock })
})
afterEach(() => runtime.close())

async function queued(id: string): Promise<void> {
  await runtime.conversations.start({ flow: 'support', id })
  await runtime.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
}
const state = async (id: string) => (await runtime.conversations.view(id)).state
const timersTold = async (id: string) =>
  (await runtime.conversations.log(id)).flatMap((entry) =>
    entry.kind === 'event' && entry.event.type === 'timer' ? [{ id: entry.event.id, at: entry.at }] : [],
  )
const wakeJobs = async (id: string) =>
  (await sql.query<{ run_at: Date }>('select run_at from graphile_worker.jobs where key = $1', [`wake:${id}`])).rows

const wakeAt = async (id: string) => {
  const { rows } = await sql.query<{ wake_at: string | null }>(
    'select wake_at from baton.conversations where id = $1',
    [id],
  )
  const at = rows[0]?.wake_at
  return at == null ? null : Number(at)
}

const blocked = async () =>
  (await sql.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
    .rowCount

describe('Deadlines', () => {
  test('are told when they are due and not a moment before', async () => {
    await queued('due')
    clock.skip(10 * MINUTE - 1)
    await runtime.settle()
    expect(await state('due')).toBe('queued.billing')
    clock.skip(1)
    await runtime.settle()
    expect(await state('due')).toBe('queued.ticket')
    expect(await timersTold('due')).toEqual([{ id: 'billing.maxWait', at: clock.now() }])
  })

  test('that a state has left behind are never told', async () => {
    await queued('left')
    await runtime.conversations.accept('left', { type: 'customer.left' })
    await runtime.desk.putAgent({
      id: 'ada',
      name: 'Ada',
      teams: ['billing'],
      skills: {},
      languages: [],
      channels: [],
      capacity: 5,
    })
    await runtime.conversations.accept('left', { type: 'agent.accept', agent: 'ada' })
    await runtime.conversations.accept('left', { type: 'agent.resolve', resolution: 'done' })
    clock.skip(60 * MINUTE)
    await runtime.settle()
    expect(await timersTold('left')).toEqual([])
  })

  test('of a server that was down are told when it is back, each once', async () => {
    await queued('down')
    await runtime.close()
    clock.skip(30 * MINUTE)
    runtime = await runtimeOn(database.url, { clock })
    const node = await runtimeOn(database.url, { clock })
    await Promise.all([runtime.settle(), node.settle(), runtime.settle(), node.settle()])
    await node.close()
    expect(await timersTold('down')).toEqual([{ id: 'billing.maxWait', at: clock.now() }])
  })

  test('that another node wrote are told in time by one that remembers how it was before', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'elsewhere' })
    const node = await runtimeOn(database.url, { clock })
    await node.conversations.accept('elsewhere', { type: 'customer.message', text: 'I want to talk to a person' })
    await node.close()
    clock.skip(10 * MINUTE)
    await runtime.settle()
    expect(await timersTold('elsewhere')).toEqual([{ id: 'billing.maxWait', at: clock.now() }])
  })

  test('are told in time where the event that set them was only answered again', async () => {
    const wish = { type: 'customer.message', text: 'I want to talk to a person' } as const
    await runtime.conversations.start({ flow: 'support', id: 'again' })
    const node = await runtimeOn(database.url, { clock })
    await node.conversations.accept('again', wish, { idempotencyKey: 'wish' })
    await node.close()
    await runtime.conversations.accept('again', wish, { idempotencyKey: 'wish' })
    clock.skip(10 * MINUTE)
    await runtime.settle()
    expect(await timersTold('again')).toEqual([{ id: 'billing.maxWait', at: clock.now() }])
  })

  test('are told by themselves, without anybody asking', async () => {
    const real = { now: Date.now }
    const flow = supportFlow({ billing: { maxWait: '150ms' } })
    const node = await runtimeOn(database.url, { clock: real, flows: [flow] })
    await node.conversations.start({ flow: 'support', id: 'itself' })
    await node.conversations.accept('itself', { type: 'customer.message', text: 'I want to talk to a person' })
    await expect.poll(() => state('itself')).toBe('queued.ticket')
    await node.close()
  })

  test('are looked at when the earliest is due, and cost no write where a later one takes its place', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'moved' })
    const first = await wakeAt('moved')
    await runtime.conversations.accept('moved', { type: 'customer.message', text: 'Hi' })
    const second = await wakeAt('moved')
    expect(second).toBeLessThan(first ?? 0)
    for (let turn = 0; turn < 3; turn++) {
      clock.skip(1_000)
      await runtime.conversations.accept('moved', { type: 'bot.message', text: 'Yes?' })
      await runtime.conversations.accept('moved', { type: 'customer.message', text: 'Hi' })
    }
    expect(await wakeAt('moved')).toBe(second)
  })

  test('end with the conversation: nobody looks at a closed one', async () => {
    await queued('closing')
    await runtime.desk.putAgent(agent('closer', { capacity: 50 }))
    await runtime.conversations.accept('closing', { type: 'agent.accept', agent: 'closer' })
    await runtime.conversations.accept('closing', { type: 'agent.resolve', resolution: 'done' })
    expect(await wakeAt('closing')).toBeNull()
  })

  test('a server of the release before sets a job for leave none behind when the conversation closes meanwhile', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'between' })
    const arming = new pg.Client({ connectionString: database.url })
    await arming.connect()
    await arming.query('begin')
    await arming.query('select baton.arm_wakes($1, $2)', [['between'], clock.now()])
    const closing = runtime.conversations.accept('between', { type: 'bot.done' })
    await expect.poll(blocked).toBe(1)
    await arming.query('commit')
    await arming.end()
    await closing
    expect(await wakeJobs('between')).toEqual([])
  })

  test('that were put off are looked at in vain once, and then at their time', async () => {
    await queued('early')
    await sql.query(`update baton.conversations set wake_at = $2 where id = $1`, ['early', clock.now()])
    await runtime.settle()
    expect(await state('early')).toBe('queued.billing')
    const { rows } = await sql.query<{ next_due: string }>('select next_due from baton.conversations where id = $1', [
      'early',
    ])
    expect(await wakeAt('early')).toBe(Number(rows[0]?.next_due))
  })

  test('that a server claimed before it died are told by another when the claim has ended', async () => {
    await queued('claimed')
    clock.skip(11 * MINUTE)
    await sql.query(`update baton.conversations set wake_at = $2 where id = $1`, ['claimed', clock.now() + 1_000])
    await runtime.settle()
    expect(await timersTold('claimed')).toEqual([])
    clock.skip(1_000)
    await runtime.settle()
    expect(await timersTold('claimed')).toEqual([{ id: 'billing.maxWait', at: clock.now() }])
  })

  test('of many that are due at once are each told once by two servers that share them', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `crowd-${index}`)
    await Promise.all(ids.map(queued))
    clock.skip(10 * MINUTE)
    const node = await runtimeOn(database.url, { clock })
    await Promise.all([runtime.settle(), node.settle()])
    await node.close()
    const told = await Promise.all(ids.map(timersTold))
    expect(told.filter((each) => each.length !== 1)).toEqual([])
  })

  test('of a conversation that does not take them keep no other waiting, and are tried again later', async () => {
    await queued('broken')
    clock.skip(1)
    await queued('sound')
    await sql.query(
      `update baton.conversations set snapshot = jsonb_set(snapshot::jsonb, '{flow,id}', '"gone"') where id = 'broken'`,
    )
    await runtime.close()
    runtime = await runtimeOn(database.url, { clock })
    clock.skip(10 * MINUTE)
    await runtime.settle()
    expect(await state('sound')).toBe('queued.ticket')
    expect(await wakeAt('broken')).toBe(clock.now() + 30_000)
  })

  test('time never runs backwards in a conversation, whatever the clock of the node says', async () => {
    await queued('backwards')
    clock.skip(-5 * MINUTE)
    await runtime.conversations.accept('backwards', { type: 'customer.message', text: 'Still there?' })
    const log = await runtime.conversations.log('backwards')
    expect(log.map((entry) => entry.at)).toEqual([...log.map((entry) => entry.at)].sort((one, other) => one - other))
  })
})
