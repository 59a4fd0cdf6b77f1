/**
 * Who calls. Laws of wrong keys:
 * 1. They are counted by the address that they come from; who has sent too many waits as long as the refusal says.
 * 2. One that may be guessed (of what opens anything, only a BATON_ADMIN_KEY that somebody thought up) is counted before
 *    it is compared: among too many guesses even the right one opens nothing.
 * 3. Good keys from the same address feel nothing of it: what has opened something here, and what has the form of the
 *    secrets that are made here, is looked up however many wrong ones came before.
 * Tokens of customers are not counted: nobody guesses one, and many that have ended may come from one address.
 */
import type { Context, MiddlewareHandler } from 'hono'
import type { AgentName, OutsideEvent } from '#engine/index.ts'
import type { Grant } from '../identity/access.ts'
import type { AuditEntry } from '../identity/audit.ts'
import { addressOf } from './address.ts'
import type { Deps, Env } from './environment.ts'
import { Problem } from './problem.ts'
import { holds, mayDo, rights, rightsOf, type Powers, type Right } from './rights.ts'
import { isCustomerToken } from './tokens.ts'

/** Who calls, by what its key, session or token says. */
export type Caller = { readonly role: 'customer'; readonly conversation: string } | Grant

type Gate = Pick<Deps, 'access' | 'tokens' | 'rate' | 'clock' | 'proxies'>

/** Finds out who calls and whether they go too fast; 401 without a valid key, wherever the request came from. */
export async function admit(gate: Gate, c: Context): Promise<Caller> {
  const now = gate.clock.now()
  const secret = bearerOf(c.req.header('authorization'))
  const isKey = !isCustomerToken(secret)
  const isGuess = isKey && gate.access.mayBeGuessed(secret)
  const strange = (): void => gate.rate.take({ role: 'stranger', address: addressOf(c, gate.proxies) }, now)
  if (isGuess) strange()
  const caller = await openedBy(gate, secret, now)
  if (caller === undefined && isKey && !isGuess) strange()
  if (caller === undefined) throw wrongKey()
  gate.rate.take(caller, now)
  return caller
}

/** Admits the caller of every call below, and keeps at hand what the call may need of who called. */
export function authenticate(gate: Gate & Pick<Deps, 'audit'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    const admitted = await admit(gate, c)
    c.set('caller', admitted)
    c.set('stillAdmitted', () => isStill(gate, bearerOf(c.req.header('authorization')), admitted))
    c.set('undertake', (entry: AuditEntry) => gate.audit.undertake(entry, gate.clock.now()))
    return next()
  }
}

/**
 * Whether who was admitted would be so now, with the same rights: for answers that go on for long. Rejects when nobody
 * can say.
 */
async function isStill(gate: Gate, secret: string, admitted: Caller): Promise<boolean> {
  const now = await openedBy(gate, secret, gate.clock.now(), true)
  return now !== undefined && powersOf(now) === powersOf(admitted)
}

function powersOf(caller: Caller): string {
  const as = caller.role === 'customer' ? caller.conversation : caller.key
  return JSON.stringify([caller.role, as, agentOf(caller), rightsOf(caller)])
}

/** Lets only callers pass whose role has the right, and whose key was not narrowed to less. */
export function may(right: Right): MiddlewareHandler<Env> {
  return (c, next) => {
    demand(c.get('caller'), right)
    return next()
  }
}

export function demand(caller: Powers, right: Right): void {
  if (mayDo(caller, right)) return
  throw new Problem(
    'forbidden',
    holds(caller.role, right)
      ? `The scopes of this key do not name “${right}”, which this takes; use a key that has it.`
      : `A key of the role “${caller.role}” has no right to this; it takes ${either(rights[right])}.`,
  )
}

/** Nobody gives out, renews or takes over what they may not do themselves. */
export function demandAll(caller: Powers, given: Powers): void {
  const missing = rightsOf(given).filter((right) => !mayDo(caller, right))
  if (missing.length === 0) return
  const detail = `Your key may not do all that this would allow (${missing.join(', ')}); name fewer scopes, or use another key.`
  throw new Problem('forbidden', detail)
}

/** A customer sees its own conversation; any other does not exist for it. */
export function demandOwn(caller: Caller, conversation: string): void {
  if (caller.role !== 'customer' || caller.conversation === conversation) return
  throw noConversation(conversation)
}

export function noConversation(id: string): Problem {
  return new Problem('not-found', `There is no conversation “${id.slice(0, 100)}”. Check the id.`)
}

/** An agent's key speaks for that agent only; the key of a supervisor or an admin for whichever agent is named. */
export function demandOwnVoice(caller: Caller, event: OutsideEvent): void {
  if (caller.role !== 'agent' || (event.type !== 'agent.accept' && event.type !== 'agent.decline')) return
  if (event.agent === undefined || event.agent === caller.agent) return
  throw new Problem(
    'forbidden',
    `This key belongs to the agent “${caller.agent}” and cannot speak for “${event.agent}”; name “${caller.agent}”.`,
  )
}

/** The agent on whose behalf a request is made, when the key says so. */
export function agentOf(caller: Caller): string | undefined {
  return caller.role === 'agent' ? caller.agent : undefined
}

/** Who calls, as people would say; null where the key has no name. */
export function nameOf(caller: Caller): AgentName | null {
  return caller.role === 'customer' || caller.name === undefined ? null : { id: caller.key, name: caller.name }
}

function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined) throw unauthorized('The header Authorization is missing')
  const secret = /^Bearer +([!-~]{1,1000}) *$/i.exec(authorization)?.[1]
  if (secret === undefined) throw unauthorized('The header Authorization is not “Bearer <key>”')
  return secret
}

/** Undefined when for nobody: it is wrong, revoked or has ended. */
async function openedBy(
  { access, tokens }: Pick<Gate, 'access' | 'tokens'>,
  secret: string,
  now: number,
  listens = false,
): Promise<Caller | undefined> {
  if (!isCustomerToken(secret)) return access.find(secret, now, listens)
  const conversation = await tokens.open(secret, now)
  return conversation === undefined ? undefined : { role: 'customer', conversation }
}

function wrongKey(): Problem {
  return unauthorized('The key is wrong, revoked or expired')
}

function unauthorized(why: string): Problem {
  const detail = `${why}. Send “Authorization: Bearer <key>” with a valid key.`
  return new Problem('unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="baton"' } })
}

function either(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** The caller of a request that `authenticate` has let through. */
export function caller(c: Context<Env>): Caller {
  return c.get('caller')
}
