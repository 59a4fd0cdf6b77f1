/** Days and times of day in a zone, as fields and requests hold them: `2026-11-20`, `09:00`. */

/** The day before the one that it is at `now` in a zone. */
export function yesterday(now: number, timezone: string): string {
  return dayBeside(dayAt(now, timezone), -1)
}

/** The day that it is in a zone. */
export function dayAt(now: number, timezone: string): string {
  const written = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, ...written }).format(now)
}

/** So many days later, or earlier below 0. */
export function dayBeside(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
}

/** Whether it is a day of the calendar. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text
}

/** `Friday, 20 November 2026`. */
export function dayInWords(day: string): string {
  const written = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...written }).format(Date.parse(`${day}T00:00:00Z`))
}

/** The time of day at an instant; the end of a day is `24:00`. */
export function clockAt(instant: string, timezone: string, { ends = false } = {}): string {
  const written = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, ...written }).format(Date.parse(instant))
  return ends && time === '00:00' ? '24:00' : time
}
