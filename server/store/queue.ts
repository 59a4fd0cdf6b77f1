/** The queues as SQL sees them: who waits, in which order, for what. */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { QueueRow } from './tables.ts'

/** One who waits. */
export type WaitingRow = Omit<QueueRow, 'offered'>

/**
 * The different needs of all who may be offered to somebody now, as `key`. Costs as much as there are different ones.
 */
// From each key straight to the next: however many ask for the same, the index is looked at once.
export const waitingKeys = sql`
  with recursive keys(key) as (
    (select needs_key from baton.queue where needs_key is not null order by needs_key limit 1)
    union all
    select (select c.needs_key from baton.queue c where c.needs_key > keys.key order by c.needs_key limit 1)
    from keys where keys.key is not null
  ) select key from keys where key is not null`

export async function readKeys(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`${waitingKeys}`.execute(database)
  return rows.map(({ key }) => key)
}

/** Where reading goes on: after this conversation of these needs. */
export interface Cursor {
  readonly key: string
  readonly limit: number
  readonly turn: number
  readonly id: string
}

/** From the beginning of those who need this. */
export function firstOf(key: string, limit: number): Cursor {
  return { key, limit, turn: Number.MIN_SAFE_INTEGER, id: '' }
}

/** The next of each of these needs that may be offered, each in order. */
export async function waitingFor(database: Database, cursors: readonly Cursor[]): Promise<readonly WaitingRow[]> {
  if (cursors.length === 0) return []
  const { rows } = await sql<WaitingRow>`
    select c.* from unnest(
      ${cursors.map((each) => each.key)}::text[], ${cursors.map((each) => each.limit)}::int[],
      ${cursors.map((each) => each.turn)}::bigint[], ${cursors.map((each) => each.id)}::text[]
    ) as k(key, n, turn, id) cross join lateral (
      select id, team, teams, priority, waiting_since, turn, channel, needs, needs_key, weight, asked_at
      from baton.queue w where w.needs_key = k.key and (w.turn, w.id) > (k.turn, k.id)
      order by w.turn, w.id limit k.n) c`.execute(database)
  return rows
}

/** Undefined when it does not wait. */
export async function waitingRow(database: Database, id: string): Promise<WaitingRow | undefined> {
  return database.selectFrom('baton.queue').selectAll().where('id', '=', id).executeTakeFirst()
}
