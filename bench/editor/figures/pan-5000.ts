import type { EditorFigure } from '../figure.ts'
import { comparePanning } from '../stage/panning.ts'

export const pan5000: EditorFigure = {
  name: 'pan-5000',
  what: 'frames a second, panning 5,000 nodes all in view',
  reach: { atLeast: 50 },
  unit: ' fps',
  measure: (stage) => comparePanning(stage, { size: 5_000, look: 'all' }),
}
