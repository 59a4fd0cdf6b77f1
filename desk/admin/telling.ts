/** Times as this page tells them. */
import { age, day } from '../clock/telling.ts'

/** `now`, `3 min`, `2 d`. */
export function ago(at: string, now: number): string {
  return age(Date.parse(at), now)
}

const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

export function date(at: string): string {
  return dates.format(new Date(at))
}

export function dayNamed(at: string, now: number): string {
  return day(Date.parse(at), now)
}
