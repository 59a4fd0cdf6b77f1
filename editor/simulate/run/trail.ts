/** The way that a conversation took, to be lit: every node and every drawn connection that the engine says it passed. */
import { nodeOfState } from '#engine/conversation/state.ts'
import type { PathStep } from '#engine/explore/path.ts'

/** As much of a flow, or of its document, as is needed here. */
interface Drawn {
  readonly edges: readonly Edge[]
}
interface Edge {
  readonly id: string
  readonly source: string
  readonly sourceHandle: string
  readonly target: string
}

/** What one event led to. */
export type Passed = Pick<PathStep, 'state' | 'ways'>

export interface Trail {
  /** The node where it stands. */
  readonly active: string
  readonly nodes: ReadonlySet<string>
  /** By the connection's id which of the steps passed it, counted from 0. */
  readonly edges: ReadonlyMap<string, ReadonlySet<number>>
}

/** The way of these steps; the last of them is where it stands. */
export function trailOf({ edges: drawn }: Drawn, steps: readonly Passed[]): Trail {
  const byWay = new Map(drawn.map((edge) => [`${edge.source}\n${edge.sourceHandle}`, edge]))
  const nodes = new Set<string>()
  const edges = new Map<string, Set<number>>()
  let active = ''
  for (const [index, { state, ways }] of steps.entries()) {
    for (const { node, outlet } of ways) {
      nodes.add(node)
      const edge = byWay.get(`${node}\n${outlet}`)
      if (edge === undefined) continue
      nodes.add(edge.target)
      edges.set(edge.id, (edges.get(edge.id) ?? new Set()).add(index))
    }
    active = nodeOfState(state)
    nodes.add(active)
  }
  return { active, nodes, edges }
}
