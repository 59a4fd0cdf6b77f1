import type { Reach } from '../figure.ts'

/** How much is done for a figure. The reaches are stated for `whole`; less is for those who work on the benchmark. */
export interface Sizes {
  /** Messages each way, from screen to screen. */
  readonly messages: number
  /** Conversations open beside the one that is watched. */
  readonly open: number
  readonly feeds: number
  /** For how long the feeds are held. */
  readonly minutes: number
  /** Conversations that all agents accept at once. */
  readonly rounds: number
}

export const whole: Sizes = { messages: 300, open: 200, feeds: 2_000, minutes: 10, rounds: 1_000 }

/** What is measured together. Each is a file in `figures/` of the same shape, and a line in its list. */
export interface HandoffFigure {
  /** The word after `npm run bench:live --`. */
  readonly name: string
  /** Its lines in the table. */
  readonly lines: readonly Line[]
  /** One for each line, in their order. */
  measure(sizes: Sizes): Promise<readonly Measured[]>
}

export interface Line {
  readonly what: string
  readonly reach: Reach
  /** Empty for a count. */
  readonly unit: '' | ' ms' | ' kB'
}

export interface Measured {
  readonly value: number
  /** What else was seen on the way, in a few words. */
  readonly beside?: string
}
