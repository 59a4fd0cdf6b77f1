/**
 * What happens to a booked call, by the clock:
 *
 *   booked --some minutes before--> the customer and the team are reminded --its time--> due
 *   due --an agent accepts--> kept
 *       --the queue gives up--> missed --a quarter of an hour later, once--> due
 *                                      --the second time--> ticket
 *
 * Laws:
 * 1. A call that is due goes before everybody who waits: the highest priority, waiting since it was booked.
 * 2. Several that are due at once go in the order of their times, then of their booking.
 * 3. One server at a time brings them on, and each step is told under a key of its own before the row moves on by it:
 *    what a server that died had told is not told again.
 * 4. Whom a person holds at that time has been called: nobody is interrupted.
 * 5. A step is taken from the state that was read: what was cancelled meanwhile stays cancelled.
 *
 * `kept` and `missed` follow from the conversation's handoffs, by the commit that changes them: migration 0006. In a
 * flow without a queue nobody can be offered the call here: it stays `due`, and whoever calls reads the list.
 */
import { sql } from 'kysely'
import type { ServerEvent } from '#engine/index.ts'
import type { EffectDeps } from '../effects/deps.ts'
import { writeTicket } from '../effects/ticket.ts'
import type { CallbackRow } from '../effects/tables.ts'
import type { Log } from '../runtime/log.ts'
import type { Database } from '../store/database.ts'
import { alone } from './alone.ts'

export interface CallbackKeeper {
  /** Does what is due; says how much that was. */
  look(): Promise<number>
}

type Deps = Pick<EffectDeps, 'conversations' | 'tickets' | 'teamOf' | 'clock'> & {
  readonly database: Database
  readonly log: Log
}
type Due = Pick<CallbackRow, 'id' | 'conversation' | 'team' | 'at' | 'booked_at'> & {
  readonly state: 'booked' | 'due' | 'missed'
  readonly tries: number
}

const AT_ONCE = 100
/** What could not be done is tried again so much later; what was done has moved on by then. */
const AGAIN = 60_000
const MOST_TRIES = 2
const HIGHEST = 100
const ANSWERED_WITHIN = '1d'

export function createCallbackKeeper({ database, conversations, clock, log, ...rest }: Deps): CallbackKeeper {
  async function look(): Promise<number> {
    return (await due(1)).length === 0 ? 0 : alone(database, 'callbacks', moveAll)
  }

  async function due(most: number): Promise<readonly Due[]> {
    const { rows } = await sql<Due>`
      select id, conversation, team, at, booked_at, state, tries from baton.callbacks
      where next_at <= ${clock.now()} and state in ('booked', 'due', 'missed')
      order by next_at, at, booked_at, id limit ${most}`.execute(database)
    return rows
  }

  async function moveAll(): Promise<number> {
    const now = clock.now()
    const rows = await due(AT_ONCE)
    for (const each of rows) {
      try {
        await move(each, now)
      } catch (error) {
        log.warn({ callback: each.id, err: error }, 'A callback could not be brought on; it is tried again.')
        await set(each, { next_at: now + AGAIN })
      }
    }
    return rows.length
  }

  function move(callback: Due, now: number): Promise<void> {
    if (callback.state === 'booked' && now < callback.at) return remind(callback, now)
    if (callback.state === 'missed' && callback.tries >= MOST_TRIES) return becomeTicket(callback, now)
    return putBefore(callback, now)
  }

  /** What was cancelled or kept a moment ago is in another state by now: nothing is told of it. */
  async function remind(callback: Due, now: number): Promise<void> {
    if (!(await set(callback, { next_at: now + AGAIN }))) return
    const { id, conversation, at, team } = callback
    const soon: ServerEvent = { type: 'promise.told', what: 'soon', id, at, ...(team === null ? {} : { team }) }
    await conversations.tell(conversation, soon, { idempotencyKey: `${id}:soon` })
    await set(callback, { next_at: at, reminded_at: now })
  }

  /** The row says `due` first: an accept that comes at once must find it so. */
  async function putBefore(callback: Due, now: number): Promise<void> {
    const { id, conversation, booked_at: since } = callback
    const nth = callback.state === 'due' ? callback.tries : callback.tries + 1
    if (!(await set(callback, { state: 'due', tries: nth, next_at: now + AGAIN }))) return
    const isDue = { id, state: 'due' } as const
    const due: ServerEvent = { type: 'promise.due', promise: 'callback', id, since, priority: HIGHEST }
    const told = await conversations.tell(conversation, due, { idempotencyKey: `${id}:due:${nth}` })
    const isKept = told === undefined && (await isHeld(conversation))
    await set(isDue, { ...(isKept ? { state: 'kept' } : {}), next_at: null })
  }

  /** The flow's own, if it has led to one since; else one of ours. */
  async function becomeTicket(callback: Due, now: number): Promise<void> {
    if (!(await set(callback, { next_at: now + AGAIN }))) return
    const { id, conversation, at, booked_at: bookedAt } = callback
    const own = await database
      .selectFrom('baton.tickets')
      .select('id')
      .where('conversation', '=', conversation)
      .where('created_at', '>=', bookedAt)
      .where('state', '<>', 'resolved')
      .executeTakeFirst()
    const ticket = own?.id ?? (await missedTicket(id, conversation, at))
    await conversations.tell(
      conversation,
      { type: 'promise.told', what: 'broken', id },
      { idempotencyKey: `${id}:broken` },
    )
    await set(callback, { state: 'ticket', ticket, next_at: null })
  }

  async function missedTicket(id: string, conversation: string, at: number): Promise<string> {
    const { machine } = await conversations.snapshot(conversation)
    const brief = `Nobody made the call that was booked for ${new Date(at).toISOString()}.`
    const { customer } = machine.context
    const asked = { id: `${id}:missed`, to: {}, customer, brief, replyWithin: ANSWERED_WITHIN }
    return (await writeTicket({ conversations, clock, ...rest }, asked, conversation)).id
  }

  async function isHeld(conversation: string): Promise<boolean> {
    const { phase, machine } = await conversations.snapshot(conversation)
    // A bot makes no call.
    return phase === 'agentActive' && machine.context.agent?.bot === undefined
  }

  /** False where it is in another state by now. */
  async function set(
    { id, state }: Pick<Due, 'id' | 'state'>,
    values: Partial<Pick<CallbackRow, 'next_at'>> & {
      readonly state?: 'due' | 'kept' | 'ticket'
      readonly tries?: number
      readonly reminded_at?: number
      readonly ticket?: string
    },
  ): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable('baton.callbacks')
      .set(values)
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  return { look }
}
