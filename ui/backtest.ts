/** What is asked of a backtest, and what a page of it answers. Times are ISO 8601. */
import type { Course, Report, Telling } from '#engine/backtest/index.ts'
import type { ShownMessage } from './answers.ts'

export interface BacktestRequest {
  /** A document of whatever shape, for the server to judge; without it and `version`, the saved draft. */
  readonly flow?: unknown
  readonly version?: number
  /** These only, by id. */
  readonly conversations?: readonly string[]
  readonly from?: string
  readonly to?: string
  /** `next` of the page before. */
  readonly cursor?: string
  readonly limit?: number
  readonly sweep?: BacktestSweep
  /** With what everybody said. */
  readonly detail?: boolean
}

/** One figure of a signal in a trigger, at each of these values. */
export interface BacktestSweep {
  readonly trigger: string
  readonly signal: string
  readonly field: string
  readonly values: readonly number[]
}

/** Pages are added up by `merge` of `#engine/backtest`. */
export interface BacktestPage extends Report<BacktestDifference> {
  readonly next: string | null
  /** How many conversations there are on all pages. */
  readonly total: number
}

export interface BacktestDifference extends Telling {
  /** When the conversation began. */
  readonly at: string
  readonly before: BacktestCourse
  readonly after: BacktestCourse
  readonly firstDifferent: {
    readonly turn: number
    readonly before: string | null
    readonly after: string | null
  } | null
  readonly notice: string
}

export interface BacktestCourse extends Omit<Course, 'messages'> {
  readonly messages?: readonly ShownMessage[]
}
