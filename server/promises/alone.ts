import { sql } from 'kysely'
import type { Database } from '../store/database.ts'

/**
 * Runs upkeep on one server at a time, one after the other. The lock is a transaction's, which ends with its
 * connection: a server that dies leaves nothing locked. Rejects when another is at it for too long.
 */
export async function alone(database: Database, name: string, work: () => Promise<number>): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    await sql`set local lock_timeout = '10s'`.execute(transaction)
    await sql`select pg_advisory_xact_lock(hashtextextended(${`baton.${name}`}, 0))`.execute(transaction)
    // The work has connections of its own: this one must show that somebody is at it (see `connection.ts`).
    const alive = setInterval(() => void sql`select 1`.execute(transaction).catch(() => undefined), ALIVE_EVERY)
    try {
      return await work()
    } finally {
      clearInterval(alive)
    }
  })
}

const ALIVE_EVERY = 2_000
