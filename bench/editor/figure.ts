import type { Reach } from '../figure.ts'
import type { Stage } from './stage/stage.ts'

/** One thing that is measured in the browser. Each is a file in `figures/` of the same shape, and a line in its list. */
export interface EditorFigure {
  /** The word after `npm run bench:editor --`. */
  readonly name: string
  /** What the number says, for the table. */
  readonly what: string
  readonly reach: Reach
  /** Empty for a count. */
  readonly unit: '' | ' ms' | ' fps' | ' kB'
  measure(stage: Stage): Promise<Measured>
}

export interface Measured {
  readonly value: number
  /** What else was seen on the way, in a few words: the plain library beside it, the slowest of all. */
  readonly beside?: string
}
