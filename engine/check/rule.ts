/**
 * What stands between a draft and its publishing. A rule is one file in `rules/` and one line in `index.ts`. Errors refuse
 * publishing; warnings are said. Guards are taken as free: what a rule finds reachable may be so for some customer, and
 * what it finds unreachable is so for all.
 */
import type { Compiled } from '../compile/compiled.ts'
import type { Graph } from './graph.ts'

export interface Problem {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly node: string | null
  readonly pointer: string
  /** What is wrong and what would cure it. */
  readonly message: string
  /** The events that lead there, where a path says more than words. */
  readonly path?: readonly unknown[]
}

/** What a rule looks at. */
export interface Examined {
  readonly compiled: Compiled
  readonly graph: Graph
  /** The JSON pointer of a node. */
  pointerOf(node: string): string
}

export interface CheckRule {
  readonly name: string
  readonly title: string
  find(examined: Examined): readonly Problem[]
}
