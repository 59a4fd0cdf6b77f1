/** A document as shapes, also where a step of it cannot be read; miniatures and exported pictures are drawn from it. */
import { drawn, type Drawing } from '#engine/export/picture/drawing.ts'
import { faceOf } from '../../canvas/model/face.ts'
import type { FlowDocument } from '../../document/document.ts'

export { short } from '#engine/export/picture/drawing.ts'

/** The drawing of a document; none when there is nothing to draw, or its steps lie too far apart. */
export function drawingOf({ nodes, edges, notes }: FlowDocument): Drawing | undefined {
  return drawn({ nodes: nodes.map((node) => ({ ...node, face: faceOf(node) })), edges, notes })
}
