import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutsideEvent } from '#engine/index.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { freshDatabase, type TestDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn, type HandClock } from './running.ts'
import { supportFlow } from './support-flow.ts'

const MINUTE = 60_000
const flows = [supportFlow({ person: { wrapUp: '2m' } })]
let database: TestDatabase
let clock: HandClock
let runtime: RunningRuntime

beforeEach(async () => {
  database = await freshDatabase()
  clock = handClock()
  runtime = await runtimeOn(database.url, { clock, flows })
  await runtime.desk.putAgent(agent('ada', { capacity: 1 }))
  await runtime.desk.setPresence('ada', 'online')
})
afterEach(async () => {
  await runtime.close()
  await database.drop()
})

async function waits(id: string): Promise<void> {
  await runtime.conversations.start({ flow: 'support', id })
  await runtime.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
}
/** A conversation in Ada's hands. */
async function held(id: string): Promise<void> {
  await waits(id)
  await runtime.conversations.accept(id, { type: 'agent.accept', agent: 'ada' })
}
const resolved: OutsideEvent = { type: 'agent.resolve', resolution: 'done' }
const offeredTo = async (id: string) => (await runtime.conversations.view(id)).queue?.offeredTo
const loadOfAda = async () => (await runtime.desk.agent('ada')).load

describe('A person with room for one', () => {
  test('gets the next customer when the wrap-up is over and not before, also when the server restarts meanwhile', async () => {
    await held('first')
    await waits('next')
    await runtime.conversations.accept('first', resolved)
    await runtime.settle()
    expect(await offeredTo('next')).toBeUndefined()

    clock.skip(MINUTE)
    await runtime.close()
    runtime = await runtimeOn(database.url, { clock, flows })
    clock.skip(MINUTE - 1)
    await runtime.settle()
    expect(await offeredTo('next')).toBeUndefined()
    clock.skip(1)
    await runtime.settle()
    expect(await offeredTo('next')).toBe('ada')
  })

  test('is counted as taken meanwhile: by the views, by the queues, and by whoever accepts past an offer', async () => {
    await held('first')
    await waits('next')
    await runtime.conversations.accept('first', resolved)
    expect(await loadOfAda()).toBe(1)
    const billing = (await runtime.desk.queues()).find((each) => each.team === 'billing')
    expect(billing).toMatchObject({ agents: { online: 1, capacity: 1, load: 1 } })
    // Behind one who waits, with one pair of hands: two conversations, each two minutes with its wrap-up.
    expect((billing?.eta ?? 0) / (2 * MINUTE)).toBeCloseTo(2, 0)
    await expect(runtime.conversations.accept('next', { type: 'agent.accept', agent: 'ada' })).rejects.toMatchObject({
      code: 'not-expected',
      message: /wrap-up/,
    })
    clock.skip(2 * MINUTE)
    expect(await loadOfAda()).toBe(0)
    await runtime.conversations.accept('next', { type: 'agent.accept', agent: 'ada' })
  })

  test.each<[string, OutsideEvent | null, number]>([
    ['resolves it', resolved, 1],
    ['hands it back', { type: 'agent.handback' }, 1],
    ['waits in vain for the customer', null, 1],
    ['transfers it', { type: 'agent.transfer', team: 'other' }, 0],
  ])('who %s wraps up, or does not', async (_, event, load) => {
    await held('c')
    await runtime.conversations.accept('c', { type: 'agent.message', text: 'Hello' })
    if (event) await runtime.conversations.accept('c', event)
    else {
      clock.skip(60 * MINUTE)
      await runtime.settle()
    }
    expect((await runtime.conversations.view('c')).agent).toBeUndefined()
    expect(await loadOfAda()).toBe(load)
  })

  test('who goes offline and loses it has nothing to wrap up', async () => {
    await held('c')
    await runtime.desk.setPresence('ada', 'offline')
    await expect.poll(async () => (await runtime.conversations.view('c')).phase).toBe('queued')
    expect(await loadOfAda()).toBe(0)
  })

  test('may take up again what is being wrapped up, and has it in hand once', async () => {
    await held('c')
    await runtime.conversations.accept('c', { type: 'agent.handback' })
    await runtime.conversations.accept('c', { type: 'customer.message', text: 'I want to talk to a person' })
    await runtime.conversations.accept('c', { type: 'agent.accept', agent: 'ada' })
    expect(await loadOfAda()).toBe(1)
  })
})

describe('The end of a wrap-up', () => {
  test('has its own job, written with the event: nobody waits for a round of upkeep', async () => {
    await held('c')
    await runtime.conversations.accept('c', resolved)
    const sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
    const { rows } = await sql.query<{ ahead: number }>(
      `select extract(epoch from run_at - created_at)::float8 * 1000 as ahead from graphile_worker.jobs
        where task_identifier = 'wrapped'`,
    )
    await sql.end()
    expect(rows).toHaveLength(1)
    expect(Math.round((rows[0]?.ahead ?? 0) / MINUTE)).toBe(2)
  })

  test('matches who waits, by itself', async () => {
    await runtime.close()
    const short = [supportFlow({ person: { wrapUp: '100ms' } })]
    runtime = await runtimeOn(database.url, { clock: { now: Date.now }, flows: short })
    await held('c')
    await waits('next')
    await runtime.conversations.accept('c', resolved)
    await expect.poll(() => offeredTo('next')).toBe('ada')
  })
})
