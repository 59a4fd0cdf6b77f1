/**
 * Replies by mail, for customers who are not in the chat:
 *
 *   said --a minute in which nothing more was said--> due --a page of theirs has shown it--> done
 *                                                         --no page, an address is known--> one mail with all of it
 *                                                         --no address--> done
 *
 * Laws:
 * 1. Only what an agent wrote, and notices of tickets and callbacks, are mailed; in the order in which they were said.
 * 2. What a page has shown, or a mail has told, is not mailed again: the mail and how far it reaches are written
 *    together.
 * 3. What was resolved is over: nothing that is said later is mailed; what the agent said before still is.
 * 4. The link leads to the page that the chat was on, if that is a web page that may hold the widget.
 */
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { LogEntry, Message, Snapshot } from '#engine/index.ts'
import { queueMail } from '../mail/mails.ts'
import { replyMail } from '../mail/reply.ts'
import type { Log } from '../runtime/log.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'

export interface FollowUpMails {
  /** Mails what is due; says how many conversations were looked at. */
  look(): Promise<number>
}

interface Deps {
  readonly database: Database
  readonly clock: { now(): number }
  readonly log: Log
  /** Whether pages of an origin may hold the widget. */
  mayLink(origin: string): boolean
}

const AT_ONCE = 50
const DAY = 86_400_000
const MOST_A_DAY = 20
const address = z.email().max(254)

export function createFollowUpMails({ database, clock, log, mayLink }: Deps): FollowUpMails {
  async function look(): Promise<number> {
    for (let looked = 0; ; looked++) {
      if (looked === AT_ONCE || !(await database.transaction().execute(followOne))) return looked
    }
  }

  /** False when nothing is due. */
  async function followOne(transaction: Transaction<Tables>): Promise<boolean> {
    const now = clock.now()
    // The conversation as well, as whoever writes an event has it first: who had one each would wait for the other.
    const { rows } = await sql<{ conversation: string; from: number; due_at: number }>`
      select f.conversation, greatest(f.shown, f.mailed) as "from", f.due_at
      from baton.follow_ups f join baton.conversations c on c.id = f.conversation
      where f.due_at <= ${now} order by f.due_at, f.conversation limit 1
      for update of c, f skip locked`.execute(transaction)
    const [due] = rows
    if (!due) return false
    const { conversation, from } = due
    const unseen = await unseenOf(transaction, conversation, from)
    // A server that could send no mail for days does not begin with old news, then or with the next mail.
    const isNews = due.due_at >= now - DAY
    if (isNews && unseen.length > 0) await mail(transaction, conversation, unseen, now)
    await transaction
      .updateTable('baton.follow_ups')
      .set({ due_at: null, mailed: unseen.at(-1)?.seq ?? from })
      .where('conversation', '=', conversation)
      .execute()
    return true
  }

  async function mail(
    transaction: Transaction<Tables>,
    conversation: string,
    unseen: readonly Message[],
    now: number,
  ): Promise<void> {
    const row = await transaction
      .selectFrom('baton.conversations')
      .select('snapshot')
      .where('id', '=', conversation)
      .executeTakeFirstOrThrow()
    // Only `commit_event` writes this column, from a Snapshot.
    const { machine } = JSON.parse(row.snapshot) as Snapshot
    const { customer, about } = machine.context
    const to = address.safeParse(customer['email']).data
    if (to === undefined) return
    const outcome = await queueMail(
      transaction,
      {
        id: `reply-${conversation}-${unseen.at(-1)?.seq}`,
        conversation,
        kind: 'reply',
        to,
        language: about.language,
        ...replyMail(unseen, about.language, linkTo(about.page)),
      },
      { most: MOST_A_DAY, since: now - DAY },
      now,
    )
    if (outcome === 'full') log.warn({ conversation }, 'A customer was mailed too often today; a reply was not mailed.')
  }

  function linkTo(page: string | null): string | null {
    if (page === null || !URL.canParse(page)) return null
    const { protocol, origin, href } = new URL(page)
    return (protocol === 'https:' || protocol === 'http:') && mayLink(origin) ? href : null
  }

  return { look }
}

async function unseenOf(
  transaction: Transaction<Tables>,
  conversation: string,
  from: number,
): Promise<readonly Message[]> {
  const rows = await transaction
    .selectFrom('baton.log')
    .select('entries')
    .where('conversation', '=', conversation)
    .where('seq', '>', from)
    .orderBy('seq')
    .execute()
  // Only `commit_event` writes the log, from LogEntry lists.
  return rows.flatMap((row) => followed(JSON.parse(row.entries) as LogEntry[])).filter((message) => message.seq > from)
}

/** Of one event's entries, what must reach the customer wherever they are. */
function followed(entries: readonly LogEntry[]): readonly Message[] {
  const event = entries.find((entry) => entry.kind === 'event')?.event.type
  const isReply = event === 'agent.message'
  if (!isReply && event !== 'promise.told' && event !== 'promise.due') return []
  return entries.flatMap((entry) =>
    entry.kind === 'message' && (isReply ? entry.from === 'agent' : entry.from === 'system') ? [entry] : [],
  )
}
