/** The logs of past conversations, newest first, a page by one statement. */
import { sql } from 'kysely'
import { writeCursor, type Place } from '../store/cursor.ts'
import type { Database } from '../store/database.ts'

export interface PastLog {
  readonly id: string
  readonly version: number
  /** The log's entries as JSON; null where it is too long to be played. */
  readonly entries: string | null
}

/** Which conversations: of one flow, begun in a span (epoch ms), or these. */
export interface PastSpan {
  readonly flow: string
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly conversations?: readonly string[] | undefined
}

export interface PastLogs {
  readonly logs: readonly PastLog[]
  readonly next: string | null
}

/** Characters of one log, and of a page of logs: a page ends early where it would be longer. */
const LONGEST = 4_000_000
const MOST_AT_ONCE = 16_000_000

export async function countPast(database: Database, span: PastSpan): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from baton.conversations c where ${inSpan(span)}`.execute(database)
  return rows[0]?.count ?? 0
}

interface LogRow {
  readonly id: string
  readonly version: number
  readonly started_at: number
  readonly entries: string | null
  readonly more: boolean
}

export async function readPastLogs(
  database: Database,
  {
    after,
    limit,
    total,
    ...span
  }: PastSpan & { readonly after: Place | undefined; readonly limit: number; readonly total: number },
): Promise<PastLogs> {
  const { rows } = await sql<LogRow>`
    with page as (
      select c.id, c.flow_version as version, c.started_at, row_number() over (order by c.started_at desc, c.id desc) as place
      from baton.conversations c
      where ${inSpan(span)} and ${afterwards(after)}
      order by c.started_at desc, c.id desc limit ${limit + 1}
    ), sized as (
      select p.*, s.length, sum(least(s.length, ${LONGEST})) over (order by p.place) - least(s.length, ${LONGEST}) as ahead
      from page p cross join lateral (
        select coalesce(sum(length(l.entries)), 0) as length from baton.log l where l.conversation = p.id) s
      where p.place <= ${limit}
    ), chosen as (select * from sized where ahead < ${MOST_AT_ONCE})
    select h.id, h.version, h.started_at, h.place < (select max(place) from page) as more,
      case when h.length <= ${LONGEST} then (
        select '[' || string_agg(substr(l.entries, 2, length(l.entries) - 2), ',' order by l.seq) || ']'
        from baton.log l where l.conversation = h.id) end as entries
    from chosen h order by h.place`.execute(database)
  const last = rows.at(-1)
  return {
    logs: rows.map(({ id, version, entries }) => ({ id, version, entries })),
    next: last?.more === true ? writeCursor({ at: last.started_at, id: last.id, total }) : null,
  }
}

function afterwards(cursor: Place | undefined) {
  if (cursor === undefined) return sql<boolean>`true`
  return sql<boolean>`(c.started_at, c.id) < (${cursor.at}::bigint, ${cursor.id})`
}

function inSpan({ flow, from, to, conversations }: PastSpan) {
  return sql<boolean>`c.flow = ${flow}
    and ${from === undefined ? sql`true` : sql`c.started_at >= ${from}::bigint`}
    and ${to === undefined ? sql`true` : sql`c.started_at < ${to}::bigint`}
    and ${conversations === undefined ? sql`true` : sql`c.id = any(${[...conversations]}::text[])`}`
}
