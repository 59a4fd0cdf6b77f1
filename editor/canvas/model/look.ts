/** Viewports: where a flow is first looked at, and what holds what. */
import type { Viewport as Look } from '@xyflow/react'
import { around, middle, type Point, type Rect, type Size } from './parts.ts'

/** Below this zoom the cards are drawn as tiles on one 2D canvas. */
export const OVERVIEW_BELOW = 0.35
export const ZOOM = { least: 0.02, most: 2 } as const
const READABLE = 0.7

/** The first look at a flow: all of it where its cards can then be read, else its beginning. */
export function firstLook(cards: readonly Rect[], start: Point, size: Size): Look {
  const bounds = around(cards)
  if (bounds === undefined) return { x: 0, y: 0, zoom: 1 }
  const whole = fitting(bounds, size, 1)
  if (whole.zoom >= READABLE) return whole
  const [height, margin] = [size.height / READABLE, 48 / READABLE]
  // As near to the start as leaves no empty strip above or below.
  const highest = bounds.y - margin
  const lowest = bounds.y + bounds.height + margin - height
  const top = lowest <= highest ? (highest + lowest) / 2 : Math.max(highest, Math.min(lowest, start.y - height / 2))
  return { x: 48 - start.x * READABLE, y: -top * READABLE, zoom: READABLE }
}

/** The viewport that holds a rectangle, with a margin. */
export function fitting(bounds: Rect, { width, height }: Size, most: number): Look {
  const margin = 64
  const zoom = Math.max(ZOOM.least, Math.min(most, (width - margin) / bounds.width, (height - margin) / bounds.height))
  return centred(middle(bounds), zoom, { width, height })
}

/** The viewport with a point in its middle. */
export function centred({ x, y }: Point, zoom: number, { width, height }: Size): Look {
  return { x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom }
}

export type { Look }
