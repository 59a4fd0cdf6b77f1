/** A flow in other languages, and as a picture. A new one is a file here and a line in `formats`. */
import { compiledFlow } from '../compile/compiled.ts'
import type { Flow } from '../flow/parse.ts'
import { mermaid } from './mermaid.ts'
import { scxml } from './scxml.ts'
import { svg } from './svg.ts'

const formats = {
  json: (flow: Flow) => `${JSON.stringify(flow, null, 2)}\n`,
  /** The machine's config for `createMachine`, `setup` and Stately's tools; guards, actions and delays are named. */
  xstate: (flow: Flow) => `${JSON.stringify(compiledFlow(flow).chart.config, null, 2)}\n`,
  mermaid: (flow: Flow) => mermaid(flow),
  scxml: (flow: Flow) => scxml(flow),
  /** The picture that the editor shows, on white. */
  svg: (flow: Flow) => svg(flow),
} as const

export type ExportFormat = keyof typeof formats
// The object above is literal: its keys are the type's.
export const exportFormats = Object.keys(formats) as readonly ExportFormat[]

export function exportFlow(flow: Flow, as: ExportFormat): string {
  return formats[as](flow)
}
