/** A week as a designer writes it: ranges of times for each day. What is no range yet is kept as it stands. */
import { weekdays, type Weekday } from '#engine/hours/schedule.ts'
import { listOf, recordOf, textOf } from '../node/place.ts'

export type Range = readonly [start: string, end: string]

export const WORKDAY: Range = ['09:00', '17:00']

/** The ranges of a day or a date, as they stand in the document. */
export function rangesOf(value: unknown): readonly Range[] {
  return listOf(value).map((range): Range => {
    const [start, end] = listOf(range)
    return [textOf(start), textOf(end)]
  })
}

/** The week with other ranges for a day; a day without any is closed and is left out. */
export function withDay(week: unknown, day: Weekday, ranges: readonly Range[]): Readonly<Record<string, unknown>> {
  const { [day]: _, ...others } = recordOf(week)
  const next: Readonly<Record<string, unknown>> = ranges.length === 0 ? others : { ...others, [day]: ranges }
  return Object.fromEntries(weekdays.flatMap((each) => (next[each] === undefined ? [] : [[each, next[each]]])))
}

/** The week in which Tuesday to Friday are as Monday is. */
export function likeMonday(week: unknown): Readonly<Record<string, unknown>> {
  const monday = rangesOf(recordOf(week)['mon'])
  return weekdays.slice(1, 5).reduce((whole, day) => withDay(whole, day, monday), recordOf(week))
}

/** Another range for a day: after its last one where there is room, the usual working day where it has none. */
export function nextRange(ranges: readonly Range[]): Range {
  const last = ranges.at(-1)
  const hour = last === undefined ? undefined : Number(last[1].slice(0, 2)) + 1
  return hour === undefined || !(hour < 24) ? WORKDAY : [spelled(hour), hour + 3 >= 24 ? '24:00' : spelled(hour + 3)]
}

/** A time of day as people write it: “9”, “9.30”, “9 am”, “5pm”, “0900”. Undefined for what is none. */
export function readTime(written: string): string | undefined {
  const said = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/i.exec(written.trim())
  if (!said) return undefined
  const [, hours = '', minutes = '00', half = ''] = said
  const isHalf = half !== ''
  if (isHalf && (Number(hours) < 1 || Number(hours) > 12)) return undefined
  const hour = isHalf ? (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0) : Number(hours)
  if (Number(minutes) > 59 || hour > 24 || (hour === 24 && minutes !== '00')) return undefined
  return `${String(hour).padStart(2, '0')}:${minutes}`
}

function spelled(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
