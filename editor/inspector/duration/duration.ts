/**
 * Durations as designers write and read them. In the document they stand as `"90s"`, `"5m"`, `"2h"`, `"1d"`.
 * Law 1: what is read from a text means what the text says. Law 2: a step up and a step down from a round value come
 * back to it.
 */
import { parseDuration } from '#engine/flow/values.ts'

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const
type Unit = keyof typeof UNITS
const unitNames = Object.keys(UNITS) as readonly Unit[] // The keys of the constant above, in its order: longest first.
const LONG_NAMES: Readonly<Record<Unit, string>> = { d: 'day', h: 'hour', m: 'minute', s: 'second', ms: 'millisecond' }

/** The document's spelling of what was written: “5 min”, “1h 30m”, “1.5 hours”. A bare number takes the unit of `like`. */
export function readDuration(written: string, like = '1m'): string | undefined {
  const text = written.trim().toLowerCase().replaceAll(',', '.')
  if (parseDuration(text) !== undefined) return text
  const said = /^\d+(?:\.\d+)?$/.test(text) ? `${text}${unitOf(like)}` : text
  const parts = [...said.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)]
  const rest = parts
    .reduce((left, [part]) => left.replace(part, ''), said)
    .replaceAll(/\band\b/g, '')
    .trim()
  if (parts.length === 0 || rest !== '') return undefined
  let total = 0
  for (const [, amount, name = ''] of parts) {
    const unit = unitNamed(name)
    if (unit === undefined) return undefined
    total += Number(amount) * UNITS[unit]
  }
  return spelled(Math.round(total))
}

/** A duration in words of a language: “5 minutes”. Undefined for what is none. */
export function sayDuration(duration: string, language: string): string | undefined {
  if (parseDuration(duration) === undefined) return undefined
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: LONG_NAMES[unitOf(duration)],
    unitDisplay: 'long',
  })
  return format.format(Number.parseInt(duration, 10))
}

/** The next round duration above or below, from a second to a month. */
export function stepDuration(duration: string, direction: 1 | -1): string {
  const now = parseDuration(duration) ?? 0
  const next = direction === 1 ? ROUND.find((each) => each > now) : ROUND.findLast((each) => each < now)
  return (
    spelled(next ?? (direction === 1 ? Math.max(now, ROUND.at(-1) ?? 0) : Math.min(now, ROUND[0] ?? 0))) ?? duration
  )
}

const ROUND: readonly number[] = [
  ...[1, 2, 3, 5, 10, 15, 20, 30, 45].map((count) => count * UNITS.s),
  ...[1, 2, 3, 5, 10, 15, 20, 30, 45].map((count) => count * UNITS.m),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * UNITS.h),
  ...[1, 2, 3, 5, 7, 14, 30].map((count) => count * UNITS.d),
]

/** In the largest unit that gives a whole number: 90 minutes stay minutes, 120 become two hours. */
function spelled(milliseconds: number): string | undefined {
  const unit = unitNames.find((each) => milliseconds % UNITS[each] === 0 && milliseconds >= UNITS[each]) ?? 's'
  const text = `${milliseconds / UNITS[unit]}${unit}`
  return parseDuration(text) === undefined ? undefined : text
}

function unitOf(duration: string): Unit {
  const name = /(ms|s|m|h|d)$/.exec(duration)?.[1]
  return unitNames.find((each) => each === name) ?? 'm'
}

/** “min”, “minutes”, “hrs”: a unit by its beginning. */
function unitNamed(name: string): Unit | undefined {
  if (name === 'ms') return 'ms'
  return unitNames.find(
    (unit) => LONG_NAMES[unit].startsWith(name.replace(/s$/, '') || 's') || (unit === 'h' && /^hrs?$/.test(name)),
  )
}
