/**
 * Tickets: what is promised to a customer when nobody is there. A ticket that is saved is kept; what is still to be
 * done with it (an e-mail, a webhook) is a column each, so that nothing counts as sent before it is.
 */
import type { Json, Message } from '#engine/index.ts'
import type { Database } from '../store/database.ts'
import type { TicketRow } from './tables.ts'

/** `none`: not asked for. `pending`: still to be sent. `failed`: given up; a person must look. */
export type Sending = 'none' | 'pending' | 'sent' | 'failed'

export interface Ticket {
  /** The effect's id. */
  readonly id: string
  readonly conversation: string
  /** `Chat escalation from <page> - <topic>`, one line. */
  readonly subject: string
  readonly name: string | null
  readonly email: string | null
  readonly page: string | null
  readonly brief: string
  readonly summary: string
  /** Word for word. */
  readonly transcript: readonly Message[]
  readonly profile: Readonly<Record<string, Json>>
  /** A duration, as the flow says it: "4h". */
  readonly replyWithin: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly mailTo: string | null
  readonly mail: Sending
  readonly webhook: Sending
}

export interface TicketStore {
  find(id: string): Promise<Ticket | undefined>
  /** Saves it; one that is there already stays as it is. */
  save(ticket: Ticket): Promise<void>
  mark(id: string, what: 'mail' | 'webhook', sending: Sending): Promise<void>
}

/** Tickets on PostgreSQL. `bigint` must be parsed to numbers, as the store's pool does. */
export function createTicketStore(database: Database): TicketStore {
  return {
    async find(id) {
      const row = await database.selectFrom('baton.tickets').selectAll().where('id', '=', id).executeTakeFirst()
      return row && ticketOf(row)
    },
    async save(ticket) {
      await database
        .insertInto('baton.tickets')
        .values(rowOf(ticket))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    },
    async mark(id, what, sending) {
      await database
        .updateTable('baton.tickets')
        .set(what === 'mail' ? { mail: sending } : { webhook: sending })
        .where('id', '=', id)
        .execute()
    },
  }
}

function rowOf({ replyWithin, createdAt, mailTo, transcript, profile, ...same }: Ticket): TicketRow {
  return {
    ...same,
    transcript: JSON.stringify(transcript),
    profile: JSON.stringify(profile),
    reply_within: replyWithin,
    created_at: createdAt,
    mail_to: mailTo,
  }
}

function ticketOf({
  reply_within: replyWithin,
  created_at: createdAt,
  mail_to: mailTo,
  transcript,
  profile,
  ...same
}: TicketRow): Ticket {
  return {
    ...same,
    replyWithin,
    createdAt,
    mailTo,
    // Both columns are written by `rowOf` alone.
    transcript: JSON.parse(transcript) as readonly Message[],
    profile: JSON.parse(profile) as Readonly<Record<string, Json>>,
  }
}
