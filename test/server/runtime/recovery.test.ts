import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { freshDatabase, type TestDatabase } from '../../driver/postgres.ts'
import { proxyTo, type Proxy } from './proxy.ts'
import { agent, runtimeOn, silent } from './running.ts'

let database: TestDatabase
let proxy: Proxy
let runtime: RunningRuntime
let sql: pg.Client

beforeEach(async () => {
  database = await freshDatabase()
  proxy = await proxyTo(database.url)
  runtime = await runtimeOn(proxy.url)
  sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
})
afterEach(async () => {
  await sql.end()
  await runtime.close()
  await proxy.close()
  await database.drop()
})

const says = (id: string, text: string) => runtime.conversations.accept(id, { type: 'customer.message', text })
const said = async (id: string) =>
  (await runtime.conversations.transcript(id))
    .filter((message) => message.from === 'customer')
    .map((message) => message.text)
const written = async (id: string) =>
  (await sql.query('select 1 from baton.log where conversation = $1', [id])).rowCount

/** Follows everything at a node, as a desk does. */
function desk(node: RunningRuntime) {
  const ending = new AbortController()
  const hints: (string | null)[] = []
  const following = (async () => {
    for await (const { conversation } of node.conversations.followAll(ending.signal)) hints.push(conversation)
  })()
  return {
    hints,
    ends() {
      ending.abort()
      return following
    },
  }
}

