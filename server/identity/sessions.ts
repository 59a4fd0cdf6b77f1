/**
 * Sessions: how people call once they have signed in. A bearer's secret in a header like a key, never a cookie, so that
 * no page can make a browser send it. Laws:
 * 1. A session ends `IDLE` after its last call, `LONGEST` after its sign-in, and when its person signs out, is disabled
 *    or deleted, or gets another password.
 * 2. None begins by a password that is not the person's any more when it begins.
 * 3. What it may do is what its person may do now, not what was so at the sign-in.
 */
import type { AuditEntry } from './audit.ts'
import type { User } from './users.ts'

/** A working day and a night: who leaves at six signs in again next morning. */
export const IDLE = 12 * 3_600_000
/** NIST SP 800-63B, 4.1.3: whoever is signed in at AAL1 signs in anew at least every 30 days. */
export const LONGEST = 30 * 86_400_000

export interface Session {
  readonly id: string
  readonly user: User
  readonly usedAt: number
  readonly expiresAt: number
}

export interface MadeSession extends Session {
  /** Not kept. */
  readonly secret: string
}

export interface Beginning {
  /** What the given password was checked against; left out where none was given. */
  readonly checked?: string
  /** Written by the same transaction. */
  readonly entry?: (begun: Session) => AuditEntry
}

export interface SessionStore {
  /** The session that a secret of this hash opens at `now`; undefined when it opens none. */
  opened(hash: string, now: number): Promise<Session | undefined>
  /** Undefined when the person is gone or disabled, or has another password than the one that was checked. */
  begin(person: string, now: number, how?: Beginning): Promise<MadeSession | undefined>
  /** Ends one; false when it has ended already. */
  end(id: string): Promise<boolean>
  /** Notes when sessions were used last, and so when their people were seen. */
  used(at: ReadonlyMap<string, number>): Promise<void>
}

export function isOver({ usedAt, expiresAt }: Session, now: number): boolean {
  return now >= Math.min(expiresAt, usedAt + IDLE)
}

export const SESSION = 'session'

export function isSessionSecret(secret: string): boolean {
  return secret.startsWith(`baton_${SESSION}_`)
}
