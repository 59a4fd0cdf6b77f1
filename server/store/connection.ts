/**
 * What all connections of a node have in common. A node that is stopped keeps its connections open, and PostgreSQL all
 * that they hold: so one that lies idle inside a transaction is closed, and its rows are free again.
 */
import type pg from 'pg'

/** Transactions here ask the next question at once; only a node that has stopped is silent for so long. */
export const SILENT_IN_TRANSACTION = 8_000

/** What a statement may take. */
const PATIENCE = 30_000
/** So much earlier PostgreSQL gives up than who asked: what nobody waits for any more is not written late. */
const AHEAD = 1_000

/** @param patience what a statement may take, in milliseconds; null: as long as it needs */
export function connectionTo(databaseUrl: string, name: string, patience: number | null = PATIENCE): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    ...(patience === null ? {} : { query_timeout: patience, statement_timeout: patience - AHEAD }),
    idle_in_transaction_session_timeout: SILENT_IN_TRANSACTION,
    application_name: name,
  }
}
