/**
 * When the simulated desk is open: so many minutes on, so many off, by the wall clock of a zone. As a schedule that the
 * flow asks, and as anybody reads it from a clock on the wall, who knows nothing of schedules (I11).
 */
import type { Schedule } from '#engine/index.ts'
import type { Plan } from './plan.ts'
import { randomOf } from './random.ts'

export interface Doors {
  readonly timezone: string
  /** By how many minutes it opens before midnight. */
  readonly shift: number
}

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Chatham', 'UTC'] as const
const OPEN = 45
const PERIOD = 90
const DAY = 24 * 60

/** In every other history they open or close a minute after it begins. */
export function doorsOf({ seed, begins }: Pick<Plan, 'seed' | 'begins'>): Doors {
  const random = randomOf(seed, 'doors')
  const timezone = random.pick(ZONES)
  const edge = 2 * PERIOD - (minuteOf(timezone, begins) % PERIOD) - 1 + random.pick([0, OPEN])
  return { timezone, shift: (random.chance(0.5) ? edge : random.below(PERIOD)) % PERIOD }
}

export function scheduleOf({ timezone, shift }: Doors): Schedule {
  const ranges: [string, string][] = []
  for (let start = -shift; start < DAY; start += PERIOD)
    if (start + OPEN > 0) ranges.push([wall(Math.max(0, start)), wall(Math.min(DAY, start + OPEN))])
  return {
    timezone,
    week: { mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges },
  }
}

/** At this time (epoch ms), by the clock on the wall. */
export function isOpen({ timezone, shift }: Doors, at: number): boolean {
  return (minuteOf(timezone, at) + shift) % PERIOD < OPEN
}

/** Of the day, by the clock on the wall. */
function minuteOf(timezone: string, at: number): number {
  const [hour = NaN, minute = NaN] = clockIn(timezone).format(at).split(':').map(Number)
  return hour * 60 + minute
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clocks.set(timeZone, clock)
  return clock
}

function wall(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
