import { createHash } from 'node:crypto'

/** What identifies a JSON value, on every server alike: its SHA-256, in 43 characters of a URL's. */
export function jsonHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}
