/**
 * How often somebody may try to sign in. Laws:
 * 1. Tries are counted by the name from one address, by the name from anywhere, and by the address: a bucket each, that
 *    fills with time. A name counts whether there is such a person or not.
 * 2. Nobody is locked out: whoever waits for as long as the refusal says has a try again, unless others took it.
 * 3. A sign-in that succeeds gives its tries back.
 */
import { sql } from 'kysely'
import type { Database } from '../store/database.ts'
import { hashOf } from './secret.ts'
import { folded } from './users.ts'
import { writing } from './writing.ts'

export interface Tries {
  /** Takes one try; resolves to the milliseconds to wait when there is none, else to 0. */
  take(name: string, address: string | undefined, now: number): Promise<number>
  giveBack(name: string, address: string | undefined): Promise<void>
}

/** Tries at once, and the milliseconds in which one comes back. */
const BUCKETS = {
  pair: { most: 5, every: 30_000 },
  name: { most: 30, every: 60_000 },
  address: { most: 30, every: 10_000 },
} as const
const FORGOTTEN_AFTER = 3_600_000

/** In PostgreSQL, so that asking another node gives no more tries. */
export function createTries(database: Database): Tries {
  return {
    async take(name, address, now) {
      await forget(now)
      for (const { what, most, every } of bucketsOf(name, address)) {
        const wait = await takeOf(what, most, every, now)
        if (wait > 0) return wait
      }
      return 0
    },
    async giveBack(name, address) {
      for (const { what, most } of bucketsOf(name, address))
        await writing(() =>
          database
            .updateTable('baton.sign_in_tries')
            .set({ level: sql<number>`least(${most}, level + 1)` })
            .where('what', '=', what)
            .execute(),
        )
    },
  }

  async function takeOf(what: string, most: number, every: number, now: number): Promise<number> {
    const filled = sql<number>`least(${most}::float8, t.level + greatest(0, ${now}::bigint - t.at) / ${every}::float8)`
    const { rows } = await writing(() =>
      sql<{ level: number }>`
        with taken as (
          insert into baton.sign_in_tries as t (what, level, at) values (${what}, ${most - 1}, ${now})
          on conflict (what) do update set level = ${filled} - 1, at = ${now} where ${filled} >= 1
          returning t.level)
        select level from taken`.execute(database),
    )
    if (rows.length > 0) return 0
    const left = await database
      .selectFrom('baton.sign_in_tries as t')
      .select(filled.as('level'))
      .where('what', '=', what)
      .executeTakeFirst()
    return Math.max(1, Math.ceil((1 - Math.min(1, left?.level ?? 0)) * every))
  }

  async function forget(now: number): Promise<void> {
    await writing(() =>
      database
        .deleteFrom('baton.sign_in_tries')
        .where('at', '<', now - FORGOTTEN_AFTER)
        .execute(),
    )
  }
}

/** Names are kept as hashes: somebody may have typed a password for one. */
function bucketsOf(name: string, address: string | undefined) {
  const who = hashOf(folded(name))
  return [
    ...(address === undefined ? [] : [{ what: `address ${address}`, ...BUCKETS.address }]),
    { what: `pair ${who} ${address ?? ''}`, ...BUCKETS.pair },
    { what: `name ${who}`, ...BUCKETS.name },
  ]
}
