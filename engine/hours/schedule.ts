/**
 * Business hours as a designer writes them.
 *
 * 1. Hours are wall times of the schedule's zone. A range holds its start and not its end; "24:00" is midnight at the
 *    end of the day. A range that ends before it starts ends on the next day: ["22:00", "06:00"] is a night shift.
 * 2. A range belongs to the day on which it starts. What a day holds, the first that applies: nothing (a holiday),
 *    its own shifts, the hours of the exception of the fewest days that it lies in, the hours of its weekday. The night
 *    that began on the eve of a holiday runs to its end.
 * 3. Breaks cut whatever is open at that time, also a night that began the day before.
 * 4. Where the ranges of two days meet or overlap they are one opening.
 * 5. A wall time that the clock skips counts as later by what was skipped; one that it shows twice counts as the first.
 *    A date that the zone skipped altogether (Apia, 30 December 2011) holds nothing.
 */
import { z } from 'zod'
import { dayOfDate } from './day.ts'

/** The days of a week as a schedule names them, in their order. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export type Weekday = (typeof weekdays)[number]

/** Wall times `[start, end]`, as in `["09:00", "17:00"]`. */
export type WallRange = readonly [start: string, end: string]

/** Ranges by the date that holds them, as in `{"2026-12-24": [["09:00", "12:00"]]}`. */
export type DatedRanges = Readonly<Record<string, readonly WallRange[]>>

/**
 * The dates from `from` up to and with `to` (one date when left out), which are not like their weekdays: open for
 * `hours`, or closed when there are none. The name is for who reads the schedule: "Summer break".
 */
export type DateException = {
  readonly name?: string | undefined
  readonly from: string
  readonly to?: string | undefined
  readonly hours?: readonly WallRange[] | undefined
}

/** Business hours. Never changed in place: what is computed from a schedule is kept by its identity. */
export type Schedule = {
  readonly timezone: string
  readonly week: { readonly [day in Weekday]?: readonly WallRange[] | undefined }
  readonly holidays?: readonly string[] | undefined
  readonly breaks?: DatedRanges | undefined
  readonly shifts?: DatedRanges | undefined
  readonly exceptions?: readonly DateException[] | undefined
}

/** A range in minutes after midnight of the day that holds it; past 1440 it reaches into the next day. */
export type MinuteRange = { readonly start: number; readonly end: number }

const mostRangesADay = 24
const mostDates = 1000
const mostExceptions = 200
const mostDaysOfException = 366

const startTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a start as hours and minutes, "00:00" to "23:59".')
const endTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Write an end as hours and minutes, "00:00" to "24:00".')

const dateCure = 'Write a date of the calendar as year-month-day, as in "2026-12-25".'
// What compares dates is asked only when they are dates.
const date = z.iso.date({ error: dateCure, abort: true })

const ranges = z
  .array(z.tuple([startTime, endTime], 'Write a range as [start, end], as in ["09:00", "17:00"].'))
  .max(mostRangesADay, `A day holds at most ${mostRangesADay} ranges. Join those that meet.`)
  .superRefine((listed, context) => {
    for (const fault of rangeFaults(listed)) {
      context.addIssue({ code: 'custom', message: fault.message, path: [fault.index] })
    }
  })

const datedRanges = z
  .record(date, ranges, { error: (issue) => (issue.code === 'invalid_key' ? dateCure : undefined) })
  .refine((dates) => Object.keys(dates).length <= mostDates, `At most ${mostDates} dates. Drop those that have passed.`)

const exception = z.strictObject({
  name: z.string().min(1, 'Name it, or leave the name out.').max(200, 'A name has 200 characters at most.').optional(),
  from: date,
  to: date.optional(),
  hours: ranges.optional(),
})

const exceptions = z
  .array(exception)
  .max(mostExceptions, `At most ${mostExceptions} exceptions. Drop those that have passed.`)
  .superRefine((listed, context) => {
    for (const { index, message, part } of exceptionFaults(listed)) {
      context.addIssue({ code: 'custom', message, path: part === undefined ? [index] : [index, part] })
    }
  })

const week = z.strictObject(
  {
    mon: ranges.optional(),
    tue: ranges.optional(),
    wed: ranges.optional(),
    thu: ranges.optional(),
    fri: ranges.optional(),
    sat: ranges.optional(),
    sun: ranges.optional(),
  } satisfies Record<Weekday, unknown>,
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? 'Name the days mon, tue, wed, thu, fri, sat, sun.' : undefined,
  },
)

/** Reads a schedule; every fault is named at once, each with a sentence that says the cure. */
export const schedule = z.strictObject({
  timezone: z.string().refine(isTimezone, 'Name a time zone of the IANA list, as in "Europe/Berlin" or "UTC".'),
  week,
  holidays: z.array(date).max(mostDates, `At most ${mostDates} holidays. Drop those that have passed.`).optional(),
  breaks: datedRanges.optional(),
  shifts: datedRanges.optional(),
  exceptions: exceptions.optional(),
}) satisfies z.ZodType<Schedule>

/** The minutes of a range of wall times; an end before the start is on the next day. */
export function minuteRange([start, end]: WallRange): MinuteRange {
  const from = minutesOf(start)
  const until = minutesOf(end)
  return { start: from, end: until < from ? until + 1440 : until }
}

/** The days of an exception, counted since 1970-01-01, both included. */
export function daysOf({ from, to = from }: DateException): { readonly first: number; readonly last: number } {
  return { first: dayOfDate(from), last: dayOfDate(to) }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function rangeFaults(listed: readonly WallRange[]): readonly { readonly index: number; readonly message: string }[] {
  return listed.flatMap((range, index) => {
    const { start, end } = minuteRange(range)
    if (start === end) {
      return { index, message: `${told(range)} is no time at all. For a whole day write "00:00" to "24:00".` }
    }
    const rival = listed.slice(0, index).find((earlier) => {
      const other = minuteRange(earlier)
      return other.start < end && start < other.end
    })
    if (rival === undefined) return []
    const pair = `${told(rival)} and ${told(range)}`
    return { index, message: `${pair} overlap. Join them, or end one where the other starts.` }
  })
}

type ExceptionFault = { readonly index: number; readonly message: string; readonly part?: 'to' }

function exceptionFaults(listed: readonly DateException[]): readonly ExceptionFault[] {
  const days = listed.map(daysOf)
  return days.flatMap(({ first, last }, index): readonly ExceptionFault[] => {
    if (last < first) return [{ index, part: 'to', message: 'Ends before it starts. Swap the two dates.' }]
    if (last - first >= mostDaysOfException) {
      return [
        { index, part: 'to', message: `Lasts over ${mostDaysOfException} days. Change the week instead, or part it.` },
      ]
    }
    const rival = days.findIndex(
      (other, before) =>
        before < index && other.first <= last && first <= other.last && other.last - other.first === last - first,
    )
    if (rival < 0) return []
    const message = `Shares dates with exception ${rival + 1} of the same length. Part them, or shorten one.`
    return [{ index, message }]
  })
}

function told([start, end]: WallRange): string {
  return `"${start}" to "${end}"`
}

/** Offsets such as "+02:00" are refused although `Intl` takes them: they know no summer time. */
function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
