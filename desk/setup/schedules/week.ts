/** A schedule as it is written: rows where the API has records, and nothing left out. */
import type { DatedRanges, Weekday } from '#engine/hours/schedule.ts'
import type { ScheduleView } from '#ui/answers.ts'

export type Range = readonly [start: string, end: string]

export interface DatedHours {
  readonly date: string
  readonly hours: readonly Range[]
}

export interface ExceptionRow {
  readonly name: string
  readonly from: string
  /** Empty: the one day. */
  readonly to: string
  readonly hours: readonly Range[]
}

export interface ScheduleFields {
  readonly id: string
  readonly name: string
  readonly timezone: string
  readonly week: Readonly<Record<Weekday, readonly Range[]>>
  readonly holidays: readonly string[]
  readonly exceptions: readonly ExceptionRow[]
  readonly breaks: readonly DatedHours[]
  readonly shifts: readonly DatedHours[]
}

export const WORKDAY: Range = ['09:00', '17:00']
export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[]

export function fieldsOf(view: ScheduleView): ScheduleFields {
  const { id, name = '', timezone, week, holidays = [], exceptions = [], breaks, shifts } = view
  return {
    id,
    name,
    timezone,
    holidays,
    week: weekOf((day) => week[day] ?? []),
    exceptions: exceptions.map((each) => ({
      name: each.name ?? '',
      from: each.from,
      to: each.to ?? '',
      hours: each.hours ?? [],
    })),
    breaks: rowsOf(breaks),
    shifts: rowsOf(shifts),
  }
}

/** What is empty is left out: a day without hours is closed. */
export function scheduleOf(fields: ScheduleFields): ScheduleView {
  const { id, name, timezone, week, holidays, exceptions, breaks, shifts } = fields
  return {
    id,
    timezone,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    week: Object.fromEntries(days.flatMap((day) => (week[day].length === 0 ? [] : [[day, week[day]]]))),
    ...(holidays.length === 0 ? {} : { holidays }),
    ...(exceptions.length === 0 ? {} : { exceptions: exceptions.map(exceptionOf) }),
    ...(breaks.length === 0 ? {} : { breaks: datedOf(breaks) }),
    ...(shifts.length === 0 ? {} : { shifts: datedOf(shifts) }),
  }
}

export function weekOf(hours: (day: Weekday) => readonly Range[]): ScheduleFields['week'] {
  return {
    mon: hours('mon'),
    tue: hours('tue'),
    wed: hours('wed'),
    thu: hours('thu'),
    fri: hours('fri'),
    sat: hours('sat'),
    sun: hours('sun'),
  }
}

/** The week in which Tuesday to Friday are as Monday is. */
export function likeMonday(week: ScheduleFields['week']): ScheduleFields['week'] {
  return { ...week, tue: week.mon, wed: week.mon, thu: week.mon, fri: week.mon }
}

/** Another range: after the last where there is room, else the usual working day. */
export function nextRange(ranges: readonly Range[]): Range {
  const last = ranges.at(-1)
  const hour = last === undefined ? Number.NaN : Number(last[1].slice(0, 2)) + 1
  return hour < 24 ? [spelled(hour), spelled(Math.min(24, hour + 3))] : WORKDAY
}

/** A time of day as people write it: `9`, `9.30`, `5pm`, `0900`. What is none stays, for the server to judge. */
export function timeOf(written: string): string {
  const said = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?$/i.exec(written.trim())
  if (said === null) return written.trim()
  const [, hours = '', minutes = '00', half = ''] = said
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0)
  const isHalf = half === '' || (Number(hours) >= 1 && Number(hours) <= 12)
  const isTime = isHalf && Number(minutes) <= 59 && (hour < 24 || (hour === 24 && minutes === '00'))
  return isTime ? `${String(hour).padStart(2, '0')}:${minutes}` : written.trim()
}

function rowsOf(dated: DatedRanges = {}): readonly DatedHours[] {
  return Object.entries(dated)
    .map(([date, hours]) => ({ date, hours }))
    .toSorted(byDate)
}

function datedOf(rows: readonly DatedHours[]): DatedRanges {
  return Object.fromEntries(rows.map(({ date, hours }) => [date, hours]))
}

export function byDate({ date: one }: DatedHours, { date: other }: DatedHours): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function exceptionOf({ name, from, to, hours }: ExceptionRow) {
  return {
    from,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(to === '' ? {} : { to }),
    ...(hours.length === 0 ? {} : { hours }),
  }
}

function spelled(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
