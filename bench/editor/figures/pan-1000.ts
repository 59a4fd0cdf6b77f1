import type { EditorFigure } from '../figure.ts'
import { comparePanning } from '../stage/panning.ts'

export const pan1000: EditorFigure = {
  name: 'pan-1000',
  what: 'frames a second, panning 1,000 nodes all in view',
  reach: { atLeast: 55 },
  unit: ' fps',
  measure: (stage) => comparePanning(stage, { size: 1_000, look: 'all' }),
}
