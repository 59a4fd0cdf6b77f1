/**
 * Signing in. Laws:
 * 1. A name that nobody has, a wrong password, and a person who is disabled are answered alike, in the same time.
 * 2. A code of a sign-in by the provider is exchanged once, within `CODE_LASTS`.
 * 3. A session and its entry in the audit log are one transaction.
 */
import type { Database } from '../store/database.ts'
import type { AuditEntry } from './audit.ts'
import type { Passwords } from './passwords.ts'
import { hashOf, newSecret } from './secret.ts'
import type { MadeSession, Session, SessionStore } from './sessions.ts'
import type { Tries } from './tries.ts'
import type { UserStore } from './users.ts'
import { writing } from './writing.ts'

export type SignedIn =
  | { readonly outcome: 'in'; readonly session: MadeSession }
  /** `person` is for the audit log alone: no answer may tell one from another. */
  | { readonly outcome: 'wrong'; readonly person: string | undefined }
  | { readonly outcome: 'wait'; readonly milliseconds: number }

/** Where somebody signs in from, as far as it is known. */
interface From {
  readonly address: string | undefined
}

export interface SignIn {
  byPassword(given: From & { readonly name: string; readonly password: string }, now: number): Promise<SignedIn>
  byCode(given: From & { readonly code: string }, now: number): Promise<MadeSession | undefined>
}

export interface Codes {
  make(person: string, now: number): Promise<string>
  /** The person of a code that was not taken yet. */
  take(code: string, now: number): Promise<string | undefined>
}

export const CODE_LASTS = 60_000

interface Given {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly passwords: Passwords
  readonly tries: Tries
  readonly codes: Codes
}

export function createSignIn({ users, sessions, passwords, tries, codes }: Given): SignIn {
  return {
    async byPassword({ name, password, address }, now) {
      const wait = await tries.take(name, address, now)
      if (wait > 0) return { outcome: 'wait', milliseconds: wait }
      const found = await users.named(name)
      const wrong = { outcome: 'wrong', person: found?.user.id } as const
      if (!(await passwords.matches(password, found?.password)) || !found) return wrong
      const session = await sessions.begin(found.user.id, now, {
        checked: found.password,
        entry: entryFrom(address),
      })
      if (!session) return wrong
      await tries.giveBack(name, address)
      return { outcome: 'in', session }
    },
    async byCode({ code, address }, now) {
      const person = await codes.take(code, now)
      return person === undefined ? undefined : sessions.begin(person, now, { entry: entryFrom(address) })
    },
  }
}

function entryFrom(address: string | undefined): (begun: Session) => AuditEntry {
  return ({ id, user }) => ({
    actor: { kind: 'user', id: user.id, name: user.name },
    action: 'session.begun',
    target: { kind: 'session', id },
    change: { after: { address: address ?? null, way: user.way } },
  })
}

/** Codes in PostgreSQL: the node that exchanges one need not be the one that gave it. */
export function createCodes(database: Database): Codes {
  return {
    async make(person, now) {
      const code = newSecret('code')
      await writing(async () => {
        await database.deleteFrom('baton.sign_in_codes').where('until', '<=', now).execute()
        await database
          .insertInto('baton.sign_in_codes')
          .values({ hash: hashOf(code), person, until: now + CODE_LASTS })
          .execute()
      })
      return code
    },
    async take(code, now) {
      const taken = await writing(() =>
        database
          .deleteFrom('baton.sign_in_codes')
          .where('hash', '=', hashOf(code))
          .returning(['person', 'until'])
          .executeTakeFirst(),
      )
      return taken && now < taken.until ? taken.person : undefined
    },
  }
}
