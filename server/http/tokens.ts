import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { Recent } from '../runtime/recent.ts'
import { keptSecret } from './private-file.ts'

/** Tokens of customers. A token names one conversation and is signed; nothing is kept of it. */
export interface CustomerTokens {
  issue(conversation: string): string
  /** The conversation that the token opens; undefined when we did not sign it. */
  open(token: string): string | undefined
}

/** A signature is checked once for as long as its customer is here. */
const OPENED_IN_MEMORY = 20_000
const PREFIX = 'baton_customer_'

/** `baton_customer_<conversation>.<HMAC-SHA-256>`, both in base64url, signed with the data folder's secret. */
export function createTokens(secret: string): CustomerTokens {
  const sign = (conversation: string): Buffer =>
    createHmac('sha256', secret).update(`customer\n${conversation}`).digest()
  const opened = new Recent<string>(OPENED_IN_MEMORY)
  return {
    issue: (conversation) =>
      `${PREFIX}${Buffer.from(conversation).toString('base64url')}.${sign(conversation).toString('base64url')}`,
    open(token) {
      const known = opened.get(token)
      if (known !== undefined) return known
      const [name = '', signature = ''] = token.slice(PREFIX.length).split('.')
      const conversation = Buffer.from(name, 'base64url').toString()
      const [given, ours] = [Buffer.from(signature, 'base64url'), sign(conversation)]
      if (given.length !== ours.length || !timingSafeEqual(given, ours)) return undefined
      opened.set(token, conversation)
      return conversation
    },
  }
}

export function isCustomerToken(token: string): boolean {
  return token.startsWith(PREFIX)
}

/** The secret that signs, made at the first start: `<folder>/token.secret`. */
export function tokenSecret(folder: string): Promise<string> {
  return keptSecret(join(folder, 'token.secret'), () => randomBytes(32).toString('base64url'))
}
