/**
 * What a key may be narrowed to: each right with who holds it, and the words for it. The server's own table
 * (server/http/rights.ts) decides; a test holds this one to it.
 */
import type { Role } from '#ui/administration/answers.ts'

export interface Area {
  readonly name: string
  readonly rights: readonly RightOf[]
}

interface RightOf {
  readonly right: string
  readonly label: string
  readonly roles: readonly Role[]
}

const staff: readonly Role[] = ['admin', 'designer', 'supervisor', 'agent']
const leads: readonly Role[] = ['admin', 'supervisor']
const desk: readonly Role[] = ['admin', 'supervisor', 'agent']
const draws: readonly Role[] = ['admin', 'designer']
const bots: readonly Role[] = ['admin', 'bot']
const figures: readonly Role[] = ['admin', 'designer', 'supervisor']
const admins: readonly Role[] = ['admin']

export const areas: readonly Area[] = [
  {
    name: 'Conversations',
    rights: [
      { right: 'conversations.start', label: 'Start', roles: bots },
      { right: 'conversations.list', label: 'List', roles: staff },
      { right: 'conversations.read', label: 'Read', roles: [...staff, 'bot'] },
      { right: 'conversations.handoff', label: 'Read the handoff package', roles: [...staff, 'bot'] },
      { right: 'conversations.history', label: 'Read logs and what was before', roles: staff },
      { right: 'conversations.advance', label: 'Send events at all', roles: [...desk, 'bot'] },
      { right: 'conversations.identify', label: 'Say who the customer is', roles: bots },
      { right: 'events.customer', label: 'Speak as the customer', roles: bots },
      { right: 'events.survey', label: 'Answer surveys', roles: bots },
      { right: 'events.bot', label: 'Speak as the bot', roles: bots },
      { right: 'events.agent', label: 'Speak as an agent', roles: desk },
    ],
  },
  {
    name: 'Desk',
    rights: [
      { right: 'desk.follow', label: 'Follow the desk', roles: desk },
      { right: 'desk.read', label: 'See agents, teams and queues', roles: staff },
      { right: 'presence.write', label: 'Say who is there', roles: desk },
      { right: 'replies.read', label: 'Read canned replies', roles: staff },
      { right: 'replies.write', label: 'Write canned replies', roles: leads },
      { right: 'agents.write', label: 'Set up agents', roles: leads },
      { right: 'teams.write', label: 'Set up teams', roles: leads },
      { right: 'schedules.write', label: 'Set up schedules', roles: leads },
      { right: 'queues.plan', label: 'Plan staffing', roles: figures },
    ],
  },
  {
    name: 'Flows and bots',
    rights: [
      { right: 'flows.read', label: 'Read flows', roles: staff },
      { right: 'flows.write', label: 'Save flows', roles: draws },
      { right: 'flows.publish', label: 'Publish flows', roles: draws },
      { right: 'flows.backtest', label: 'Backtest flows', roles: figures },
      { right: 'bots.read', label: 'See bots', roles: draws },
      { right: 'bots.manage', label: 'Set up bots', roles: admins },
    ],
  },
  {
    name: 'Operation',
    rights: [
      { right: 'metrics.read', label: 'Read figures and dead letters', roles: figures },
      { right: 'metrics.scrape', label: 'Read metrics for Prometheus', roles: leads },
      { right: 'dead-letters.manage', label: 'Retry dead letters, set them aside', roles: leads },
      { right: 'customers.export', label: 'Export customers', roles: admins },
      { right: 'customers.erase', label: 'Erase customers', roles: admins },
      { right: 'keys.manage', label: 'Make and revoke keys', roles: admins },
      { right: 'users.manage', label: 'Set up people', roles: admins },
      { right: 'audit.read', label: 'Read the audit log', roles: admins },
      { right: 'session.own', label: 'Sign out, change the own password', roles: staff },
      { right: 'keys.self', label: 'See whom the key speaks for', roles: [...staff, 'bot'] },
    ],
  },
]

/** The areas with what a role holds of them. */
export function areasOf(role: Role): readonly Area[] {
  return areas
    .map(({ name, rights }) => ({ name, rights: rights.filter(({ roles }) => roles.includes(role)) }))
    .filter(({ rights }) => rights.length > 0)
}
