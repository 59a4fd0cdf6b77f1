import { useCallback } from 'react'
import { words } from '../words/en.ts'
import { useClock } from './clock.ts'
import { age, moment } from './telling.ts'

/** How long ago a time was; it alone is drawn again when that changes. `at` is ISO 8601. */
export function Age({ at }: { readonly at: string }) {
  const time = Date.parse(at)
  const told = useClock(useCallback((now: number) => age(time, now), [time]))
  return (
    <time dateTime={at} title={`${moment(time, 0)} (${words.clock.ago(told)})`}>
      {told}
    </time>
  )
}
