/** Ways to the faults that were found, as conversations that the engine itself has run. */
import type { Compiled } from '../compile/compiled.ts'
import type { Path } from '../explore/path.ts'
import { reach, type Goal } from '../explore/reach.ts'
import type { Graph } from './graph.ts'

export interface Witness {
  readonly path?: Path
  /** Left out where no way was asked for. */
  readonly confirmed?: boolean
}

/** Events tried at most for one fault; near it; and in vain for all faults of a flow: a check is asked for at every stroke. */
const EACH = 600
const NEAR = 200
const ALL = 3_000
/** What a way that is found counts of that: found ways take far fewer events than looking in vain. */
const FOUND = 100
/** Nodes before the one that was not come to, from which a way is shown all the same. */
const NEARBY = 3

/**
 * Finds the way to a fault: to its very place, confirmed; else as near to it as the engine comes, not confirmed. Without a
 * path where nobody comes near, or where a flow has so many faults that looking further would take too long.
 */
export function witnesses(compiled: Compiled, graph: Graph): (goal: Goal) => Witness {
  const known = new Map<string, Path | undefined>()
  let left = ALL
  const attempt = (goal: Goal, budget: number): Path | undefined => {
    const key = 'holds' in goal ? undefined : JSON.stringify(goal)
    if (key !== undefined && known.has(key)) return known.get(key)
    const path = left < budget ? undefined : reach(compiled, goal, { budget })
    left -= path === undefined ? budget : FOUND
    if (key !== undefined) known.set(key, path)
    return path
  }
  return (goal) => {
    const path = attempt(goal, EACH)
    if (path !== undefined) return { path, confirmed: true }
    const way = graph.wayTo(placeOf(goal)) ?? []
    for (const { from } of way.slice(-NEARBY).toReversed()) {
      const near = attempt({ node: from }, NEAR)
      if (near !== undefined) return { path: near, confirmed: false }
    }
    return { confirmed: false }
  }
}

function placeOf(goal: Goal): string {
  if ('node' in goal) return goal.node
  return 'outlet' in goal ? goal.outlet.node : (goal.at ?? '')
}
