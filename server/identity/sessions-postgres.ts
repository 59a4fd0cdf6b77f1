import { sql } from 'kysely'
import { reading } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'
import { appendTo } from './audit.ts'
import type { Revision } from './revision.ts'
import { hashOf, newId, newSecret } from './secret.ts'
import { IDLE, isOver, LONGEST, SESSION, type SessionStore } from './sessions.ts'
import { userOf } from './users-postgres.ts'
import { writing } from './writing.ts'

/** Sessions in PostgreSQL. */
export function createSessions(database: Database, revision: Pick<Revision, 'forget'>): SessionStore {
  return {
    async opened(hash, now) {
      const row = await reading(() =>
        database
          .selectFrom('baton.sessions as s')
          .innerJoin('baton.users as u', 'u.id', 's.person')
          .selectAll('u')
          .select(['s.id as session', 's.used_at', 's.expires_at'])
          .where('s.hash', '=', hash)
          .where('u.disabled', '=', false)
          .executeTakeFirst(),
      )
      if (!row) return undefined
      const found = { id: row.session, user: userOf(row), usedAt: row.used_at, expiresAt: row.expires_at }
      return isOver(found, now) ? undefined : found
    },
    begin: (person, now, { checked, entry } = {}) =>
      writing(() =>
        database.transaction().execute(async (change) => {
          // A lock on the person, so that who is disabled or gets another password meanwhile is left with no session.
          const row = await change
            .updateTable('baton.users')
            .set({ last_seen_at: now })
            .where('id', '=', person)
            .where('disabled', '=', false)
            .$if(checked !== undefined, (update) => update.where('password', '=', checked ?? ''))
            .returningAll()
            .executeTakeFirst()
          if (!row) return undefined
          await change
            .deleteFrom('baton.sessions')
            .where('person', '=', person)
            .where((of) => of.or([of('expires_at', '<=', now), of('used_at', '<=', now - IDLE)]))
            .execute()
          const secret = newSecret(SESSION)
          const session = { id: newId('ses'), usedAt: now, expiresAt: now + LONGEST }
          await change
            .insertInto('baton.sessions')
            .values({
              ...{ id: session.id, hash: hashOf(secret), person },
              ...{ created_at: now, used_at: now, expires_at: session.expiresAt },
            })
            .execute()
          const begun = { ...session, user: userOf(row) }
          if (entry) await appendTo(change, entry(begun), now)
          return { ...begun, secret }
        }),
      ),
    async end(id) {
      const { numDeletedRows } = await writing(
        () => database.deleteFrom('baton.sessions').where('id', '=', id).executeTakeFirst(),
        revision,
      )
      return numDeletedRows > 0n
    },
    async used(at) {
      const [ids, times] = [[...at.keys()], [...at.values()]]
      await sql`with seen as (
          update baton.sessions s set used_at = greatest(s.used_at, u.at)
          from unnest(${ids}::text[], ${times}::bigint[]) u (id, at) where s.id = u.id returning s.person, s.used_at)
        update baton.users p set last_seen_at = greatest(p.last_seen_at, seen.used_at) from seen
        where p.id = seen.person`.execute(database)
    },
  }
}
