import type { Reach } from '../figure.ts'
import type { Floor } from './stage/floor.ts'

/** How much is done for a figure. The reaches are stated for `whole`. */
export interface Sizes {
  readonly waiting: number
  readonly agents: number
  /** Offers that are measured. */
  readonly rounds: number
}

export const whole: Sizes = { waiting: 10_000, agents: 500, rounds: 400 }

/** One figure. Each is a file in `figures/` of the same shape, and a line in its list. */
export interface RoutingFigure {
  /** The word after `npm run bench:routing --`. */
  readonly name: string
  readonly what: string
  readonly reach: Reach
  readonly unit: ' ms'
  measure(floor: Floor, sizes: Sizes): Promise<Measured>
}

export interface Measured {
  readonly value: number
  /** What else was seen on the way, in a few words. */
  readonly beside: string
}
