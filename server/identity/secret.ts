/**
 * Secrets that are shown once: 32 random bytes behind a prefix that tells a person, and whoever scans for leaks, what it
 * is. What is kept is the SHA-256, which suffices because nobody can guess 256 bits from their hash.
 */
import { hash, randomBytes } from 'node:crypto'

export function newSecret(prefix: string): string {
  return `baton_${prefix}_${randomBytes(32).toString('base64url')}`
}

/** Whether it has the form of a secret of ours. */
export function isSecret(text: string): boolean {
  return /^baton_[a-z]+_[\w-]{43}$/.test(text)
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('base64url')}`
}

export function hashOf(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
