/**
 * Dates as they are written: the day, hour and minute that stand in the text, moved to no other zone. There is no
 * `now`; a text that is not a date stays as it is.
 */
import { BUDGET, type Frame } from '../../budget.ts'
import { exhaust, toText } from '../convert.ts'
import type { Filter } from '../filters.ts'

export const dateFilters = {
  date: { arguments: [0, 1], run: (value, [format = '%Y-%m-%d'], frame) => date(value, toText(format, frame), frame) },
} as const satisfies Record<string, Filter>

type WallTime = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>

function date(value: unknown, format: string, frame: Frame): unknown {
  const time = typeof value === 'string' ? readDate(value) : undefined
  if (!time) return value
  // The longest directive grows two characters into nine.
  if (format.length * 5 > BUDGET.text) return exhaust(frame, value)
  return format.replaceAll(/%(-?)([A-Za-z%])/g, (directive, bare: string, letter: string) => {
    const written = DIRECTIVES.get(letter)?.(time)
    return written === undefined ? directive : bare ? written.replace(/^[0 ]+(?=\d)/, '') : written
  })
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** ISO 8601: `2026-12-24`, `2026-12-24T18:00`, with seconds and an offset if it has them. */
function readDate(text: string): WallTime | undefined {
  const match = ISO_DATE.exec(text)
  if (!match) return undefined
  const numbers = match.slice(1).map((digits) => Number(digits ?? 0))
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return isDay && hour < 24 && minute < 60 && second < 61 ? { year, month, day, hour, minute, second } : undefined
}

/** The directives of strftime that need no locale; names of days and months are English. */
const DIRECTIVES: ReadonlyMap<string, (time: WallTime) => string> = new Map<string, (time: WallTime) => string>([
  ['Y', ({ year }) => pad(year, 4)],
  ['y', ({ year }) => pad(year % 100, 2)],
  ['m', ({ month }) => pad(month, 2)],
  ['d', ({ day }) => pad(day, 2)],
  ['e', ({ day }) => pad(day, 2, ' ')],
  ['j', (time) => pad(dayOfYear(time), 3)],
  ['H', ({ hour }) => pad(hour, 2)],
  ['I', ({ hour }) => pad(hour % 12 || 12, 2)],
  ['M', ({ minute }) => pad(minute, 2)],
  ['S', ({ second }) => pad(second, 2)],
  ['p', ({ hour }) => (hour < 12 ? 'AM' : 'PM')],
  ['B', ({ month }) => MONTHS[month - 1] ?? ''],
  ['b', ({ month }) => MONTHS[month - 1]?.slice(0, 3) ?? ''],
  ['A', (time) => DAYS[weekday(time)] ?? ''],
  ['a', (time) => DAYS[weekday(time)]?.slice(0, 3) ?? ''],
  ['%', () => '%'],
])

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

function pad(value: number, length: number, sign = '0'): string {
  return String(value).padStart(length, sign)
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function dayOfYear({ year, month, day }: WallTime): number {
  let days = day
  for (let before = 1; before < month; before++) days += daysIn(year, before)
  return days
}

/** 0 is Sunday. Counts the days since the Sunday before 1 January of the year 1 in the Gregorian calendar. */
function weekday(time: WallTime): number {
  const years = time.year - 1
  const days = years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) + dayOfYear(time)
  return ((days % 7) + 7) % 7
}
