/**
 * The part of a flow that React Flow is given, so that what it costs does not grow with the flow: the cards that stand
 * in the window or near it, those that a hand holds wherever they are, the wires that may be seen, and both ends of
 * each of these. The window grows in steps: panning changes it once in a while, not with every frame.
 */
import { rectOf } from './place.ts'
import { overlap, padded, type Drawing, type Rect, type Size } from './parts.ts'
import type { Look } from './look.ts'

/** One step, in the canvas' own units. */
const CELL = 500
/** A wire that leads back runs so far around its cards. */
const AROUND = 64

/** What is seen, out to whole cells and one more on each side. */
export function windowAt({ x, y, zoom }: Look, { width, height }: Size): Rect {
  const from = (start: number): number => (Math.floor(start / CELL) - 1) * CELL
  const to = (end: number): number => (Math.ceil(end / CELL) + 1) * CELL
  const [left, top] = [from(-x / zoom), from(-y / zoom)]
  return { x: left, y: top, width: to((width - x) / zoom) - left, height: to((height - y) / zoom) - top }
}

export function isSameRect(one: Rect | undefined, other: Rect | undefined): boolean {
  return (
    one === other ||
    (one !== undefined &&
      other !== undefined &&
      one.x === other.x &&
      one.y === other.y &&
      one.width === other.width &&
      one.height === other.height)
  )
}

/** What of a drawing belongs to a window. `held`: ids of cards and of wires that belong to any. */
export function within(drawing: Drawing, area: Rect, held: (id: string) => boolean): Drawing {
  const rects = new Map(drawing.nodes.map((node) => [node.id, rectOf(node)]))
  const given = new Set<string>()
  for (const [id, rect] of rects) if (overlap(rect, area) || held(id)) given.add(id)
  const edges = drawing.edges.filter(({ id, source, target }) => {
    const [from, to] = [rects.get(source), rects.get(target)]
    if (from === undefined || to === undefined) return false
    return held(id) || held(source) || held(target) || reaches(from, to, area)
  })
  for (const { source, target } of edges) given.add(source).add(target)
  return { nodes: drawing.nodes.filter((node) => given.has(node.id)), edges }
}

/** Whether a wire between two cards may run through an area. */
function reaches(from: Rect, to: Rect, area: Rect): boolean {
  const left = Math.min(from.x, to.x)
  const top = Math.min(from.y, to.y)
  const width = Math.max(from.x + from.width, to.x + to.width) - left
  const height = Math.max(from.y + from.height, to.y + to.height) - top
  return overlap(padded({ x: left, y: top, width, height }, AROUND), area)
}
