/**
 * Secrets as they lie in the database. Laws:
 *   1. With a key of the configuration they are encrypted by AES-256-GCM, each under a nonce of its own, and bound to
 *      their place: what is moved to another does not open there. Without one they lie there as they are.
 *   2. The first key seals, all open: so a key is replaced. What lies there plainly opens as well.
 *   3. What was sealed with another key is never taken for a secret: the server does not start.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export interface Seal {
  /** Whether there is a key. */
  readonly seals: boolean
  seal(place: string, secret: string): string
  /** @throws SealedSecret */
  open(place: string, kept: string): string
  /** Whether it lies there as it would be sealed now. */
  isCurrent(place: string, kept: string): boolean
}

/** A secret of the database that no key of the configuration opens. */
export class SealedSecret extends Error {
  override readonly name = 'SealedSecret'
}

const PREFIX = 'sealed.1.'
const [NONCE, TAG] = [12, 16]

/** @param keys of the configuration, 32 characters or more each, the newest first */
export function createSeal(keys: readonly string[]): Seal {
  // Of whatever length and alphabet a key is, its use here has one of its own.
  const derived = keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', 'baton secrets at rest', 32)))
  const [newest] = derived
  const openedBy = (place: string, kept: string, candidates: readonly Buffer[]): string | undefined => {
    for (const key of candidates) {
      const secret = opened(key, place, kept)
      if (secret !== undefined) return secret
    }
    return undefined
  }
  return {
    seals: newest !== undefined,
    seal: (place, secret) => (newest === undefined ? secret : sealed(newest, place, secret)),
    open(place, kept) {
      if (!kept.startsWith(PREFIX)) return kept
      const secret = openedBy(place, kept, derived)
      if (secret !== undefined) return secret
      throw new SealedSecret(
        keys.length === 0
          ? `The secret ${place} of the database is encrypted; set BATON_SECRET_KEY to the key that the other servers have.`
          : `BATON_SECRET_KEY does not open the secret ${place} of the database; set it to the key that it was ` +
              'encrypted with, or to the new key and that one, parted by a comma.',
      )
    },
    isCurrent: (place, kept) =>
      newest === undefined || (kept.startsWith(PREFIX) && openedBy(place, kept, [newest]) !== undefined),
  }
}

function sealed(key: Buffer, place: string, secret: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
}

function opened(key: Buffer, place: string, kept: string): string | undefined {
  const bytes = Buffer.from(kept.slice(PREFIX.length), 'base64url')
  if (bytes.length < NONCE + TAG) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
