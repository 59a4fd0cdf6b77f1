/** The line of a wire: a soft curve onward; around both cards where it leads back. */
import { getBezierPath, Position } from '@xyflow/react'
import type { Point } from '../model/parts.ts'
import type { Ends } from '../model/scene.ts'

export interface Line {
  readonly path: string
  readonly middle: Point
}

/** Nearer than this a curve would turn back on itself. */
const ONWARD = 24
/** How far a wire that leads back goes out before it turns. */
export const OUT = 24
const CLEAR = 18
const RADIUS = 14
const bare: Ends = { sourceHead: 0, sourceFoot: 0, targetHead: 0, targetFoot: 0 }

export function lineOf(from: Point, to: Point, ends: Ends = bare): Line {
  const lane = laneOf(from, to, ends)
  return lane === undefined ? onward(from, to) : back(from, to, lane)
}

function onward(from: Point, to: Point): Line {
  const [path, x, y] = getBezierPath({
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: Position.Right,
    targetX: to.x,
    targetY: to.y,
    targetPosition: Position.Left,
    curvature: 0.3,
  })
  return { path, middle: { x, y } }
}

/** The height at which a wire runs back: between the two cards where there is room, else below both. None: it leads onward. */
export function laneOf(
  from: Point,
  to: Point,
  { sourceHead, sourceFoot, targetHead, targetFoot }: Ends,
): number | undefined {
  if (to.x >= from.x + ONWARD) return undefined
  const source = { top: from.y - sourceHead, bottom: from.y + sourceFoot }
  const target = { top: to.y - targetHead, bottom: to.y + targetFoot }
  if (target.top - source.bottom >= 2 * CLEAR) return target.top - CLEAR
  if (source.top - target.bottom >= 2 * CLEAR) return target.bottom + CLEAR
  return Math.max(source.bottom, target.bottom) + CLEAR
}

/** Out, to the lane, along it, and in: with round corners. */
function back(from: Point, to: Point, lane: number): Line {
  const corners = [
    { x: from.x + OUT, y: from.y },
    { x: from.x + OUT, y: lane },
    { x: to.x - OUT, y: lane },
    { x: to.x - OUT, y: to.y },
  ]
  const points = [from, ...corners, to]
  const turns = corners.map((corner, index) => turn(points[index] ?? from, corner, points[index + 2] ?? to))
  return { path: `M${from.x} ${from.y}${turns.join('')}L${to.x} ${to.y}`, middle: { x: (from.x + to.x) / 2, y: lane } }
}

function turn(before: Point, corner: Point, after: Point): string {
  const start = towards(corner, before)
  const end = towards(corner, after)
  return `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`
}

function towards(corner: Point, { x, y }: Point): Point {
  const far = Math.abs(x - corner.x) + Math.abs(y - corner.y)
  const step = far === 0 ? 0 : Math.min(RADIUS, far / 2) / far
  return { x: corner.x + (x - corner.x) * step, y: corner.y + (y - corner.y) * step }
}
