/** Figures as people read them. What is not known is a dash. */
import { words } from '../words/en.ts'

/** `0 s`, `41 s`, `1 min 20 s`, `12 min`, `1 h 5 min`: exact where it is short, whole minutes where it is long. */
export function length(milliseconds: number | null): string {
  if (milliseconds === null) return words.staffing.unknown
  const seconds = Math.round(milliseconds / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 600) return joined([Math.floor(seconds / 60), 'min'], [seconds % 60, 's'])
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : joined([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'])
}

export function percent(share: number | null): string {
  return share === null ? words.staffing.unknown : `${Math.round(share * 100)} %`
}

/** A count, with one digit after the point where it is a mean. */
export function count(number: number | null): string {
  return number === null ? words.staffing.unknown : String(Math.round(number * 10) / 10)
}

function joined(large: readonly [number, string], small: readonly [number, string]): string {
  return [large, ...(small[0] === 0 ? [] : [small])].map((each) => each.join(' ')).join(' ')
}
