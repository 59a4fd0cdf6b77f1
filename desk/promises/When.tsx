import { useCallback } from 'react'
import { useClock } from '../clock/clock.ts'
import { moment } from '../clock/telling.ts'

/** A time as people read it: the time of the day, with the date when that is not today. `at` is ISO 8601. */
export function When({ at }: { readonly at: string }) {
  const time = Date.parse(at)
  const told = useClock(useCallback((now: number) => moment(time, now), [time]))
  return <time dateTime={at}>{told}</time>
}