describe('When the database is lost', () => {
  test('in the middle of events, every acknowledged event is there once, in order, and nothing else is', async () => {
    const EVENTS = 30
    const ids = Array.from({ length: 8 }, (_, index) => `c-${index}`)
    await Promise.all(ids.map((id) => runtime.conversations.start({ flow: 'support', id })))
    let done = 0
    await Promise.all(
      ids.map(async (id) => {
        for (let event = 0; event < EVENTS; event++) {
          await says(id, `${event}`)
          if (++done % 9 === 0) proxy.cut()
        }
      }),
    )
    for (const id of ids) expect(await said(id)).toEqual(Array.from({ length: EVENTS }, (_, event) => `${event}`))
  })

  test('after a commit and before its answer, the event is found and not made twice', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'lost' })
    proxy.deafen()
    const answer = says('lost', 'Once')
    await expect.poll(() => written('lost')).toBe(2)
    proxy.cut()
    expect((await answer).conversation.version).toBe(2)
    expect(await said('lost')).toEqual(['Once'])
  })

  test('after the commit of a start and before its answer, it is the caller’s own conversation', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'before' })
    proxy.deafen()
    const answer = runtime.conversations.start({ flow: 'support', id: 'born' })
    await expect.poll(() => written('born')).toBe(1)
    proxy.cut()
    expect((await answer).conversation).toMatchObject({ id: 'born', version: 1 })
  })

  test('after a commit with a key and before its answer, the desks hear of it as of any other', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'keyed' })
    const { hints, ends } = desk(runtime)
    proxy.deafen()
    const message = { type: 'customer.message', text: 'Once' } as const
    const answer = runtime.conversations.accept('keyed', message, { idempotencyKey: 'k' })
    await expect.poll(() => written('keyed')).toBe(2)
    proxy.cut()
    expect((await answer).conversation.version).toBe(2)
    await expect.poll(() => hints).toContain('keyed')
    await ends()
  })

  test('after a commit that somebody else followed, the caller still gets the answer to the own event', async () => {
    const other = await runtimeOn(database.url)
    await runtime.conversations.start({ flow: 'support', id: 'followed' })
    proxy.deafen()
    const answer = says('followed', 'Mine')
    await expect.poll(() => written('followed')).toBe(2)
    await other.conversations.accept('followed', { type: 'bot.message', text: 'Yours' })
    proxy.cut()
    expect((await answer).conversation.version).toBe(2)
    expect((await says('followed', 'Next')).conversation.version).toBe(4)
    expect(await said('followed')).toEqual(['Mine', 'Next'])
    await other.close()
  })

  test('for long, the caller is told so with the cure, and the same server goes on when it is back', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'away' })
    proxy.part()
    expect(await runtime.unready()).toBe('database')
    const answers = await Promise.allSettled([says('away', 'Hi'), runtime.conversations.view('away')])
    for (const each of answers)
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'unavailable', message: /Idempotency-Key/ } })
    proxy.cut()
    expect((await says('away', 'Back')).conversation.version).toBe(2)
    expect(await said('away')).toEqual(['Back'])
  })

  test('what another node wrote meanwhile reaches the followers', async () => {
    const other = await runtimeOn(database.url)
    await runtime.conversations.start({ flow: 'support', id: 'missed' })
    const ending = new AbortController()
    const seen: number[] = []
    const following = (async () => {
      for await (const { seq } of runtime.conversations.follow('missed', 0, ending.signal)) seen.push(seq)
    })()
    await expect.poll(() => seen).toEqual([1, 2, 3])
    proxy.part()
    await other.conversations.accept('missed', { type: 'customer.message', text: 'Hi' })
    await other.close()
    proxy.cut()
    await expect.poll(() => seen).toEqual([1, 2, 3, 4, 5])
    ending.abort()
    await following
  })

  test('on the line that tells other nodes, their desks hear of what was done meanwhile', async () => {
    const line = `select pid from pg_stat_activity where application_name = 'baton line' and datname = current_database()`
    const { rows } = await sql.query<{ pid: number }>(line)
    const other = await runtimeOn(database.url)
    const { hints, ends } = desk(other)
    await runtime.conversations.start({ flow: 'support', id: 'told' })
    await expect.poll(() => hints).toContain('told')
    for (const { pid } of rows) await sql.query('select pg_terminate_backend($1)', [pid])
    await expect.poll(async () => (await sql.query(line)).rowCount).toBe(1)
    hints.splice(0)
    await says('told', 'I want to talk to a person')
    await expect.poll(() => hints).toContain('told')
    await ends()
    await other.close()
  })

  test('just when jobs begin, they begin again by themselves', async () => {
    await runtime.close()
    // What a lost connection does to the first statement of a pool of jobs, at a moment that can be met.
    await sql.query('alter table graphile_worker._private_tasks rename to lost')
    let failures = 0
    const debug = (_: object, message: string) => {
      if (message.startsWith('Failed to acquire job')) failures++
    }
    runtime = await runtimeOn(proxy.url, { log: { ...silent, debug } })
    await expect.poll(() => failures).toBeGreaterThan(0)
    await sql.query('alter table graphile_worker.lost rename to _private_tasks')
    await runtime.conversations.start({ flow: 'support', id: 'first' })
    await says('first', 'I want to talk to a person')
    await runtime.desk.putAgent(agent('ada'))
    await runtime.conversations.accept('first', { type: 'agent.accept', agent: 'ada' })
    // Going offline is carried out by a job.
    await runtime.desk.setPresence('ada', 'offline')
    await expect.poll(async () => (await runtime.conversations.view('first')).phase).toBe('queued')
  })

  test('jobs, offers and followers go on by themselves', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'jobs' })
    const ending = new AbortController()
    const seen: number[] = []
    const following = (async () => {
      for await (const { seq } of runtime.conversations.follow('jobs', 0, ending.signal)) seen.push(seq)
    })()
    await runtime.desk.putAgent(agent('ada'))
    await runtime.desk.setPresence('ada', 'online')
    proxy.cut()
    await says('jobs', 'I want to talk to a person')
    await runtime.conversations.accept('jobs', { type: 'agent.accept', agent: 'ada' })
    proxy.cut()
    // Going offline is carried out by a job.
    await runtime.desk.setPresence('ada', 'offline')
    await expect.poll(async () => (await runtime.conversations.view('jobs')).phase).toBe('queued')
    const { seq } = await runtime.conversations.snapshot('jobs')
    await expect.poll(() => seen).toEqual(Array.from({ length: seq }, (_, index) => index + 1))
    ending.abort()
    await following
  })
})
