/**
 * Tokens of customers: who has one may see and speak in one conversation. Nothing is kept of them. Laws:
 * 1. A token names one conversation and its own end, and is signed: whoever changes a character of it has none.
 * 2. It opens while the secret that signed it is one of ours: all of them end when the secrets are rotated, those of
 *    before when the overlap ends.
 * 3. Tokens of before there was an end have none of their own; law 2 holds for them.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { TokenSecret, TokenSecrets } from '../identity/token-secrets.ts'
import { Recent } from '../runtime/recent.ts'
import { keptSecret } from './private-file.ts'

export interface CustomerTokens {
  issue(conversation: string): Promise<string>
  /** The conversation that the token opens at `now`; undefined when we did not sign it, or it has ended. */
  open(token: string, now: number): Promise<string | undefined>
}

const DAY = 86_400_000
/** Longer than conversations stay open; whoever writes again gets a new one with the new conversation. */
export const TOKEN_LASTS = 90 * DAY
/** A signature is checked once for as long as its customer is here. */
const OPENED_IN_MEMORY = 20_000
const PREFIX = 'baton_customer_'

interface Opened {
  readonly conversation: string
  /** When the token ends by itself. */
  readonly until: number
  readonly secret: TokenSecret
}

export function createTokens(secrets: TokenSecrets, clock: { now(): number }, lasts = TOKEN_LASTS): CustomerTokens {
  const opened = new Recent<Opened>(OPENED_IN_MEMORY)
  return {
    async issue(conversation) {
      const now = clock.now()
      const [newest] = await secrets.all(now)
      // Whole days, so that a start that is sent again is answered with the same token.
      return tokenOf(newest.secret, conversation, Math.ceil((now + lasts) / DAY) * DAY)
    },
    async open(token, now) {
      const ours = await secrets.all(now)
      const known = opened.get(token)
      const found = known && ours.includes(known.secret) ? known : read(token, ours)
      if (!found) return undefined
      if (found !== known) opened.set(token, found)
      return now < found.until && now < found.secret.until ? found.conversation : undefined
    },
  }
}

/** `baton_customer_<conversation>.<end>.<HMAC-SHA-256>`: the end in seconds to base 36, the others in base64url. */
export function tokenOf(secret: string, conversation: string, until: number): string {
  const end = Math.floor(until / 1_000).toString(36)
  const signature = sign(secret, `customer until ${end}`, conversation).toString('base64url')
  return `${PREFIX}${Buffer.from(conversation).toString('base64url')}.${end}.${signature}`
}

export function isCustomerToken(token: string): boolean {
  return token.startsWith(PREFIX)
}

/** The secret that signs first, made at the first start: `<folder>/token.secret`. */
export function tokenSecret(folder: string): Promise<string> {
  return keptSecret(join(folder, 'token.secret'), () => randomBytes(32).toString('base64url'))
}

function read(token: string, secrets: readonly TokenSecret[]): Opened | undefined {
  const [name = '', ...rest] = token.slice(PREFIX.length).split('.')
  const [end, signature] = rest.length === 1 ? [undefined, rest[0]] : rest.length === 2 ? rest : []
  if (signature === undefined || (end !== undefined && !/^[0-9a-z]{1,9}$/.test(end))) return undefined
  const conversation = Buffer.from(name, 'base64url').toString()
  const what = end === undefined ? 'customer' : `customer until ${end}`
  const given = Buffer.from(signature, 'base64url')
  const secret = secrets.find((each) => fits(given, sign(each.secret, what, conversation)))
  const until = end === undefined ? Infinity : Number.parseInt(end, 36) * 1_000
  return secret && { conversation, until, secret }
}

/** No part of `what` holds a line's end, so that one sort of token is never another. */
function sign(secret: string, what: string, conversation: string): Buffer {
  return createHmac('sha256', secret).update(`${what}\n${conversation}`).digest()
}

function fits(given: Buffer, ours: Buffer): boolean {
  return given.length === ours.length && timingSafeEqual(given, ours)
}
