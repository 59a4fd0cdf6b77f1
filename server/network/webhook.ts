/**
 * Signed webhooks by the Standard Webhooks specification (https://www.standardwebhooks.com): the receiver checks
 * `webhook-signature` over `<webhook-id>.<webhook-timestamp>.<body>`, refuses what is older than five minutes, and
 * forgets what it has seen by `webhook-id`, which stays the same when a delivery is tried again.
 */
import { randomBytes } from 'node:crypto'
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
