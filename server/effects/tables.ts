/** The tables of tickets and callbacks as Kysely sees them. Times are epoch milliseconds, documents JSON as text. */
import type { Sending } from './tickets.ts'

export interface ErrandTables {
  readonly 'baton.tickets': TicketRow
  readonly 'baton.callbacks': CallbackRow
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
}

export interface CallbackRow {
  id: string
  conversation: string
  schedule: string
  at: number
  length: number
  customer: string
  booked_at: number
}
