/** What a flow can be taken away as: the engine's languages, and pictures. */
import type { ExportFormat } from '#engine/index.ts'

export type ExportAs = ExportFormat | 'svg' | 'png'

/** How each file's name ends, in the order they are offered. */
export const endings = {
  json: '.flow.json',
  xstate: '.xstate.json',
  mermaid: '.mmd',
  scxml: '.scxml',
  svg: '.svg',
  png: '.png',
} as const satisfies Readonly<Record<ExportAs, string>>

/** The key of each, with Alt and Shift held. */
export const exportKeys = {
  json: 'J',
  xstate: 'E',
  mermaid: 'M',
  scxml: 'C',
  svg: 'V',
  png: 'I',
} as const satisfies Readonly<Record<ExportAs, string>>

// The object above is literal: its keys are the type's.
export const exportsAs = Object.keys(endings) as readonly ExportAs[]
