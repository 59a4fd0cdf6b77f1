/**
 * Booked calls as a calendar shows them. Laws: every call stands under exactly one day, its own in the reader's zone;
 * days and the calls of a day are in the order of time.
 */
import type { CallbackView } from '#ui/answers.ts'
import { day, dayOf } from '../clock/telling.ts'
import { words } from '../words/en.ts'

export interface CalendarDay {
  readonly key: string
  /** `Today`, `Tomorrow`, or the date. */
  readonly name: string
  readonly calls: readonly CallbackView[]
}

const HOUR = 3_600_000

export function calendarOf(calls: readonly CallbackView[], now: number, zone?: string): readonly CalendarDay[] {
  const days = new Map<string, CallbackView[]>()
  for (const call of calls.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))) {
    const key = dayOf(Date.parse(call.at), zone)
    const known = days.get(key)
    if (known === undefined) days.set(key, [call])
    else known.push(call)
  }
  const tomorrow = tomorrowOf(now, zone)
  return [...days].map(([key, of]) => ({
    key,
    name: key === tomorrow ? words.promises.tomorrow : day(Date.parse(of[0]?.at ?? ''), now, zone),
    calls: of,
  }))
}

/** Days may have 23 or 25 hours: the next one is where the key first changes. */
function tomorrowOf(now: number, zone?: string): string {
  const today = dayOf(now, zone)
  let at = now
  while (dayOf(at, zone) === today) at += HOUR
  return dayOf(at, zone)
}
