/**
 * Whether what was told came true, measured on finished waits; and how the next forecast learns from it.
 *
 * The stretch is split conformal prediction (Vovk, Gammerman and Shafer, “Algorithmic Learning in a Random World”,
 * 2005) with wait / plain `within` as the score: however waits are distributed, the next one stays below the 90 %
 * quantile of the last ones in nine cases of ten, as long as tomorrow is like yesterday.
 */
import { quantile } from './quantile.ts'

/** A wait that ended with an agent's accept, and what was told at its beginning: milliseconds, null when nothing was. */
export interface FinishedWait {
  readonly wait: number
  readonly expected: number | null
  readonly within: number | null
  /** The stretch that `within` was told with. */
  readonly stretch: number
}

/** How true forecasts were. */
export interface Kept {
  /** How many waits this is measured on: those of which something was told. */
  readonly over: number
  /** The share of them that ended within what was told; null when there is none. */
  readonly share: number | null
  /** The median of |expected - wait| / wait over those who waited a minute or longer; null when there is none. */
  readonly medianError: number | null
}

/**
 * What the next `within` is multiplied by, from a team's last finished waits (200 of them, in any order); 1 while fewer
 * than 20 were told to wait. Never less than a half: a quiet week must not shrink what a loud one has to grow back.
 */
export function stretchOf(finished: readonly FinishedWait[]): number {
  const scores = finished.flatMap(({ wait, within, stretch }) =>
    within === null || within <= 0 ? [] : [(wait * stretch) / within],
  )
  const { length } = scores
  if (length < FEWEST) return 1
  // The wait to come is one of length + 1.
  return Math.max(LEAST, quantile(scores, (NINE_IN_TEN * (length + 1)) / length) ?? 1)
}

/** Texts tell waits in whole minutes, one at least: so a wait of less than a minute always was within what was told. */
export function keptOf(finished: readonly FinishedWait[]): Kept {
  const told = finished.flatMap(({ wait, within }) => (within === null ? [] : [{ wait, within }]))
  const errors = finished.flatMap(({ wait, expected }) =>
    expected === null || wait < MINUTE ? [] : [Math.abs(Math.max(expected, MINUTE) - wait) / wait],
  )
  return {
    over: told.length,
    share:
      told.length === 0
        ? null
        : told.filter(({ wait, within }) => wait <= Math.max(within, MINUTE)).length / told.length,
    medianError: quantile(errors, 0.5) ?? null,
  }
}

const MINUTE = 60_000
const NINE_IN_TEN = 0.9
const FEWEST = 20
const LEAST = 0.5
