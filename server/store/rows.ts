/** Reading conversations: one at a time as callers ask, read together when many ask at once. */
import type pg from 'pg'
import type { ConversationRow } from './tables.ts'

export type Kept = Pick<ConversationRow, 'id' | 'snapshot' | 'version'>

const STATEMENT = {
  name: 'conversations_by_id',
  text: 'select id, version, snapshot from baton.conversations where id = any($1)',
}

/**
 * A reader that gathers the ids asked for within one turn of the event loop into one statement. Under load this makes
 * a conversation that is not in memory cost a part of a round trip instead of a whole one.
 */
export function createReader(pool: pg.Pool): (id: string) => Promise<Kept | undefined> {
  let asked = new Map<string, Promise<Kept | undefined>>()
  let answers: Promise<ReadonlyMap<string, Kept>> | undefined

  async function readAll(): Promise<ReadonlyMap<string, Kept>> {
    await new Promise((resolve) => setImmediate(resolve))
    const ids = [...asked.keys()]
    asked = new Map()
    answers = undefined
    const { rows } = await pool.query<Kept>({ ...STATEMENT, values: [ids] })
    return new Map(rows.map((row) => [row.id, row]))
  }

  return (id) => {
    const already = asked.get(id)
    if (already) return already
    answers ??= readAll()
    const found = answers.then((rows) => rows.get(id))
    asked.set(id, found)
    return found
  }
}
