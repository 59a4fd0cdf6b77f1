/**
 * What is older than `RETENTION_DAYS` goes. Laws:
 * 1. Only what is over: a conversation that has ended so long ago, whose tickets are resolved and whose calls are made.
 * 2. It goes as an erased one does, with its files, mails and tickets; the figures of its handoffs stay.
 * 3. Little by little: `BATCH` conversations a transaction, so that nobody waits for it, and several servers at once
 *    each take others.
 */
import { sql } from 'kysely'
import type { Database } from '../store/database.ts'
import { forget } from './customers.ts'

export interface Retention {
  /** Forgets what is too old; says how many conversations that was. */
  look(): Promise<number>
}

const BATCH = 100
const DAY = 86_400_000

/** `days` undefined: for ever. */
export function createRetention(
  {
    database,
    clock,
    forgotten,
  }: { readonly database: Database; readonly clock: { now(): number }; forgotten(ids: readonly string[]): void },
  days: number | undefined,
): Retention {
  async function batch(before: number): Promise<number> {
    const ids = await database.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ id: string }>`
        select id from baton.conversations c
        where started_at < ${before} and closed_at < ${before}
          and not exists (select from baton.tickets t where t.conversation = c.id and t.state <> 'resolved')
          and not exists (select from baton.callbacks b where b.conversation = c.id and b.next_at is not null)
        order by started_at limit ${BATCH} for update skip locked`.execute(transaction)
      const old = rows.map((row) => row.id)
      if (old.length > 0) await forget(transaction, old, clock.now())
      return old
    })
    if (ids.length > 0) forgotten(ids)
    return ids.length
  }

  return {
    async look() {
      if (days === undefined) return 0
      const before = clock.now() - days * DAY
      let all = 0
      for (let went = BATCH; went === BATCH; all += went) went = await batch(before)
      return all
    },
  }
}
