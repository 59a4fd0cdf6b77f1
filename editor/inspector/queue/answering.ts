/** What a queue promises itself for the first answer, in words. */
import { parseDuration } from '#engine/flow/values.ts'
import { words } from '../../words/en.ts'
import { sayDuration } from '../duration/duration.ts'
import { recordOf, textOf } from '../node/place.ts'
import { listed } from './names.ts'

const said = words.inspector.sla

/** What holds while nothing is written, as the queue's own schema has it. */
export const USUAL_WARNING = 0.8

/** Undefined while no length is written, or one that is none. `hours` is the name of the schedule that counts. */
export function answeringInWords(sla: unknown, hours: string | undefined): string | undefined {
  const { firstResponse, warnAt, raise } = recordOf(sla)
  const length = parseDuration(textOf(firstResponse))
  if (length === undefined) return undefined
  const share = typeof warnAt === 'number' && warnAt > 0 && warnAt < 1 ? warnAt : USUAL_WARNING
  return said.means({
    warning: lengthInWords(length * share),
    due: sayDuration(textOf(firstResponse), 'en') ?? '',
    raise: typeof raise === 'number' ? raise : undefined,
    hours,
  })
}

/** A length in its two largest units: “4 minutes”, “1 hour and 12 minutes”. */
export function lengthInWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000)
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const
  const first = units.findIndex(([size]) => seconds >= size)
  const shown = units.slice(first < 0 ? 3 : first, (first < 0 ? 3 : first) + 2)
  let left = seconds
  const parts = shown.flatMap(([size, unit]) => {
    const count = Math.floor(left / size)
    left -= count * size
    const format = new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' })
    return count === 0 && seconds > 0 ? [] : [format.format(count)]
  })
  return listed(parts)
}
