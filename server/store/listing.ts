/** The list of conversations: filtered, newest first, a page at a time. */
import { sql, type SqlBool } from 'kysely'
import type { ListQuery } from '../runtime/runtime.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Database } from './database.ts'

export interface ListedRow {
  readonly id: string
  readonly snapshot: string
  readonly started_at: number
}
export interface Listed {
  readonly rows: readonly ListedRow[]
  readonly next: string | null
}

const DEFAULT_LIMIT = 50
const MOST = 200

/**
 * `cursor` is what an earlier page gave as `next`; undefined is answered for one that is not. `q` is searched for in
 * what was said and in the customer's profile; it reads conversations from the newest on until a page is full.
 */
export async function listConversations(database: Database, query: ListQuery): Promise<Listed | undefined> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? DEFAULT_LIMIT), 1), MOST)
  let select = database
    .selectFrom('baton.conversations as c')
    .select(['c.id', 'c.snapshot', 'c.started_at'])
    .orderBy('c.started_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
  for (const column of ['phase', 'team', 'agent', 'flow', 'node'] as const) {
    const value = query[column]
    if (value !== undefined) select = select.where(`c.${column}`, '=', value)
  }
  if (query.q !== undefined && query.q !== '') select = select.where(saidOrKnown(query.q))
  if (query.cursor !== undefined) {
    const cursor = readCursor(query.cursor)
    if (!cursor) return undefined
    select = select.where(sql<SqlBool>`(c.started_at, c.id) < (${cursor.at}::bigint, ${cursor.id})`)
  }
  const rows = await select.execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? writeCursor({ at: last.started_at, id: last.id }) : null }
}

/** The text is looked for in the log's raw lines first, which is cheap, and only there among what was really said. */
function saidOrKnown(q: string) {
  const words = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const raw = `%${JSON.stringify(q)
    .slice(1, -1)
    .replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`(c.customer ilike ${raw} or c.id = ${q} or exists (
    select from baton.log l where l.conversation = c.id and l.entries ilike ${raw} and exists (
      select from json_array_elements(l.entries::json) e
      where e->>'kind' in ('message', 'note') and e->>'text' ilike ${words})))`
}
