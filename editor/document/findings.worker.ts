/** Parses and checks a document away from the screen: asked with a document, answers `Findings`. */
import { check, parseFlow } from '#engine/index.ts'
import type { FlowDocument } from './document.ts'
import type { Findings } from './findings.ts'

globalThis.onmessage = ({ data }: MessageEvent<FlowDocument>): void => {
  globalThis.postMessage(examine(data))
}

function examine(document: FlowDocument): Findings {
  const read = parseFlow(document)
  return read.ok ? { faults: [], problems: check(read.flow) } : { faults: read.faults, problems: [] }
}
