/**
 * A schedule laid out on the days of its zone (its conventions stand in `schedule.ts`, the days in `zone.ts`).
 *
 * Law: each instant lies in exactly one day, and is open if and only if an opening of that day holds it.
 *
 * Every question is a walk over days, and every walk has an end: hours repeat weekly once the last dated exception is
 * past, so what has not happened three weeks later (room for a change of clocks that swallows a window) never will. No
 * walk exceeds a century, and where no weekday is open it steps from dated day to dated day.
 */
import {
  daysOf,
  minuteRange,
  weekdays,
  type DateException,
  type DatedRanges,
  type MinuteRange,
  type Schedule,
} from './schedule.ts'
import { dayMillis, dayOfDate } from './day.ts'
import { zoneOf, type Zone } from './zone.ts'

/** Open from `start` up to and without `end`, in epoch milliseconds. */
export type Opening = { readonly start: number; readonly end: number }

/** The most days any question looks ahead. */
export const horizonDays = 36_525

export type Calendar = {
  readonly zone: Zone
  /** What is open within a day, in order, neither touching nor overlapping. */
  readonly openingsOn: (day: number) => readonly Opening[]
  /** The next day on which anything may be open. */
  readonly dayAfter: (day: number) => number
  /** The day after which nothing new happens that has not happened between `day` and it. */
  readonly settledBy: (day: number) => number
  /** Whether it opens again and again, and not only on some dates. */
  readonly weekly: boolean
}

const calendars = new WeakMap<Schedule, Calendar>()
const mostKeptDays = 2000

/** The calendar of a schedule, kept as long as the schedule is. */
export function calendarOf(schedule: Schedule): Calendar {
  const kept = calendars.get(schedule)
  if (kept !== undefined) return kept
  const calendar = createCalendar(schedule)
  calendars.set(schedule, calendar)
  return calendar
}

/** The openings that end after an instant, in order, each within one day, up to and with `lastDay`. */
export function* openingsAfter(calendar: Calendar, instant: number, lastDay: number): Generator<Opening> {
  for (let day = calendar.zone.dayOf(instant); day <= lastDay; day = calendar.dayAfter(day)) {
    for (const opening of calendar.openingsOn(day)) {
      if (opening.end > instant) yield opening
    }
  }
}

function createCalendar(schedule: Schedule): Calendar {
  const zone = zoneOf(schedule.timezone)
  const layout = layOut(schedule)
  const weekly = layout.week.some((ranges) => ranges.length > 0)
  const kept = new Map<number, readonly Opening[]>()
  const openingsOn = (day: number) => {
    const known = kept.get(day)
    if (known !== undefined) return known
    if (kept.size >= mostKeptDays) kept.clear()
    const openings = openDay(layout, zone, day)
    kept.set(day, openings)
    return openings
  }
  const dated = weekly ? [] : daysThatOpen(layout)
  const dayAfter = weekly ? (day: number) => day + 1 : (day: number) => dated[firstAfter(dated, day)] ?? Infinity
  const settledBy = (day: number) => Math.min(Math.max(day, layout.lastDated) + 21, day + horizonDays)
  return { zone, openingsOn, dayAfter, settledBy, weekly }
}

type Layout = {
  readonly week: readonly (readonly MinuteRange[])[]
  readonly holidays: ReadonlySet<number>
  readonly shifts: ReadonlyMap<number, readonly MinuteRange[]>
  readonly exceptions: ReadonlyMap<number, readonly MinuteRange[]>
  readonly breaks: ReadonlyMap<number, readonly MinuteRange[]>
  readonly lastDated: number
}

