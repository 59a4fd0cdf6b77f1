/**
 * What all connections of a node have in common. A node that is stopped keeps its connections open, and PostgreSQL all
 * that they hold: so one that lies idle inside a transaction is closed, and its rows are free again.
 */
import type pg from 'pg'

/** Transactions here ask the next question at once; only a node that has stopped is silent for so long. */
export const SILENT_IN_TRANSACTION = 8_000

export function connectionTo(databaseUrl: string, name: string): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    idle_in_transaction_session_timeout: SILENT_IN_TRANSACTION,
    application_name: name,
  }
}
