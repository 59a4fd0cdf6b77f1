import { openMillisBetween } from './arithmetic.ts'
import { calendarOf, horizonDays, type Opening } from './calendar.ts'
import type { Schedule } from './schedule.ts'
import { dayMillis } from './day.ts'

/** Nothing is booked that begins sooner, in milliseconds: somebody must be put before it in time. */
export const NOTICE = 15 * 60_000

/** What may be booked. `length` and `step` are milliseconds. */
export type SlotWish = {
  /** How long a booking lasts: a day at most. */
  readonly length: number
  /** How many days to offer: days that still have a free start, so that a weekend, a holiday or a full day costs none. */
  readonly days: number
  /** From one start to the next; the length when left out. At least a minute. */
  readonly step?: number | undefined
  /** Whether nobody has a booking that would meet one from this start; all are free when left out. */
  readonly isFree?: ((start: number) => boolean) | undefined
}

/**
 * The instants from `from` on at which a booking may start, in order, so that all of it lies in open time. Starts are
 * counted from each opening, and anew at midnight. Empty when nothing fits. Throws a RangeError for a wish out of
 * bounds.
 */
export function slots(schedule: Schedule, from: number, wish: SlotWish): number[] {
  const { length, days, step = length, isFree = () => true } = wish
  if (!(length > 0 && length <= dayMillis)) throw new RangeError('A booking lasts up to a day.')
  if (!(step >= 60_000)) throw new RangeError('A step between bookings is 60000 milliseconds or more.')
  if (!(days >= 0 && days <= 366)) throw new RangeError('Slots are offered for 0 to 366 days.')
  const calendar = calendarOf(schedule)
  const fits = (start: number) =>
    start >= from && openMillisBetween(schedule, start, start + length) === length && isFree(start)
  const found: number[] = []
  const firstDay = calendar.zone.dayOf(from)
  let lastDay = calendar.settledBy(firstDay)
  let offered = 0
  for (let day = firstDay; offered < days && day <= Math.min(lastDay, firstDay + horizonDays); day++) {
    const starts = calendar
      .openingsOn(day)
      .flatMap((opening) => startsIn(opening, step))
      .filter(fits)
    if (starts.length === 0) continue
    found.push(...starts)
    offered++
    lastDay = calendar.settledBy(day)
  }
  return found
}

function startsIn({ start, end }: Opening, step: number): number[] {
  return Array.from({ length: Math.ceil((end - start) / step) }, (_, index) => start + index * step)
}
