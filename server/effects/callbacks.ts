/**
 * Booked times. Law: on one schedule no two bookings overlap, from however many nodes they come; a cancelled one is
 * none. What happens at the time is `promises/callbacks.ts`'s.
 */
import { sql } from 'kysely'
import type { Json } from '#engine/index.ts'
import type { Database } from '../store/database.ts'

export interface Booking {
  /** The effect's id: booking it again is the same booking. */
  readonly id: string
  readonly conversation: string
  readonly schedule: string
  /** Epoch milliseconds. */
  readonly at: number
  /** Milliseconds. */
  readonly length: number
  readonly customer: Readonly<Record<string, Json>>
  /** Who calls; null: whoever may. */
  readonly team: string | null
  readonly bookedAt: number
}

export interface CallbackBook {
  /** `taken`: somebody else has this time, or a part of it; or it was offered so long ago that it is past. */
  book(booking: Booking): Promise<'booked' | 'taken'>
}

/** Both sides are reminded so long before the call. */
export const REMIND = 10 * 60_000

/** The book on PostgreSQL. One lock a schedule parts those who want the same time at the same moment. */
export function createCallbackBook(database: Database): CallbackBook {
  return {
    book: (booking) =>
      database.transaction().execute(async (transaction) => {
        const { id, schedule, at, length, customer, bookedAt, conversation, team } = booking
        await sql`select pg_advisory_xact_lock(hashtextextended(${`baton.callbacks:${schedule}`}, 0))`.execute(
          transaction,
        )
        const clash = await transaction
          .selectFrom('baton.callbacks')
          .select('id')
          .where('schedule', '=', schedule)
          .where('at', '<', at + length)
          .where(sql<boolean>`at + length > ${at}`)
          .where((where) => where.or([where('state', '<>', 'cancelled'), where('id', '=', id)]))
          .orderBy(sql`id = ${id}`, 'desc')
          .executeTakeFirst()
        if (clash) return clash.id === id ? 'booked' : 'taken'
        if (at <= bookedAt) return 'taken'
        await transaction
          .insertInto('baton.callbacks')
          .values({
            ...{ id, conversation, schedule, at, length, team },
            customer: JSON.stringify(customer),
            booked_at: bookedAt,
            next_at: at - REMIND > bookedAt ? at - REMIND : at,
          })
          .execute()
        return 'booked'
      }),
  }
}
