/** Tickets, callbacks and follow-ups as Kysely sees them. Times are epoch milliseconds, documents JSON as text. */
import type { Generated } from 'kysely'
import type { CallbackState, TicketState } from '../promises/promises.ts'
import type { Sending } from './tickets.ts'

export interface ErrandTables {
  readonly 'baton.tickets': TicketRow
  readonly 'baton.callbacks': CallbackRow
  readonly 'baton.follow_ups': FollowUpRow
}

export interface TicketRow {
  id: string
  conversation: string
  subject: string
  name: string | null
  email: string | null
  page: string | null
  brief: string
  summary: string
  transcript: string
  profile: string
  reply_within: string
  created_at: number
  mail_to: string | null
  mail: Sending
  webhook: Sending
  language: string
  team: string | null
  waiting_since: number
  due: number
  state: Generated<TicketState>
  agent: Generated<string | null>
  called_at: Generated<number | null>
  taken_at: Generated<number | null>
  resolved_at: Generated<number | null>
}

export interface CallbackRow {
  id: string
  conversation: string
  schedule: string
  at: number
  length: number
  customer: string
  booked_at: number
  team: string | null
  next_at: number | null
  state: Generated<CallbackState>
  reminded_at: Generated<number | null>
  tries: Generated<number>
  ticket: Generated<string | null>
}

export interface FollowUpRow {
  conversation: string
  /** The last entry of the log that a page of the customer's has shown. */
  shown: Generated<number>
  /** The last entry that was mailed, or needed no mail. */
  mailed: Generated<number>
  /** When what is still unseen is mailed; null: nothing is. */
  due_at: number | null
}
