/** Rectangles, and the parts of a document that the canvas draws. */
import type { Rect } from '#engine/export/picture/rect.ts'
import type { FlowDocument, FlowEdge, FlowNode, Point } from '../../document/document.ts'

export { around, overlap, padded, type Rect, type Size } from '#engine/export/picture/rect.ts'

export type Drawing = Pick<FlowDocument, 'nodes' | 'edges'>

export function holds(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height
}

export function middle({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

export type { FlowDocument, FlowEdge, FlowNode, Point }
