/**
 * What failed for good, for a person to see.
 *
 *   listed --retried--> a job again, with the same effect under the same key: it succeeds, or is listed anew
 *          --set aside--> listed as set aside, retried only when somebody asks for it
 *
 * Law: no effect is lost between the list and the jobs: one statement takes it off and adds it.
 */
import { noSuchLetter } from '../runtime/refusals.ts'
import type { DeadLetter } from '../runtime/runtime.ts'
import { reading } from '../runtime/write.ts'
import { sql } from 'kysely'
import type { Database } from '../store/database.ts'

export interface DeadLetters {
  /** The latest first. */
  list(): Promise<readonly DeadLetter[]>
  /** It runs again, as often as it may be tried. Rejects with `not-found`. */
  retry(id: string): Promise<void>
  /** A person has dealt with it. Rejects with `not-found`. */
  setAside(id: string): Promise<void>
}

const MOST = 1_000

export function createDeadLetters(database: Database, clock: { now(): number }): DeadLetters {
  return {
    list: () =>
      reading(() =>
        database
          .selectFrom('baton.dead_letters')
          .select(['id', 'conversation', 'type', 'attempts', 'error', 'at', 'aside_at as asideAt'])
          .orderBy('at', 'desc')
          .limit(MOST)
          .execute(),
      ),
    async retry(id) {
      // Sent again after a lost connection it may say that there is none, because the first one was heard.
      const { rows } = await reading(() =>
        sql<{ found: boolean }>`select baton.retry_dead_letter(${id}) as found`.execute(database),
      )
      if (rows[0]?.found !== true) throw noSuchLetter(id)
    },
    async setAside(id) {
      const { numUpdatedRows } = await reading(() =>
        database
          .updateTable('baton.dead_letters')
          .set(({ fn, val }) => ({ aside_at: fn.coalesce('aside_at', val(clock.now())) }))
          .where('id', '=', id)
          .executeTakeFirst(),
      )
      if (numUpdatedRows === 0n) throw noSuchLetter(id)
    },
  }
}
