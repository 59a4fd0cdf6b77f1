/**
 * Tickets: what is promised to a customer when nobody is there. A ticket that is saved is kept, and its mail is written
 * with it; what is still to be done (an e-mail, a webhook) is a column each, so that nothing counts as sent before it
 * is.
 */
import { sql, type Selectable } from 'kysely'
import type { Json, Message } from '#engine/index.ts'
import { queueMail } from '../mail/mails.ts'
import { ticketMail } from '../mail/ticket.ts'
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
  /** The customer's. */
  readonly language: string
  /** Who answers it; null: whoever may. */
  readonly team: string | null
  /** Word for word. */
  readonly transcript: readonly Message[]
  readonly profile: Readonly<Record<string, Json>>
  /** A duration, as the flow says it: "4h". */
  readonly replyWithin: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Since when the customer waits. */
  readonly waitingSince: number
  /** By when an answer is promised. */
  readonly due: number
  readonly mailTo: string | null
  readonly mail: Sending
  readonly webhook: Sending
}

export interface TicketStore {
  find(id: string): Promise<Ticket | undefined>
  /** Saves it and writes its mail; one that is there already stays as it is. */
  save(ticket: Ticket): Promise<void>
  markWebhook(id: string, sending: Sending): Promise<void>
}

/** Tickets on PostgreSQL. `bigint` must be parsed to numbers, as the store's pool does. */
export function createTicketStore(database: Database): TicketStore {
  return {
    async find(id) {
      const row = await database.selectFrom('baton.tickets').selectAll().where('id', '=', id).executeTakeFirst()
      return row && ticketOf(row)
    },
    save: (ticket) =>
      database.transaction().execute(async (transaction) => {
        // The conversation first, as whoever writes an event: an accept wants its older tickets next.
        await sql`select from baton.conversations where id = ${ticket.conversation} for no key update`.execute(
          transaction,
        )
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('baton.tickets')
          .values(rowOf(ticket))
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst()
        if (numInsertedOrUpdatedRows !== 1n || ticket.mailTo === null) return
        await queueMail(
          transaction,
          {
            id: `ticket-${ticket.id}`,
            conversation: ticket.conversation,
            kind: 'ticket',
            to: ticket.mailTo,
            language: 'en',
            ...ticketMail(ticket),
          },
          null,
          ticket.createdAt,
        )
      }),
    async markWebhook(id, webhook) {
      await database.updateTable('baton.tickets').set({ webhook }).where('id', '=', id).execute()
    },
  }
}

function rowOf({ replyWithin, createdAt, waitingSince, mailTo, transcript, profile, ...same }: Ticket) {
  return {
    ...same,
    transcript: JSON.stringify(transcript),
    profile: JSON.stringify(profile),
    reply_within: replyWithin,
    created_at: createdAt,
    waiting_since: waitingSince,
    mail_to: mailTo,
  }
}

/** The columns that are written with it; how it stands since is `TicketView`'s. */
export function ticketOf(row: Selectable<TicketRow>): Ticket {
  const { id, conversation, subject, name, email, page, brief, summary, language, team, due, mail, webhook } = row
  return {
    ...{ id, conversation, subject, name, email, page, brief, summary, language, team, due, mail, webhook },
    replyWithin: row.reply_within,
    createdAt: row.created_at,
    waitingSince: row.waiting_since,
    mailTo: row.mail_to,
    // Both columns are written by `rowOf` alone.
    transcript: JSON.parse(row.transcript) as readonly Message[],
    profile: JSON.parse(row.profile) as Readonly<Record<string, Json>>,
  }
}