function layOut(schedule: Schedule): Layout {
  const week = weekdays.map((name) => (schedule.week[name] ?? []).map(minuteRange))
  const holidays = new Set((schedule.holidays ?? []).map(dayOfDate))
  const shifts = byDay(schedule.shifts)
  const exceptions = byDayOfException(schedule.exceptions)
  const breaks = byDay(schedule.breaks)
  const dates = [...holidays, ...shifts.keys(), ...exceptions.keys(), ...breaks.keys()]
  const lastDated = dates.reduce((a, b) => Math.max(a, b), -Infinity)
  return { week, holidays, shifts, exceptions, breaks, lastDated }
}

/** The days of a schedule without weekly hours on which anything may be open: a night reaches two days further. */
function daysThatOpen({ shifts, exceptions }: Layout): readonly number[] {
  const owners = [...shifts, ...exceptions].flatMap(([day, ranges]) => (ranges.length > 0 ? [day] : []))
  return [...new Set(owners.flatMap((day) => [day, day + 1, day + 2]))].sort((a, b) => a - b)
}

/** The index of the first number of a sorted list that is greater than one, by halving. */
function firstAfter(sorted: readonly number[], than: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? Infinity) > than) high = middle
    else low = middle + 1
  }
  return low
}

function byDayOfException(listed: readonly DateException[] = []): ReadonlyMap<number, readonly MinuteRange[]> {
  const found = new Map<number, readonly MinuteRange[]>()
  const longestFirst = listed
    .map((each) => ({ ...daysOf(each), ranges: (each.hours ?? []).map(minuteRange) }))
    .sort((a, b) => b.last - b.first - (a.last - a.first))
  for (const { first, last, ranges } of longestFirst) for (let day = first; day <= last; day++) found.set(day, ranges)
  return found
}

function byDay(dated: DatedRanges = {}): ReadonlyMap<number, readonly MinuteRange[]> {
  return new Map(Object.entries(dated).map(([date, ranges]) => [dayOfDate(date), ranges.map(minuteRange)]))
}

function openDay(layout: Layout, zone: Zone, day: number): readonly Opening[] {
  const from = zone.startOfDay(day)
  const until = zone.startOfDay(day + 1)
  // A night reaches into the next day, and beyond it where the zone skips that date.
  const owners = [day - 2, day - 1, day]
  const open = owners.flatMap((owner) => place(zone, owner, hoursOf(layout, owner)))
  const cuts = owners.flatMap((owner) => place(zone, owner, layout.breaks.get(owner) ?? []))
  const within = open
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, until) }))
    .filter(({ start, end }) => start < end)
  return cuts.reduce(cut, join(within))
}

function hoursOf(layout: Layout, day: number): readonly MinuteRange[] {
  if (layout.holidays.has(day)) return []
  return layout.shifts.get(day) ?? layout.exceptions.get(day) ?? layout.week[weekdayOf(day)] ?? []
}

/** 0 is Monday; day 0 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

function place(zone: Zone, day: number, ranges: readonly MinuteRange[]): readonly Opening[] {
  const skippedByZone = ranges.length > 0 && zone.startOfDay(day) === zone.startOfDay(day + 1)
  if (skippedByZone) return []
  const midnight = day * dayMillis
  return ranges.map(({ start, end }) => ({
    start: zone.toInstant(midnight + start * 60_000),
    end: zone.toInstant(midnight + end * 60_000),
  }))
}

function join(openings: readonly Opening[]): readonly Opening[] {
  const joined: Opening[] = []
  for (const opening of openings.toSorted((a, b) => a.start - b.start)) {
    const before = joined.at(-1)
    if (before === undefined || before.end < opening.start) joined.push(opening)
    else joined[joined.length - 1] = { start: before.start, end: Math.max(before.end, opening.end) }
  }
  return joined
}

function cut(openings: readonly Opening[], gap: Opening): readonly Opening[] {
  if (gap.start >= gap.end) return openings
  return openings
    .flatMap(({ start, end }) => [
      { start, end: Math.min(end, gap.start) },
      { start: Math.max(start, gap.end), end },
    ])
    .filter(({ start, end }) => start < end)
}
