import type { Schedule } from './schedule.ts'
import { wordingFor, type Wording } from './wording.ts'
import { dayMillis } from './day.ts'
import { zoneOf } from './zone.ts'

/** Whom a sentence is for. `now` is in epoch milliseconds; `timezone` is the customer's, if it is known. */
export type Listener = {
  readonly language: string
  readonly now: number
  readonly timezone?: string | undefined
}

/**
 * When an opening is, as a person says it at `now`, on the schedule's own clock: "tomorrow at 9:00, Berlin time". The
 * place is left out where the customer's clock shows the same. Worded in English, German, French, Spanish, Italian,
 * Portuguese and Dutch; other languages get English. Instants are epoch milliseconds.
 */
export function openingSentence(schedule: Schedule, at: number, { language, now, timezone }: Listener): string {
  const zone = zoneOf(schedule.timezone)
  const wording = wordingFor(language)
  const offset = zone.offsetAt(at)
  const wall = at + offset
  const daysAhead = Math.floor(wall / dayMillis) - Math.floor((now + zone.offsetAt(now)) / dayMillis)
  const when = `${dayPhrase(wording, wall, daysAhead)} ${timePhrase(wording, wall)}`
  const sameClock = timezone !== undefined && showTheSame(schedule.timezone, timezone, [now, at])
  return sameClock ? when : `${when}, ${zonePhrase(wording, schedule, offset)}`
}

/** Whether the clocks of two zones show the same at some instants. A name of no zone shows nothing. */
function showTheSame(one: string, other: string, instants: readonly number[]): boolean {
  try {
    return instants.every((at) => zoneOf(one).offsetAt(at) === zoneOf(other).offsetAt(at))
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function dayPhrase(wording: Wording, wall: number, daysAhead: number): string {
  if (daysAhead === 0) return wording.today
  if (daysAhead === 1) return wording.tomorrow
  if (daysAhead > 1 && daysAhead < 7) return wording.onWeekday(say(wording, wall, { weekday: 'long' }))
  const needsNoYear = Math.abs(daysAhead) < 365
  const date = { day: 'numeric', month: 'long' } as const
  return wording.onDate(say(wording, wall, needsNoYear ? date : { ...date, year: 'numeric' }))
}

function timePhrase(wording: Wording, wall: number): string {
  const minutes = Math.floor(wall / 60_000) - Math.floor(wall / dayMillis) * 1440
  return wording.at(Math.floor(minutes / 60), padded(minutes % 60))
}

/** A zone that is named after no place is told by its offset from UTC. */
function zonePhrase(wording: Wording, { timezone }: Schedule, offset: number): string {
  const place = timezone.split('/').at(-1)?.replaceAll('_', ' ')
  if (place === undefined || !timezone.includes('/') || timezone.toLowerCase().startsWith('etc/')) return utc(offset)
  return wording.timeOf(wording.places[place] ?? place)
}

function utc(offset: number): string {
  if (offset === 0) return 'UTC'
  const minutes = Math.abs(offset) / 60_000
  const rest = minutes % 60 === 0 ? '' : `:${padded(minutes % 60)}`
  return `UTC${offset < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`
}

/** Wall times stand as if in UTC, so that no zone moves them again. */
function say(wording: Wording, wall: number, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(wording.locale, { ...parts, timeZone: 'UTC' }).format(wall)
}

function padded(minutes: number): string {
  return String(minutes).padStart(2, '0')
}
