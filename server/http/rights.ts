/**
 * Who may do what: the one table. Every route names its right (`x-right` in the OpenAPI document; `anybody` where it
 * takes no key), and the tests walk every role over every route by this table. A customer's right holds for its own
 * conversation only; an agent's right to `presence.write` for itself only. Who reads bots without managing them is not
 * shown their secrets.
 */
export const roles = ['admin', 'designer', 'supervisor', 'agent', 'bot'] as const
export type Role = (typeof roles)[number]
export type CallerRole = Role | 'customer'

const staff = ['admin', 'designer', 'supervisor', 'agent'] as const

export const rights = {
  'conversations.start': ['admin', 'bot'],
  'conversations.list': staff,
  'conversations.read': [...staff, 'bot', 'customer'],
  'conversations.handoff': [...staff, 'bot'],
  'conversations.history': staff,
  'conversations.advance': ['admin', 'supervisor', 'agent', 'bot', 'customer'],
  'conversations.identify': ['admin', 'bot', 'customer'],
  'events.customer': ['admin', 'bot', 'customer'],
  'events.survey': ['admin', 'bot', 'customer'],
  'events.bot': ['admin', 'bot'],
  'events.agent': ['admin', 'supervisor', 'agent'],
  'desk.follow': ['admin', 'supervisor', 'agent'],
  'replies.read': staff,
  'replies.write': ['admin', 'supervisor'],
  'flows.read': staff,
  'flows.write': ['admin', 'designer'],
  'flows.publish': ['admin', 'designer'],
  'flows.backtest': ['admin', 'designer', 'supervisor'],
  'bots.read': ['admin', 'designer'],
  'bots.manage': ['admin'],
  'desk.read': staff,
  'queues.plan': ['admin', 'designer', 'supervisor'],
  'agents.write': ['admin', 'supervisor'],
  'presence.write': ['admin', 'supervisor', 'agent'],
  'teams.write': ['admin', 'supervisor'],
  'schedules.write': ['admin', 'supervisor'],
  'metrics.read': ['admin', 'designer', 'supervisor'],
  'metrics.scrape': ['admin', 'supervisor'],
  'dead-letters.manage': ['admin', 'supervisor'],
  'customers.export': ['admin'],
  'customers.erase': ['admin'],
  'keys.manage': ['admin'],
  'users.manage': ['admin'],
  'session.own': staff,
  'audit.read': ['admin'],
  'keys.self': [...staff, 'bot', 'customer'],
} as const satisfies Record<string, readonly CallerRole[]>

export type Right = keyof typeof rights

/** Whether a role holds a right. What a caller may do is `mayDo`'s to say: a key may have less than its role. */
export function holds(role: CallerRole, right: Right): boolean {
  const holders: readonly CallerRole[] = rights[right]
  return holders.includes(role)
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

export function isRight(text: string): text is Right {
  return Object.hasOwn(rights, text)
}

/** A role with what its holder was narrowed to: nothing left out, none left when none is named. */
export interface Powers {
  readonly role: CallerRole
  readonly scopes?: readonly Right[]
}

export function mayDo({ role, scopes }: Powers, right: Right): boolean {
  return holds(role, right) && (scopes === undefined || scopes.includes(right))
}

/** Everything that somebody may do, in the table's order. */
export function rightsOf(powers: Powers): readonly Right[] {
  return Object.keys(rights).filter((right): right is Right => isRight(right) && mayDo(powers, right))
}
