/**
 * Arithmetic on open time, in epoch milliseconds.
 *
 * 1. `openMillisBetween` is additive, whatever the order of its instants: ab + bc = ac, and ab = -ba.
 * 2. `addOpenMillis` is its inverse: between an instant and what it gives lies exactly the open time that was added,
 *    and no earlier instant does so. Adding nothing gives the next open instant.
 * 3. `nextOpening` is open, and nothing is open between. `nextClosing` is the first instant from there on that is not.
 */
import { calendarOf, horizonDays, openingsAfter } from './calendar.ts'
import { dayMillis } from './day.ts'
import type { Schedule } from './schedule.ts'

/** Whether the schedule is open at an instant. */
export function isOpen(schedule: Schedule, at: number): boolean {
  const calendar = calendarOf(schedule)
  return calendar.openingsOn(calendar.zone.dayOf(at)).some(({ start, end }) => start <= at && at < end)
}

/** The first open instant from `from` on: `from` itself while open, and null when it never opens again. */
export function nextOpening(schedule: Schedule, from: number): number | null {
  const calendar = calendarOf(schedule)
  for (const opening of openingsAfter(calendar, from, calendar.settledBy(calendar.zone.dayOf(from)))) {
    return Math.max(opening.start, from)
  }
  return null
}

/** The end of the opening that runs at `from`, or else of the next one; null when there is none or it never ends. */
export function nextClosing(schedule: Schedule, from: number): number | null {
  const calendar = calendarOf(schedule)
  const lastDay = calendar.settledBy(calendar.zone.dayOf(from))
  let closing: number | null = null
  for (const opening of openingsAfter(calendar, from, lastDay)) {
    if (closing !== null && opening.start > closing) return closing
    closing = opening.end
  }
  return closing === calendar.zone.startOfDay(lastDay + 1) ? null : closing
}

/**
 * The open milliseconds from one instant to another; negative when `to` is the earlier one. Throws a RangeError when
 * they lie more than a century apart.
 */
export function openMillisBetween(schedule: Schedule, from: number, to: number): number {
  if (to < from) return -openMillisBetween(schedule, to, from)
  if (to - from > horizonDays * dayMillis) throw new RangeError('The instants lie over a century apart: ask for less.')
  const calendar = calendarOf(schedule)
  let sum = 0
  for (const { start, end } of openingsAfter(calendar, from, calendar.zone.dayOf(to))) {
    if (start < to) sum += Math.min(end, to) - Math.max(start, from)
  }
  return sum
}

/**
 * The earliest instant by which `millis` of open time have passed since `from`; with 0 the next open instant. Null when
 * there is not so much open time left, or not within a century. Throws a RangeError for less than nothing.
 */
export function addOpenMillis(schedule: Schedule, from: number, millis: number): number | null {
  if (!(millis >= 0)) throw new RangeError('Open time to add is 0 milliseconds or more.')
  const calendar = calendarOf(schedule)
  const firstDay = calendar.zone.dayOf(from)
  const lastDay = calendar.weekly ? firstDay + horizonDays : calendar.settledBy(firstDay)
  let left = millis
  for (const opening of openingsAfter(calendar, from, lastDay)) {
    const start = Math.max(opening.start, from)
    if (left <= opening.end - start) return start + left
    left -= opening.end - start
  }
  return null
}
