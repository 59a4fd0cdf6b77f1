/**
 * Alignment while cards are dragged: the edges and middles of what moves catch on those of what stands near, else on the
 * grid. The nearest catch wins on each axis alone.
 */
import type { Point, Rect } from './parts.ts'

export const GRID = 20

export interface Guide {
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly from: number
  readonly to: number
}
export interface Snapped {
  readonly shift: Point
  readonly guides: readonly Guide[]
}

/** How far `moving` is to be shifted so that it stands in line; `reach` in the canvas' own units. */
export function snap(moving: Rect, others: readonly Rect[], reach: number): Snapped {
  const x = nearest(moving, others, reach, 'x')
  const y = nearest(moving, others, reach, 'y')
  const shift = { x: x?.shift ?? toGrid(moving.x) - moving.x, y: y?.shift ?? toGrid(moving.y) - moving.y }
  const settled = { ...moving, x: moving.x + shift.x, y: moving.y + shift.y }
  return { shift, guides: [...(x ? [guide(settled, x, 'x')] : []), ...(y ? [guide(settled, y, 'y')] : [])] }
}

export function toGrid(value: number): number {
  return Math.round(value / GRID) * GRID
}

interface Catch {
  readonly shift: number
  readonly at: number
  readonly other: Rect
}

function nearest(moving: Rect, others: readonly Rect[], reach: number, axis: 'x' | 'y'): Catch | undefined {
  const own = lines(moving, axis)
  let best: Catch | undefined
  for (const other of others) {
    const theirs = lines(other, axis)
    for (let line = 0; line < 3; line += 1) {
      const shift = (theirs[line] ?? 0) - (own[line] ?? 0)
      const closer = Math.abs(shift) < Math.abs(best?.shift ?? reach + Number.EPSILON)
      if (Math.abs(shift) <= reach && (best === undefined || closer)) best = { shift, at: theirs[line] ?? 0, other }
    }
  }
  return best
}

function lines(rect: Rect, axis: 'x' | 'y'): readonly [number, number, number] {
  const start = rect[axis]
  const length = axis === 'x' ? rect.width : rect.height
  return [start, start + length / 2, start + length]
}

function guide(moving: Rect, { at, other }: Catch, axis: 'x' | 'y'): Guide {
  const [cross, side] = axis === 'x' ? (['y', 'height'] as const) : (['x', 'width'] as const)
  return {
    axis,
    at,
    from: Math.min(moving[cross], other[cross]),
    to: Math.max(moving[cross] + moving[side], other[cross] + other[side]),
  }
}
