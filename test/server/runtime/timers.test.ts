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

  test('wake by their own job, without anybody asking', async () => {
    const real = { now: Date.now }
    const flow = supportFlow({ billing: { maxWait: '150ms' } })
    const node = await runtimeOn(database.url, { clock: real, flows: [flow] })
    await node.conversations.start({ flow: 'support', id: 'itself' })
    await node.conversations.accept('itself', { type: 'customer.message', text: 'I want to talk to a person' })
    await expect.poll(() => state('itself'), { timeout: 10_000 }).toBe('queued.ticket')
    await node.close()
  })

  test('write one job a conversation, and only when a deadline comes before the one that is armed', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'armed' })
    const runAt = async () => (await wakeJobs('armed')).map((job) => job.run_at.getTime())
    await expect.poll(runAt).toHaveLength(1)
    const first = await runAt()
    await runtime.conversations.accept('armed', { type: 'customer.message', text: 'Hi' })
    await expect.poll(runAt).not.toEqual(first)
    const second = await runAt()
    expect(second).toHaveLength(1)
    expect(second[0]).toBeLessThan(first[0] ?? 0)
    for (let turn = 0; turn < 3; turn++) {
      clock.skip(1_000)
      await runtime.conversations.accept('armed', { type: 'bot.message', text: 'Yes?' })
      await runtime.conversations.accept('armed', { type: 'customer.message', text: 'Hi' })
    }
    expect(await runAt()).toEqual(second)
  })

  test('end with the conversation: a closed one keeps no job, whether it was armed long ago or is being armed', async () => {
    await queued('closing')
    await expect.poll(async () => (await wakeJobs('closing')).length).toBe(1)
    await runtime.desk.putAgent(agent('closer', { capacity: 50 }))
    await runtime.conversations.accept('closing', { type: 'agent.accept', agent: 'closer' })
    await runtime.conversations.accept('closing', { type: 'agent.resolve', resolution: 'done' })
    expect(await wakeJobs('closing')).toEqual([])

    const ids = Array.from({ length: 20 }, (_, index) => `brief-${index}`)
    await Promise.all(
      ids.map(async (id) => {
        await runtime.conversations.start({ flow: 'support', id })
        await runtime.conversations.accept(id, { type: 'bot.done' })
      }),
    )
    await runtime.close()
    runtime = await runtimeOn(database.url, { clock })
    for (const id of ids) expect(await wakeJobs(id)).toEqual([])
    const { rows } = await sql.query(
      'select id from baton.conversations where closed_at is not null and wake_at is not null',
    )
    expect(rows).toEqual([])
  })

  test('leave no job behind when the conversation closes while it is armed', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'between' })
    await expect.poll(async () => (await wakeJobs('between')).length).toBe(1)
    await sql.query(`select graphile_worker.remove_job('wake:between')`)
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

  test('whose job comes early are armed again for their time', async () => {
    await queued('early')
    await expect.poll(async () => (await wakeJobs('early')).length).toBe(1)
    await sql.query(`select graphile_worker.remove_job('wake:early')`)
    await sql.query(`update baton.conversations set wake_at = $2 where id = $1`, ['early', clock.now()])
    await runtime.settle()
    expect(await state('early')).toBe('queued.billing')
    const { rows } = await sql.query<{ wake_at: string; next_due: string }>(
      'select wake_at, next_due from baton.conversations where id = $1',
      ['early'],
    )
    expect(rows[0]?.wake_at).toBe(rows[0]?.next_due)
    await expect.poll(async () => (await wakeJobs('early')).length).toBe(1)
  })

  test('are found without a job, should one ever be lost', async () => {
    await queued('jobless')
    await expect.poll(async () => (await wakeJobs('jobless')).length).toBe(1)
    await sql.query(`select graphile_worker.remove_job('wake:jobless')`)
    clock.skip(11 * MINUTE)
    await runtime.settle()
    expect(await state('jobless')).toBe('queued.ticket')
  })

  test('time never runs backwards in a conversation, whatever the clock of the node says', async () => {
    await queued('backwards')
    clock.skip(-5 * MINUTE)
    await runtime.conversations.accept('backwards', { type: 'customer.message', text: 'Still there?' })
    const log = await runtime.conversations.log('backwards')
    expect(log.map((entry) => entry.at)).toEqual([...log.map((entry) => entry.at)].sort((one, other) => one - other))
  })
})
