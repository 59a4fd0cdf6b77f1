/**
 * A deadline of a conversation. XState's own timers die with the process, so deadlines are data: entering a state sets
 * them, leaving cancels them, and a state that is entered again sets the next generation. A timer that comes with an old
 * generation changes nothing.
 */
export interface Timer {
  /** `<node>.<name>`, such as `billing.maxWait`: stable over versions of the engine. */
  readonly id: string
  readonly node: string
  /** Epoch milliseconds; never early. */
  readonly due: number
  readonly gen: number
}

/** The earliest due time, or undefined when nothing is set. */
export function nextDue(timers: readonly Timer[]): number | undefined {
  let earliest: number | undefined
  for (const timer of timers) if (earliest === undefined || timer.due < earliest) earliest = timer.due
  return earliest
}
