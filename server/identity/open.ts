/** Who may call, on one database: wired once, beside the runtime, with a few connections of its own. */
import type { FiledKey } from '../http/keys-file.ts'
import { connect, type Database } from '../store/database.ts'
import type { Seal } from '../store/seal.ts'
import { createAccess, type Access } from './access.ts'
import { createAudit, type Audit } from './audit.ts'
import { createKeys } from './keys-postgres.ts'
import type { KeyStore } from './keys.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createRevision, revisionIn } from './revision.ts'
import { createSessions } from './sessions-postgres.ts'
import type { SessionStore } from './sessions.ts'
import { createCodes, createSignIn, type Codes, type SignIn } from './sign-in.ts'
import { createTokenSecrets, type TokenSecrets } from './token-secrets.ts'
import { createTries, type Tries } from './tries.ts'
import { createUsers } from './users-postgres.ts'
import type { UserStore } from './users.ts'
import { writing } from './writing.ts'

export interface WhoMayCall {
  readonly access: Access
  readonly keys: KeyStore
  readonly users: UserStore
  readonly passwords: Passwords
  readonly sessions: SessionStore
  readonly signIn: SignIn
  readonly tries: Tries
  readonly codes: Codes
  readonly tokenSecrets: TokenSecrets
  readonly audit: Audit
}

export interface Opening {
  readonly databaseUrl: string
  readonly adminKey: string
  /** What signs customers' tokens until it is replaced. */
  readonly tokenSecret: string
  readonly seal: Seal
  readonly log: { warn(fields: object, message: string): void }
}

/** So few, that a crowd at the door leaves the runtime its own. */
const CONNECTIONS = 4

export interface OpenedWhoMayCall extends WhoMayCall {
  readonly database: Database
  close(): Promise<void>
}

/** The database must have been migrated. */
export function openWhoMayCall({ databaseUrl, adminKey, tokenSecret, seal, log }: Opening): OpenedWhoMayCall {
  const { database, close } = connect({
    databaseUrl,
    size: CONNECTIONS,
    onLost: (error) => log.warn({ error: error.message }, 'A connection to the database was lost.'),
  })
  const revision = createRevision(revisionIn(database))
  const keys = createKeys(database, revision)
  const users = createUsers(database, revision)
  const sessions = createSessions(database, revision)
  const [passwords, tries, codes] = [createPasswords(), createTries(database), createCodes(database)]
  const access = createAccess({ keys, sessions, adminKey, revision, log })
  return {
    access,
    ...{ keys, users, passwords, sessions, tries, codes },
    signIn: createSignIn({ users, sessions, passwords, tries, codes }),
    tokenSecrets: createTokenSecrets({ database, first: tokenSecret, revision, seal }),
    audit: createAudit(database),
    database,
    async close() {
      await access.settle()
      await close()
    },
  }
}

/** Keeps keys that were in a file; one that is there already stays as it is. */
export async function keepFiledKeys(database: Database, keys: readonly FiledKey[]): Promise<void> {
  await writing(() =>
    database.transaction().execute(async (change) => {
      for (const { id, role, agent = null, name = null, createdAt, expiresAt, hash } of keys) {
        await change
          .insertInto('baton.api_keys')
          .values({
            ...{ id, role, agent, name, scopes: null, created_at: Date.parse(createdAt), last_used_at: null },
            expires_at: expiresAt === undefined ? null : Date.parse(expiresAt),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        await change
          .insertInto('baton.key_secrets')
          .values({ hash, key: id, until: null })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
    }),
  )
}
