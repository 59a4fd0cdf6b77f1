import type { Context, MiddlewareHandler } from 'hono'
import type { AgentName, OutsideEvent } from '#engine/index.ts'
import type { Deps, Env } from './environment.ts'
import type { KeyRecord } from './keys.ts'
import { Problem } from './problem.ts'
import { holds, rights, type Right, type Role } from './rights.ts'
import { isCustomerToken } from './tokens.ts'

/** Who calls, by what its key says. */
export type Caller =
  | { readonly role: 'customer'; readonly conversation: string }
  | { readonly role: 'agent'; readonly key: string; readonly agent: string; readonly name?: string }
  | { readonly role: Exclude<Role, 'agent'>; readonly key: string; readonly name?: string }

type Gate = Pick<Deps, 'keys' | 'tokens' | 'rate' | 'clock'>

/** Finds out who calls and whether they go too fast; 401 without a valid key, wherever the request came from. */
export async function admit(gate: Gate, authorization: string | undefined): Promise<Caller> {
  const now = gate.clock.now()
  const caller = await callerOf(gate, authorization, now)
  gate.rate.take(caller, now)
  return caller
}

/** Admits the caller of every call below. */
export function authenticate(gate: Gate): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('caller', await admit(gate, c.req.header('authorization')))
    return next()
  }
}

/** Lets only callers pass whose role has the right. */
export function may(right: Right): MiddlewareHandler<Env> {
  return (c, next) => {
    demand(c.get('caller'), right)
    return next()
  }
}

export function demand(caller: Caller, right: Right): void {
  if (holds(caller.role, right)) return
  throw new Problem(
    'forbidden',
    `A key of the role “${caller.role}” has no right to this; it takes ${either(rights[right])}.`,
  )
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

export async function callerOf(
  { keys, tokens }: Pick<Deps, 'keys' | 'tokens'>,
  authorization: string | undefined,
  now: number,
): Promise<Caller> {
  if (authorization === undefined) throw unauthorized('The header Authorization is missing')
  const secret = /^Bearer +([!-~]{1,1000}) *$/i.exec(authorization)?.[1]
  if (secret === undefined) throw unauthorized('The header Authorization is not “Bearer <key>”')
  if (isCustomerToken(secret)) {
    const conversation = tokens.open(secret)
    if (conversation !== undefined) return { role: 'customer', conversation }
  } else {
    const key = await keys.find(secret, now)
    if (key) return staffCaller(key)
  }
  throw unauthorized('The key is wrong, revoked or expired')
}

function staffCaller({ id: key, role, agent, name }: KeyRecord): Caller {
  const named = name === undefined ? {} : { name }
  if (role !== 'agent') return { role, key, ...named }
  if (agent === undefined) throw unauthorized('The key names no agent')
  return { role, key, agent, ...named }
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
