import { sql, type Selectable } from 'kysely'
import { isRole } from '../http/rights.ts'
import { reading } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'
import type { Revision } from './revision.ts'
import { newId } from './secret.ts'
import type { UserRow } from './tables.ts'
import { folded, type OwnPassword, type User, type UserStore } from './users.ts'
import { writing } from './writing.ts'

/** People in PostgreSQL. */
export function createUsers(database: Database, revision: Pick<Revision, 'forget'>): UserStore {
  const rows = () => database.selectFrom('baton.users').selectAll()
  const read = (id: string) => reading(() => rows().where('id', '=', id).executeTakeFirst())
  const put = (id: string, password: string, own?: OwnPassword): Promise<boolean> =>
    writing(
      () =>
        database.transaction().execute(async (change) => {
          const { numUpdatedRows } = await change
            .updateTable('baton.users')
            .set({ password })
            .where('id', '=', id)
            .where('password', own ? '=' : 'is not', own?.was ?? null)
            .executeTakeFirst()
          if (numUpdatedRows === 0n) return false
          const session = own?.session ?? ''
          await change.deleteFrom('baton.sessions').where('person', '=', id).where('id', '<>', session).execute()
          return true
        }),
      revision,
    )
  return {
    async list() {
      return (await reading(() => rows().orderBy('created_at').orderBy('id').execute())).map(userOf)
    },
    async read(id) {
      const row = await read(id)
      return row && userOf(row)
    },
    async named(name) {
      const row = await reading(() => rows().where('sign_in', '=', folded(name)).executeTakeFirst())
      return row?.password ? { user: userOf(row), password: row.password } : undefined
    },
    async password(id) {
      return (await read(id))?.password ?? undefined
    },
    async create({ name, email, role, agent, password }, now) {
      const row = await writing(() =>
        database
          .insertInto('baton.users')
          .values({
            ...{ id: newId('usr'), name, sign_in: folded(name), email: email ?? null, role, agent: agent ?? null },
            ...{ password, issuer: null, subject: null, created_at: now, last_seen_at: null },
          })
          .onConflict((conflict) => conflict.column('sign_in').doNothing())
          .returningAll()
          .executeTakeFirst(),
      )
      return row && userOf(row)
    },
    async change(id, { name, email = null, role, agent = null, disabled }) {
      const work = async (change: Database): Promise<User | undefined> => {
        const was = await change
          .selectFrom('baton.users')
          .select('sign_in')
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
        if (!was) return undefined
        // Sessions before the person: whoever ends one of them meanwhile waits for the revision, and we for nobody.
        if (disabled) await change.deleteFrom('baton.sessions').where('person', '=', id).execute()
        const row = await change
          .updateTable('baton.users')
          .set({ name, email, role, agent, disabled, sign_in: was.sign_in === null ? null : folded(name) })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
        return userOf(row)
      }
      try {
        return await writing(() => database.transaction().execute(work), revision)
      } catch (error) {
        if (isTaken(error)) return 'taken'
        throw error
      }
    },
    setPassword: (id, password) => put(id, password),
    changePassword: (id, password, own) => put(id, password, own),
    async remove(id) {
      const { numDeletedRows } = await writing(
        () => database.deleteFrom('baton.users').where('id', '=', id).executeTakeFirst(),
        revision,
      )
      return numDeletedRows > 0n
    },
    async provided({ issuer, subject, name, email = null, role }, now) {
      const id = newId('usr')
      const agent = role === 'agent' ? id : null
      const row = await writing(
        () =>
          database
            .insertInto('baton.users')
            .values({
              ...{ id, name, sign_in: null, email, role, agent, password: null, issuer, subject },
              ...{ created_at: now, last_seen_at: null },
            })
            .onConflict((conflict) =>
              conflict.columns(['issuer', 'subject']).doUpdateSet({
                name,
                email,
                role,
                agent: role === 'agent' ? sql<string>`coalesce(users.agent, users.id)` : null,
              }),
            )
            .returningAll()
            .executeTakeFirstOrThrow(),
        revision,
      )
      return userOf(row)
    },
  }
}

/** A unique name is somebody else's: https://www.postgresql.org/docs/current/errcodes-appendix.html, 23505. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

export function userOf(row: Selectable<UserRow>): User {
  if (!isRole(row.role)) throw new Error(`The user ${row.id} has the role “${row.role}”, which this version has not.`)
  return {
    id: row.id,
    name: row.name,
    ...(row.email === null ? {} : { email: row.email }),
    role: row.role,
    ...(row.agent === null ? {} : { agent: row.agent }),
    disabled: row.disabled,
    createdAt: new Date(row.created_at).toISOString(),
    ...(row.last_seen_at === null ? {} : { lastSeenAt: new Date(row.last_seen_at).toISOString() }),
    way: row.issuer === null ? 'password' : 'oidc',
  }
}
