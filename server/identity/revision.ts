import { sql } from 'kysely'
import { reading } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'

/** The number that the database's triggers raise whenever somebody may do less or other than before. */
export interface Revision {
  /** As it was `TRUSTED` ago or later. @throws RuntimeError `unavailable` */
  at(now: number): Promise<number>
  /** Has it read again: something was changed here, and need not wait to be noticed. */
  forget(): void
}

/** Milliseconds. Less than half of the five seconds in which who is revoked is out; streams ask as often. */
export const TRUSTED = 2_000

/** One look for all who ask at once; one that failed is made again by whoever asks next. */
export function createRevision(read: () => Promise<number>): Revision {
  let known: { readonly revision: number; readonly at: number } | undefined
  let looking: Promise<number> | undefined
  return {
    at(now) {
      // A clock that was set back must not make what is known last longer.
      if (known && now >= known.at && now - known.at < TRUSTED) return Promise.resolve(known.revision)
      if (looking) return looking
      const look = read()
        .then((revision) => {
          // One that was forgotten while it was read may be of before the change.
          if (looking === look) known = { revision, at: now }
          return revision
        })
        .finally(() => {
          if (looking === look) looking = undefined
        })
      looking = look
      return look
    },
    forget() {
      known = undefined
      looking = undefined
    },
  }
}

export function revisionIn(database: Database): () => Promise<number> {
  return () =>
    reading(async () => {
      const { rows } = await sql<{ revision: number }>`select revision from baton.access_revision`.execute(database)
      const first = rows[0]
      if (!first) throw new Error('The database has no revision of who may call; restore baton.access_revision.')
      return first.revision
    })
}
