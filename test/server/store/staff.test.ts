import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { connect, type Connections } from '#server/store/database.ts'
import { staff } from '#server/store/staff.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { handClock, runtimeOn } from '../runtime/running.ts'

const database = testDatabase()
let runtime: RunningRuntime
let connections: Connections

beforeAll(async () => {
  runtime = await runtimeOn(database.url, { clock: handClock() })
  connections = connect({ databaseUrl: database.url })
})
afterAll(async () => {
  await connections.close()
  await runtime.close()
})

test('How much room agents have is read without a look at all conversations, handoffs or the whole queue', async () => {
  const plan = await connections.database.transaction().execute(async (transaction) => {
    await sql`set local enable_seqscan = off`.execute(transaction)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select ${staff(transaction, sql`true`, 0)}`.execute(
      transaction,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toContain('conversations_pkey')
  expect(plan).not.toMatch(/Seq Scan on (conversations|handoffs|queue)/)
})
