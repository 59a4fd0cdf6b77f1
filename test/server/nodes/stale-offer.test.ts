import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Snapshot } from '#engine/index.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { agent, handClock, runtimeOn } from '../runtime/running.ts'

const database = testDatabase()
const clock = handClock()
let node: RunningRuntime
let other: pg.Client
beforeAll(async () => {
  node = await runtimeOn(database.url, { clock })
  other = new pg.Client({ connectionString: database.url })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await node.close()
})

const offered = async () => (await node.conversations.snapshot('c')).machine.context.waiting?.offered
const blocked = async () =>
  (await other.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
    .rowCount

test('the end of an offer that another node ended and made anew meanwhile does not end the new one', async () => {
  await node.desk.putAgent(agent('anna'))
  await node.desk.setPresence('anna', 'online')
  await node.conversations.start({ flow: 'support', id: 'c' })
  await node.conversations.accept('c', { type: 'customer.message', text: 'I want to talk to a person' })
  await expect.poll(async () => (await offered())?.agent.id).toBe('anna')
  const until = (await offered())?.until ?? 0
  // What the other node writes while this one has decided that the offer is over, and has not written it yet.
  await other.query('begin')
  await other.query(`select from baton.agents where id = 'anna' for update`)
  const { rows } = await other.query<{ snapshot: string }>(`select snapshot from baton.conversations where id = 'c'`)
  const before: Snapshot = JSON.parse(rows[0]?.snapshot ?? '')
  clock.skip(until - clock.now())
  const later = clock.now() + 30_000
  const anew = JSON.stringify({ ...before, version: before.version + 1 }).replaceAll(
    `"until":${until}`,
    `"until":${later}`,
  )
  const settled = node.settle()
  await expect.poll(blocked).toBeGreaterThan(0)
  await other.query(
    `update baton.conversations set version = version + 1, snapshot = $1, offered_until = $2, next_due = $2, wake_at = $2
     where id = 'c'`,
    [anew, later],
  )
  await other.query('commit')
  await settled
  expect(await offered()).toMatchObject({ agent: { id: 'anna' }, until: later })
})
