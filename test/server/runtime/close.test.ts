import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { realGround } from '#server/runtime/ground.ts'
import { freshDatabase, startTestPostgres, type TestDatabase } from '../../driver/postgres.ts'
import { runtimeOn, silent } from './running.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

/** Warnings and errors that the runtime told. */
function told() {
  const messages: string[] = []
  const keep = (_: object, message: string): void => void messages.push(message)
  return { messages, log: { ...silent, warn: keep, error: keep } }
}

/** The names of its connections to the database. */
async function left(): Promise<readonly object[]> {
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  const { rows } = await sql
    .query<{ application_name: string }>(
      `select application_name from pg_stat_activity
        where datname = current_database() and application_name like 'baton%'`,
    )
    .finally(() => sql.end())
  return rows
}

describe('A runtime that has closed', () => {
  test('leaves no connection to the database, also when it closes at its busiest or has hardly begun', async () => {
    const begun = await runtimeOn(database.url)
    await begun.close()
    expect(await left()).toEqual([])

    const busy = await runtimeOn(database.url, { effects: { run: { http: () => new Promise(() => undefined) } } })
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const { conversation } = await busy.conversations.start({ flow: 'support', id: `busy-${index}` })
        await busy.conversations.accept(conversation.id, { type: 'bot.intent', intent: 'look' })
      }),
    )
    await busy.close()
    expect(await left()).toEqual([])
  })

  test('leaves none either when it could not begin', async () => {
    const runJobs = () => Promise.reject(new Error('There are no jobs today.'))
    await expect(runtimeOn(database.url, { ground: { ...realGround, runJobs } })).rejects.toThrow('no jobs')
    expect(await left()).toEqual([])
  })

  test('says nothing when PostgreSQL stops right after it', async () => {
    const postgres = await startTestPostgres()
    const { messages, log } = told()
    const runtime = await runtimeOn(postgres.url, { log })
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => runtime.conversations.start({ flow: 'support', id: `c-${index}` })),
    )
    await runtime.close()
    await postgres.stop()
    expect(messages).toEqual([])
  })
})
