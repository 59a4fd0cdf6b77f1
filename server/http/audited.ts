/**
 * What calls leave in the audit log is written here: a route names what it does (`'x-audit': 'team.saved'`). (A sign-in
 * writes its own entry, with the session.) Laws:
 * 1. Before the change an undertaking is durable; where it cannot be written nothing is changed, and the answer is 503.
 * 2. Whoever is answered 2xx knows that the change and its entry are durable. Where the entry cannot be written the
 *    answer is 503, and the change is there: sent again, it is there once and has its entry.
 * 3. A refusal changes nothing and leaves no entry. Where nobody knows whether something was changed, by a fault or a
 *    crash, there is an entry that says so.
 * 4. The entry names the route's id, or the one that the handler `tells`; of the body at most its hash.
 * 5. No entry and no undertaking names a customer: the log outlives whom it is about. Nor does it name a conversation:
 *    callers choose its id, which may be an address. Of what belongs to one the place in its log stays.
 */
import type { Context, MiddlewareHandler } from 'hono'
import type { Actor, AuditEntry } from '#server/identity/audit.ts'
import { jsonHash } from '#server/store/json-hash.ts'
import { caller, type Caller } from './auth.ts'
import type { Env } from './environment.ts'

/** What a route does, as `<kind of target>.<what happened>`. */
export type Action = `${string}.${string}`

/** What a handler tells of a change, where the address and the ETags do not say it. */
export interface Told {
  /** What was changed, where the address has no id. */
  readonly id?: string
  readonly change?: AuditEntry['change']
}

export function tell(c: Context<Env>, told: Told): void {
  c.set('told', told)
}

/** Law 5. */
const WITHHELD = 'withheld'
/** Kinds whose ids hold that of a conversation. */
const OF_CONVERSATIONS: ReadonlySet<string> = new Set(['ticket', 'callback', 'dead-letter'])
/** How an effect's id ends, and that of what came of it. */
const PLACE = /:\d+:\d+(?::missed)?$/

export function audited(action: Action): MiddlewareHandler<Env> {
  return async (c, next) => {
    const kind = action.slice(0, action.indexOf('.'))
    const entry: AuditEntry = {
      actor: actorOf(caller(c)),
      action,
      target: { kind, id: namelessId(kind, firstId(c)) },
    }
    const undertaking = await c.get('undertake')(entry)
    await next()
    if (c.res.ok) return undertaking.done(withTold(entry, c))
    // An undertaking that stays is an entry of its own after a while: no reason to answer otherwise.
    await (c.res.status < 500 ? undertaking.refused() : undertaking.unknown()).catch(() => undefined)
  }
}

function withTold(entry: AuditEntry, c: Context<Env>): AuditEntry {
  const told = c.get('told')
  const change = told?.change ?? tagged(c)
  const target = { ...entry.target, ...(told?.id === undefined ? {} : { id: told.id }) }
  return { ...entry, target, ...(change === undefined ? {} : { change }) }
}

export function actorOf(who: Caller): Actor {
  // No route of a customer names an action; one that does shall say whose it was.
  if (who.role === 'customer') return { kind: 'system', id: `customer:${who.conversation}` }
  const name = who.name === undefined ? {} : { name: who.name }
  return { kind: who.user ? 'user' : 'key', id: who.key, ...name }
}

/** A body in an entry: whoever has it can tell that it is this one. Not for a body that holds a secret. */
export function digest(body: unknown): string {
  return `sha256:${jsonHash(body)}`
}

/** What was there and what is, where the route answers with an ETag. */
function tagged(c: Context<Env>): AuditEntry['change'] {
  const [before, after] = [c.req.header('if-match'), c.res.headers.get('etag')]
  if (after === null && before === undefined) return undefined
  return { ...(before === undefined ? {} : { before }), ...(after === null ? {} : { after }) }
}

/** Law 5. */
function namelessId(kind: string, id: string): string {
  if (kind === 'customer') return WITHHELD
  return OF_CONVERSATIONS.has(kind) ? `${WITHHELD}${PLACE.exec(id)?.[0] ?? ''}` : id
}

function firstId(c: Context<Env>): string {
  const [id] = Object.values(c.req.param())
  return id ?? ''
}
