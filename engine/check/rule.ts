/**
 * What stands between a draft and its publishing. A rule is one file in `rules/` and one line in `index.ts`. Errors refuse
 * publishing; warnings are said. Guards are taken as free: what a rule finds reachable may be so for some customer, and
 * what it finds unreachable is so for all.
 */
import type { Compiled } from '../compile/compiled.ts'
import type { Goal } from '../explore/reach.ts'
import type { Path } from '../explore/path.ts'
import type { Graph } from './graph.ts'
import type { Witness } from './witness.ts'

export interface Problem {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly node: string | null
  readonly pointer: string
  /** What is wrong, for whom, and what would cure it. */
  readonly message: string
  /** A shortest way to the fault, as a log's events: `replay` runs it, the simulator plays it. */
  readonly path?: Path
  /** True where the engine itself ran `path` to the fault; false where a guard could not be decided: it is possible. */
  readonly confirmed?: boolean
}

/** What a rule looks at. */
export interface Examined {
  readonly compiled: Compiled
  readonly graph: Graph
  /** Whether ways to problems are asked for. */
  readonly paths: boolean
  /** The JSON pointer of a node. */
  pointerOf(node: string): string
  /**
   * What a problem carries of the way to it, `...pathTo({ node })`: the path, confirmed where the engine itself ran it to
   * the very place. To be asked only for what is a problem: it runs conversations.
   */
  pathTo(goal: Goal): Witness
}

export interface CheckRule {
  readonly name: string
  readonly title: string
  find(examined: Examined): readonly Problem[]
}
