/**
 * Business hours the slow way, to judge the fast way by: asks the clock at every step of a window, finds wall times
 * in what it saw, and counts. Shares nothing with the engine but the conventions in `engine/hours/schedule.ts`.
 */
import type { DateException, Schedule, WallRange } from '#engine/hours/index.ts'

export type Window = {
  /** The instants of the window, `step` apart, and the wall time at each, as if in UTC. */
  readonly instants: readonly number[]
  readonly walls: readonly number[]
  /** The index at which a wall time first shows; for one that is skipped, as long after the skip as it lies in it. */
  readonly find: (wall: number) => number
}

const day = 86_400_000

/** The wall clock of a zone from some days before an instant to as many after it. */
export function watchClock(timezone: string, around: number, days: number, step: number): Window {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const first = Math.floor(around / step) * step - days * day
  const instants = Array.from({ length: (2 * days * day) / step }, (_, index) => first + index * step)
  const walls = instants.map((instant) => Date.parse(`${clock.format(instant).replace(' ', 'T')}Z`))
  return { instants, walls, find: findWall(walls, step) }
}

/** For each instant of the window whether the schedule is open. The outermost two days are not told rightly. */
export function openByCounting(schedule: Omit<Schedule, 'timezone'>, window: Window): readonly boolean[] {
  const { find } = window
  const dates = [...new Set(window.walls.map((wall) => Math.floor(wall / day)))]
  const open = window.instants.map(() => false)
  const mark = (date: number, ranges: readonly WallRange[], value: boolean) => {
    for (const [start, end] of ranges) {
      const from = date * day + millisOf(start)
      const until = date * day + millisOf(end) + (end < start ? day : 0)
      open.fill(value, find(from), Math.max(find(from), find(until)))
    }
  }
  for (const date of dates) mark(date, hoursOf(schedule, isoDate(date)), true)
  for (const date of dates) mark(date, schedule.breaks?.[isoDate(date)] ?? [], false)
  return open
}

export function isoDate(date: number): string {
  return new Date(date * day).toISOString().slice(0, 10)
}

function hoursOf(schedule: Omit<Schedule, 'timezone'>, date: string): readonly WallRange[] {
  if (schedule.holidays?.includes(date)) return []
  const weekday = (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[new Date(date).getUTCDay()] ?? 'sun'
  return schedule.shifts?.[date] ?? exceptionOn(schedule, date)?.hours ?? schedule.week[weekday] ?? []
}

/** Dates compare as texts do. A closed exception has no hours. */
function exceptionOn(
  { exceptions = [] }: Omit<Schedule, 'timezone'>,
  date: string,
): Pick<DateException, 'hours'> | undefined {
  const length = ({ from, to = from }: DateException): number => Date.parse(to) - Date.parse(from)
  const holding = exceptions.filter(({ from, to = from }) => from <= date && date <= to)
  const [narrowest] = holding.toSorted((one, other) => length(one) - length(other))
  return narrowest && { hours: narrowest.hours ?? [] }
}

function millisOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000
}

function findWall(walls: readonly number[], step: number): (wall: number) => number {
  const firstSeen = new Map<number, number>()
  walls.forEach((wall, index) => {
    if (!firstSeen.has(wall)) firstSeen.set(wall, index)
  })
  return (wall) => {
    const seen = firstSeen.get(wall)
    if (seen !== undefined) return seen
    const before = walls.findIndex((shown, index) => shown < wall && (walls[index + 1] ?? Infinity) > wall)
    const shown = walls[before]
    if (shown === undefined) return wall < (walls[0] ?? 0) ? 0 : walls.length
    return Math.min(walls.length, before + (wall - shown) / step)
  }
}
