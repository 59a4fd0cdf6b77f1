import { sql, type Selectable } from 'kysely'
import { isRight, isRole } from '../http/rights.ts'
import { reading } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'
import { ENDED_KEPT, type KeyRecord, type KeyStore } from './keys.ts'
import type { Revision } from './revision.ts'
import { hashOf, newId, newSecret } from './secret.ts'
import type { ApiKeyRow } from './tables.ts'
import { writing } from './writing.ts'

/** Keys in PostgreSQL: one place for all nodes. */
export function createKeys(database: Database, revision: Pick<Revision, 'forget'>): KeyStore {
  const read = (id: string) => database.selectFrom('baton.api_keys').selectAll().where('id', '=', id).executeTakeFirst()
  return {
    async opened(hash, now) {
      const row = await reading(() =>
        database
          .selectFrom('baton.key_secrets as s')
          .innerJoin('baton.api_keys as k', 'k.id', 's.key')
          .selectAll('k')
          .select('s.until')
          .where('s.hash', '=', hash)
          .executeTakeFirst(),
      )
      if (!row) return undefined
      const until = Math.min(row.until ?? Infinity, row.expires_at ?? Infinity)
      return now < until ? { record: recordOf(row), until } : undefined
    },
    async list() {
      const rows = await reading(() =>
        database.selectFrom('baton.api_keys').selectAll().orderBy('created_at').orderBy('id').execute(),
      )
      return rows.map(recordOf)
    },
    async read(id) {
      const row = await reading(() => read(id))
      return row && recordOf(row)
    },
    async create({ role, agent, name, scopes, expiresAt }, now) {
      const secret = newSecret(role)
      const row = {
        id: newId('key'),
        role,
        agent: agent ?? null,
        name: name ?? null,
        scopes: scopes === undefined ? null : [...scopes],
        created_at: now,
        expires_at: expiresAt === undefined ? null : Date.parse(expiresAt),
        last_used_at: null,
      }
      await writing(() =>
        database.transaction().execute(async (change) => {
          // Sign-in links are made daily; what ended long ago would only fill the list.
          await change
            .deleteFrom('baton.api_keys')
            .where('expires_at', '<', now - ENDED_KEPT)
            .execute()
          await change.insertInto('baton.api_keys').values(row).execute()
          await change
            .insertInto('baton.key_secrets')
            .values({ hash: hashOf(secret), key: row.id, until: null })
            .execute()
        }),
      )
      return { record: recordOf(row), secret }
    },
    rotate: (id, overlap, now) =>
      writing(
        () =>
          database.transaction().execute(async (change) => {
            const row = await change
              .selectFrom('baton.api_keys')
              .selectAll()
              .where('id', '=', id)
              .forUpdate()
              .executeTakeFirst()
            if (!row) return undefined
            const secret = newSecret(row.role)
            await change
              .updateTable('baton.key_secrets')
              .set({ until: sql<number>`least(until, ${now + overlap}::bigint)` })
              .where('key', '=', id)
              .execute()
            await change.deleteFrom('baton.key_secrets').where('key', '=', id).where('until', '<=', now).execute()
            await change
              .insertInto('baton.key_secrets')
              .values({ hash: hashOf(secret), key: id, until: null })
              .execute()
            return { record: recordOf(row), secret }
          }),
        revision,
      ),
    async revoke(id) {
      const { numDeletedRows } = await writing(
        () => database.deleteFrom('baton.api_keys').where('id', '=', id).executeTakeFirst(),
        revision,
      )
      return numDeletedRows > 0n
    },
    async used(at) {
      const [ids, times] = [[...at.keys()], [...at.values()]]
      await sql`update baton.api_keys k set last_used_at = greatest(k.last_used_at, u.at)
        from unnest(${ids}::text[], ${times}::bigint[]) u (id, at) where k.id = u.id`.execute(database)
    },
  }
}

function recordOf(row: Selectable<ApiKeyRow>): KeyRecord {
  if (!isRole(row.role)) throw new Error(`The key ${row.id} has the role “${row.role}”, which this version has not.`)
  return {
    id: row.id,
    role: row.role,
    ...(row.agent === null ? {} : { agent: row.agent }),
    ...(row.name === null ? {} : { name: row.name }),
    // A right that another version knows is none here: what is not known opens nothing.
    ...(row.scopes === null ? {} : { scopes: row.scopes.filter(isRight) }),
    createdAt: new Date(row.created_at).toISOString(),
    ...(row.expires_at === null ? {} : { expiresAt: new Date(row.expires_at).toISOString() }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: new Date(row.last_used_at).toISOString() }),
  }
}
