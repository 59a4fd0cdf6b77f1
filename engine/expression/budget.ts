/**
 * What an expression may cost, by count. The clock is never asked: the same source over the same scope ends in the same
 * place on every machine, and a replay gives what the first run gave.
 *
 * Law: every turn of a loop and every list or text that is made or searched is paid for in steps before the work is
 * done; when the steps are spent, the evaluation ends. What remains unpaid is bounded by the number of nodes.
 */
import { LIMITS } from '../flow/values.ts'
import { fault } from './failure.ts'
import type { Scope } from './scope.ts'

export const BUDGET = {
  /** Characters of a condition. */
  condition: LIMITS.conditionLength,
  /** Characters of a template. */
  template: LIMITS.textLength,
  /** Parts of a condition: names, values, operators, calls. */
  nodes: 500,
  /** Brackets within brackets, in a condition. */
  nesting: 32,
  /** Tags within tags, in a template. */
  blocks: 16,
  /** Steps of one evaluation or one rendering. */
  steps: 20_000,
  /** Characters of a text that an expression makes, and of what a template renders. */
  text: 20_000,
  /** Characters of all texts and keys of a value that leaves an expression, each as often as it stands there. */
  kept: 100_000,
  /** Levels of a list or map that are compared, copied or written out. */
  depth: 32,
  /** Characters of a pattern, instructions it compiles to, and characters it is held against. */
  pattern: 200,
  program: 200,
  matched: 1_000,
  /** Compiled sources that are kept. */
  compiled: 1_000,
} as const

/** One evaluation: what it reads, the values of its loop variables, and the steps that are left. */
export interface Frame {
  readonly scope: Scope
  readonly locals: unknown[]
  steps: number
}

/** What an evaluation ends with when its steps are spent. */
export const SPENT = fault(`this takes more than ${BUDGET.steps} steps`)

/** Pays `steps`; false when they are spent. */
export function spend(frame: Frame, steps: number): boolean {
  frame.steps -= steps
  return frame.steps >= 0
}

/** What it costs, in steps, to go once through a text (64 characters a step) or a list (an item a step). */
export function weight(value: unknown): number {
  if (typeof value === 'string') return 1 + (value.length >> 6)
  if (Array.isArray(value)) return 1 + value.length
  return 1
}
