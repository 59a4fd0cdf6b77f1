/** Where a new card goes: beside what it follows, and never upon another. */
import type { Drawing, FlowNode, Point, Rect, Size } from './parts.ts'
import { overlap, padded } from './parts.ts'
import { CARD_WIDTH, faceOf } from './face.ts'
import { GRID, toGrid } from './guides.ts'

const GAP = 80

const rects = new WeakMap<FlowNode, Rect>()

/** Where a card stands; remembered for as long as the node is. */
export function rectOf(node: FlowNode): Rect {
  const known = rects.get(node)
  if (known !== undefined) return known
  const { width, height } = faceOf(node)
  const rect = { ...node.position, width, height }
  rects.set(node, rect)
  return rect
}

export function rectsOf(drawing: Pick<Drawing, 'nodes'>): readonly Rect[] {
  return drawing.nodes.map(rectOf)
}

/** The first free place at or below the wanted one. */
export function freePlace(taken: readonly Rect[], wanted: Point, { width, height }: Size): Point {
  const x = toGrid(wanted.x)
  const inTheWay = taken.filter((rect) => rect.x < x + width + GRID && x - GRID < rect.x + rect.width)
  for (let y = toGrid(wanted.y); ; y += GRID) {
    if (!inTheWay.some((rect) => overlap(padded({ x, y, width, height }, GRID - 1), rect))) return { x, y }
  }
}

/** To the right of a card. */
export function beside({ x, y }: Point): Point {
  return { x: x + CARD_WIDTH + GAP, y }
}
