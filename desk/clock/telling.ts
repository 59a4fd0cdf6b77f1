/** Times and lengths as people read them. All in epoch ms and ms. */
import { words } from '../words/en.ts'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

/** How long, in one or two units: `45 s`, `3 min`, `1 h 5 min`, `2 d`. */
export function length(milliseconds: number): string {
  const whole = Math.max(0, milliseconds)
  const minutes = Math.floor((whole % HOUR) / MINUTE)
  const isExact = whole < HOUR || whole >= DAY || minutes === 0
  return isExact ? largest(whole) : `${largest(whole)} ${words.clock.min(minutes)}`
}

/** How long ago, short enough for a list; a time that is yet to come is `now`. */
export function age(at: number, now: number): string {
  return now - at < MINUTE / 2 ? words.clock.now : largest(now - at)
}

function largest(whole: number): string {
  const { s, min, h, d } = words.clock
  if (whole < MINUTE) return s(Math.floor(whole / SECOND))
  if (whole < HOUR) return min(Math.floor(whole / MINUTE))
  return whole < DAY ? h(Math.floor(whole / HOUR)) : d(Math.floor(whole / DAY))
}

/** The time of the day in the reader's zone, with the date when it is another day than now. */
export function moment(at: number, now: number, zone?: string): string {
  return format(dayOf(at, zone) === dayOf(now, zone) ? 'time' : 'both', zone).format(new Date(at))
}

export function timeOfDay(at: number, zone?: string): string {
  return format('time', zone).format(new Date(at))
}

/** `Today`, `Yesterday`, or the date. */
export function day(at: number, now: number, zone?: string): string {
  const of = dayOf(at, zone)
  if (of === dayOf(now, zone)) return words.clock.today
  if (of === dayOf(now - DAY, zone)) return words.clock.yesterday
  return format('date', zone).format(new Date(at))
}

/** The day as a key: equal for times of one day in this zone. */
export function dayOf(at: number, zone?: string): string {
  return format('key', zone).format(new Date(at))
}

const shapes = {
  time: { hour: '2-digit', minute: '2-digit' },
  date: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  both: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  key: { year: 'numeric', month: '2-digit', day: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once each: making one costs more than a thousand uses. */
function format(shape: keyof typeof shapes, zone?: string): Intl.DateTimeFormat {
  const name = `${shape} ${zone ?? ''}`
  const known = formats.get(name)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...shapes[shape], ...(zone === undefined ? {} : { timeZone: zone }) })
  formats.set(name, made)
  return made
}
