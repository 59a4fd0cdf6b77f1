/**
 * How far the pages of customers have shown their conversations. Kept together for a moment and written by one
 * statement, since it is known for every message of every customer who is there; a node that dies forgets the last
 * moment, and then something that was shown may be mailed too.
 */
import type pg from 'pg'
import type { Log } from '../runtime/log.ts'

export interface Shown {
  note(conversation: string, seq: number): void
  /** Resolves when all that was noted is written, or kept for the next time. */
  write(): Promise<void>
}

export function createShown(pool: pg.Pool, log: Log): Shown {
  let noted = new Map<string, number>()

  function note(conversation: string, seq: number): void {
    noted.set(conversation, Math.max(seq, noted.get(conversation) ?? 0))
  }

  return {
    note,
    async write() {
      if (noted.size === 0) return
      // In one order, so that two servers do not lock each other out.
      const all = [...noted].sort(([one], [other]) => (one < other ? -1 : 1))
      noted = new Map()
      try {
        await pool.query(
          `insert into baton.follow_ups (conversation, shown) select * from unnest($1::text[], $2::integer[])
          on conflict (conversation) do update set shown = greatest(follow_ups.shown, excluded.shown)`,
          [all.map(([conversation]) => conversation), all.map(([, seq]) => seq)],
        )
      } catch (error) {
        for (const [conversation, seq] of all) note(conversation, seq)
        log.warn({ err: error }, 'What customers have been shown could not be written; it is tried again.')
      }
    },
  }
}
