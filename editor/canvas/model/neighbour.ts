/** Which card lies that way: what the arrow keys walk to. */
import { faceOf } from './face.ts'
import { GRID } from './guides.ts'
import { middle, type FlowNode, type Point } from './parts.ts'

/** The nearest card in a direction: what lies aside counts double. */
export function neighbour(nodes: readonly FlowNode[], from: FlowNode, { x, y }: Point): FlowNode | undefined {
  const centre = (node: FlowNode): Point =>
    middle({ ...node.position, width: faceOf(node).width, height: faceOf(node).height })
  const own = centre(from)
  let best: { readonly node: FlowNode; readonly far: number } | undefined
  for (const node of nodes) {
    const there = centre(node)
    const along = (there.x - own.x) * x + (there.y - own.y) * y
    const aside = Math.abs((there.x - own.x) * y + (there.y - own.y) * x)
    const far = along + 2 * aside
    if (node.id !== from.id && along > GRID && aside <= 2 * along && far < (best?.far ?? Infinity)) best = { node, far }
  }
  return best?.node
}
