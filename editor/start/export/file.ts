/** A document as the file of a format. The document itself and its pictures also of a flow that cannot be read. */
import { svgOf } from '#engine/export/svg.ts'
import { exportFlow, parseFlow, type ExportFormat, type Fault } from '#engine/index.ts'
import type { Colours } from '../../canvas/overview/paint.ts'
import type { FlowDocument } from '../../document/document.ts'
import { words } from '../../words/en.ts'
import { drawingOf } from '../picture/drawing.ts'
import { pngOf } from '../picture/png.ts'
import { endings, type ExportAs } from './formats.ts'

export interface ExportFile {
  readonly name: string
  readonly content: Blob
}

/** Why there is no file: a sentence, and the faults that have to be corrected first. */
export class ExportRefusal extends Error {
  readonly faults: readonly Fault[]
  constructor(message: string, faults: readonly Fault[] = []) {
    super(message)
    this.name = 'ExportRefusal'
    this.faults = faults
  }
}

/** @throws ExportRefusal when the flow has faults that the format cannot hold, or there is no picture of it. */
export async function fileOf(document: FlowDocument, as: ExportAs, colours: Colours): Promise<ExportFile> {
  const content = as === 'svg' || as === 'png' ? await pictureOf(document, as, colours) : textOf(document, as)
  return { name: `${document.id}${endings[as]}`, content }
}

function textOf(document: FlowDocument, as: ExportFormat): Blob {
  if (as === 'json') return new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' })
  const read = parseFlow(document)
  if (!read.ok) throw new ExportRefusal(words.exporting.faulty, read.faults)
  return new Blob([exportFlow(read.flow, as)], { type: 'text/plain' })
}

async function pictureOf(document: FlowDocument, as: 'svg' | 'png', colours: Colours): Promise<Blob> {
  const drawing = drawingOf(document)
  if (!drawing) throw new ExportRefusal(words.exporting.empty)
  const svg = svgOf(drawing, document, colours)
  if (as === 'svg') return new Blob([svg], { type: 'image/svg+xml' })
  const png = await pngOf(svg, drawing.bounds)
  if (!png) throw new ExportRefusal(words.exporting.noPicture)
  return png
}
