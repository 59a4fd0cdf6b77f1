/** Virtual time in words and in fields: a run's clock is always told in the flow's own zone. */
import { localToInstant } from '#engine/hours/index.ts'

/** `Mon 2 Mar, 10:00:05` */
export function clockTime(at: number, timezone: string, language: string): string {
  return formatted(at, timezone, language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
}

/** `Mon 10:00:05` */
export function weekTime(at: number, timezone: string, language: string): string {
  return formatted(at, timezone, language, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
}

/** `10:00` */
export function hourTime(at: number, timezone: string, language: string): string {
  return formatted(at, timezone, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** A length as a clock shows it: `0:05`, `4:59`, `1:00:00`, `2d 3:00:00`. @param length milliseconds */
export function countdown(length: number): string {
  const seconds = Math.max(0, Math.ceil(length / 1_000))
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ]
  const two = (value: number): string => String(value).padStart(2, '0')
  const short =
    hours > 0 || days > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
  return days > 0 ? `${days}d ${short}` : short
}

/** A moment as a `datetime-local` field holds it: `2026-03-02T10:00`. */
export function toField(at: number, timezone: string): string {
  const parts = new Map(
    new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The moment of a field; undefined while it holds none. */
export function fromField(field: string, timezone: string): number | undefined {
  try {
    return localToInstant(timezone, field)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatted(at: number, timezone: string, language: string, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([timezone, language, options])
  const known = formats.get(key)
  const format = known ?? new Intl.DateTimeFormat(language, { timeZone: timezone, ...options })
  if (!known) formats.set(key, format)
  return format.format(at)
}
