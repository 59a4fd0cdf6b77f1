/** Which past conversations are played again: a span that ends now, or days of the flow's own calendar. */
import { localToInstant } from '#engine/hours/index.ts'
import { dayBeside, isDay } from '../staffing/day.ts'

export type Period = 'day' | 'week' | 'month' | 'own'

/** What is chosen; the days count for `own` alone, the last of them included. */
export interface Chosen {
  readonly period: Period
  readonly from: string
  readonly to: string
}

/** ISO instants, `to` not included. */
export interface Span {
  readonly from: string
  readonly to: string
}

const DAY = 86_400_000
const LENGTHS = { day: DAY, week: 7 * DAY, month: 30 * DAY } as const

/** @param now epoch ms */
export function spanOf({ period, from, to }: Chosen, now: number, timezone: string): Span {
  if (period !== 'own') return { from: iso(now - LENGTHS[period]), to: iso(now) }
  return { from: iso(startOf(from, timezone)), to: iso(startOf(dayBeside(to, 1), timezone)) }
}

/** Why a choice cannot be played: a day that is none or to come, or days that go backwards. */
export function wrongWith({ period, from, to }: Chosen, today: string): 'from' | 'to' | 'order' | null {
  if (period !== 'own') return null
  if (!isDay(from) || from > today) return 'from'
  if (!isDay(to) || to > today) return 'to'
  return from > to ? 'order' : null
}

function startOf(day: string, timezone: string): number {
  return localToInstant(timezone, `${day}T00:00`)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
