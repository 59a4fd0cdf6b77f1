/** Work that comes again and again, one round at a time. */
export interface Rounds {
  /** Resolves when no round runs any more. */
  stop(): Promise<void>
}

/** How rounds are made, and the clock that only counts: given, so that a test needs no time. */
export interface Timing {
  /** Milliseconds; nobody sets it. */
  monotonic(): number
  every(milliseconds: number, work: () => Promise<void>): Rounds
}

/**
 * Rounds in real time; the first comes when the time has passed once, or `atOnce`. One that is due while another still
 * runs is left out. `work` does not reject.
 */
export function every(milliseconds: number, work: () => Promise<void>, { atOnce = false } = {}): Rounds {
  let round: Promise<void> | undefined
  const begin = (): void => {
    round ??= work().finally(() => {
      round = undefined
    })
  }
  const first = atOnce ? setImmediate(begin) : undefined
  const rounds = setInterval(begin, milliseconds)
  rounds.unref()
  return {
    async stop() {
      clearImmediate(first)
      clearInterval(rounds)
      await round
    },
  }
}

export const realTime: Timing = { monotonic: () => performance.now(), every }
