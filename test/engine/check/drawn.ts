import type { Flow } from '#engine/index.ts'
import { draw, supportEdges, supportNodes, type Drawn } from '../draw.ts'

export interface Redrawn {
  /** Edges of the support flow that are left out, by how they begin. */
  readonly without?: readonly string[]
  readonly with?: readonly string[]
}

/** The support flow with some nodes in another's place or added, and with other edges. */
export function support(
  nodes: Readonly<Record<string, Drawn>>,
  { without = [], with: added = [] }: Redrawn = {},
  variables: object = {},
): Flow {
  const kept = supportEdges.filter((edge) => !without.some((start) => edge.startsWith(start)))
  return draw({ ...supportNodes, ...nodes }, [...kept, ...added], { orderNumber: { type: 'text' }, ...variables })
}
