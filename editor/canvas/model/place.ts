/** Where a new card goes: beside what it follows, and never upon another. */
import type { Drawing, Point, Rect, Size } from './parts.ts'
import { overlap, padded } from './parts.ts'
import { CARD_WIDTH, faceOf } from './face.ts'
import { GRID, toGrid } from './guides.ts'

const GAP = 80

export function rectsOf(drawing: Drawing): readonly Rect[] {
  return drawing.nodes.map((node) => {
    const { width, height } = faceOf(node)
    return { ...node.position, width, height }
  })
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
