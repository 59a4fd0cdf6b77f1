/**
 * Keys: who may call. A key is shown once, when it is made; what is kept is its SHA-256, which suffices because a key
 * is 32 random bytes and cannot be guessed from its hash.
 */
import { hash, randomBytes } from 'node:crypto'
import type { Role } from './rights.ts'

export interface KeyRecord {
  readonly id: string
  readonly role: Role
  /** Whom an agent's key speaks for. */
  readonly agent?: string
  readonly name?: string
  readonly createdAt: string
  readonly expiresAt?: string
}
/** What is kept of a key. */
export interface StoredKey extends KeyRecord {
  readonly hash: string
}
export interface NewKey {
  readonly role: Role
  readonly agent?: string
  readonly name?: string
  readonly expiresAt?: string
}

export interface KeyStore {
  /** The live key with this secret; undefined when there is none, or it is revoked or expired at `now`. */
  find(secret: string, now: number): Promise<KeyRecord | undefined>
  list(): Promise<readonly KeyRecord[]>
  /** Durable when it resolves. `secret` is not kept: it cannot be shown again. */
  create(key: NewKey, now: number): Promise<{ readonly record: KeyRecord; readonly secret: string }>
  revoke(id: string): Promise<boolean>
}

export function hashOf(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/** A new secret with its record; the prefix lets a person and a secret scanner see what it is. */
export function mint(key: NewKey, now: number): { readonly stored: StoredKey; readonly secret: string } {
  const secret = `baton_${key.role}_${randomBytes(32).toString('base64url')}`
  const stored = {
    id: `key_${randomBytes(9).toString('base64url')}`,
    ...key,
    createdAt: new Date(now).toISOString(),
    hash: hashOf(secret),
  }
  return { stored, secret }
}

export function isLive(key: KeyRecord, now: number): boolean {
  return key.expiresAt === undefined || now < Date.parse(key.expiresAt)
}

export function recordOf({ hash: _, ...record }: StoredKey): KeyRecord {
  return record
}
