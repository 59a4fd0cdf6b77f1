/** How long somebody still waits, as well as figures of the recent past can say it. */
export interface QueueFigures {
  /** The place in the queue, counted from 1. */
  readonly position: number
  /** Conversations that the agents online may hold at once. */
  readonly capacity: number
  /** Of these, how many are free now. */
  readonly free: number
  /** Mean milliseconds from a person's accept to the end of that person's part and its wrap-up; null when none has ended yet. */
  readonly handle: number | null
}

/**
 * Milliseconds, or null when nobody is online or nothing is known yet.
 *
 * Those whom free room takes at once wait for nothing. The others wait until enough of the running conversations end:
 * with `capacity` in work at once and `handle` for each, one ends every `handle / capacity` (Little's law), so
 * `(position - free) * handle / capacity`. It leaves out skills and people who give up, so it errs on the long side.
 */
export function eta({ position, capacity, free, handle }: QueueFigures): number | null {
  if (capacity <= 0) return null
  const ahead = position - Math.max(0, free)
  if (ahead <= 0) return 0
  return handle === null ? null : Math.round((ahead * handle) / capacity)
}
