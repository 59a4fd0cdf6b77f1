/**
 * Keys: how programs call. Laws:
 * 1. A key is shown once, when it is made or rotated; what is kept is a hash.
 * 2. One that is revoked or has ended opens nothing, and never comes back.
 * 3. A rotated key has a new secret; those before open until the overlap ends, and no longer than they would have.
 * 4. Scopes narrow: of the rights of its role a key has those named, and none when none is named.
 */
import type { Right, Role } from '../http/rights.ts'

export interface KeyRecord {
  readonly id: string
  readonly role: Role
  /** Whom an agent's key speaks for. */
  readonly agent?: string
  readonly name?: string
  /** Left out: all rights of the role. */
  readonly scopes?: readonly Right[]
  readonly createdAt: string
  readonly expiresAt?: string
  /** To the minute or so. */
  readonly lastUsedAt?: string
}

export type NewKey = Pick<KeyRecord, 'role' | 'agent' | 'name' | 'scopes' | 'expiresAt'>

export interface MadeKey {
  readonly record: KeyRecord
  /** Not kept: it cannot be shown again. */
  readonly secret: string
}

export interface KeyStore {
  /** The key that a secret of this hash opens at `now`, and when it stops to; undefined when it opens none. */
  opened(hash: string, now: number): Promise<{ readonly record: KeyRecord; readonly until: number } | undefined>
  list(): Promise<readonly KeyRecord[]>
  read(id: string): Promise<KeyRecord | undefined>
  /** Durable when it resolves. */
  create(key: NewKey, now: number): Promise<MadeKey>
  /** A new secret for the key; the ones it has open for `overlap` more milliseconds. Undefined when there is none. */
  rotate(id: string, overlap: number, now: number): Promise<MadeKey | undefined>
  revoke(id: string): Promise<boolean>
  /** Notes when keys were used last. */
  used(at: ReadonlyMap<string, number>): Promise<void>
}

/** How long an ended key stays in the list, so that a person sees why something stopped. */
export const ENDED_KEPT = 7 * 86_400_000
