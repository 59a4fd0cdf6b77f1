/**
 * Signed webhooks by the Standard Webhooks specification (https://www.standardwebhooks.com): the receiver checks
 * `webhook-signature` over `<webhook-id>.<webhook-timestamp>.<body>`, refuses what is older than five minutes, and
 * forgets what it has seen by `webhook-id`, which stays the same when a delivery is tried again.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Network, OutboundAnswer } from './outbound.ts'

export interface SignedPost {
  readonly url: string
  /** `whsec_` and base64. */
  readonly secret: string
  /** Stable over tries; any text. */
  readonly id: string
  readonly body: string
  /** Epoch milliseconds of this try. */
  readonly now: number
  readonly timeout: number
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

/** Posts JSON with its signature. Never follows a redirect: a signed body is for the one it was signed for. */
export function postSigned(network: Network, post: SignedPost): Promise<OutboundAnswer> {
  return network.request({
    url: post.url,
    method: 'POST',
    body: post.body,
    timeout: post.timeout,
    maxBytes: post.maxBytes,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...signature(post) },
    ...(post.signal ? { signal: post.signal } : {}),
  })
}

/** The three headers of a signed body. */
export function signature({
  secret,
  id,
  now,
  body,
}: Pick<SignedPost, 'secret' | 'id' | 'now' | 'body'>): Record<string, string> {
  const safeId = messageId(id)
  return {
    'webhook-id': safeId,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': new Webhook(secret).sign(safeId, new Date(now), body),
  }
}

/** What comes with a signed body; a header that is missing is undefined. */
export interface SignedHeaders {
  readonly id: string | undefined
  /** Epoch seconds, as text. */
  readonly timestamp: string | undefined
  /** One or more `v1,<base64>`, parted by blanks. */
  readonly signature: string | undefined
}

/**
 * Whether a body is signed with the secret, now: `body` is the text of exactly the bytes that came, `now` in epoch
 * milliseconds. An id with a dot proves nothing, since it could part the signed text differently.
 */
export function isSigned(
  { id, timestamp, signature: given }: SignedHeaders,
  secret: string,
  body: string,
  now: number,
): boolean {
  if (id === undefined || timestamp === undefined || given === undefined) return false
  if (!/^[!-\-/-~]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now / 1_000 - Number(timestamp)) > OLDEST) return false
  const ours = Buffer.from(new Webhook(secret).sign(id, new Date(Number(timestamp) * 1_000), body))
  // Each is compared whole, so that the time taken says nothing about where one differs.
  return given
    .split(' ')
    .slice(0, MOST_SIGNATURES)
    .some((each) => Buffer.byteLength(each) === ours.length && timingSafeEqual(Buffer.from(each), ours))
}

/** A fresh secret of 24 random bytes. */
export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}

/** Whether a text can sign: 24 to 64 bytes in base64, with or without `whsec_`. */
export function isSecret(text: string): boolean {
  const encoded = text.replace(/^whsec_/, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return false
  const { length } = Buffer.from(encoded, 'base64')
  return length >= 24 && length <= 64
}

/** An id as headers may carry it: a dot would part the signed text differently, and a header holds plain ASCII. */
export function messageId(id: string): string {
  return id.replace(/[^A-Za-z0-9_:-]/gu, (letter) => `%${Buffer.from(letter).toString('hex')}`)
}

/** Seconds by which the clocks of two sides may differ, and for which a body that was overheard is worth anything. */
const OLDEST = 300
/** While a secret is rotated a body bears two. */
const MOST_SIGNATURES = 5
