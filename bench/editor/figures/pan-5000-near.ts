import type { EditorFigure } from '../figure.ts'
import { comparePanning } from '../stage/panning.ts'

export const pan5000Near: EditorFigure = {
  name: 'pan-5000-near',
  what: 'frames a second, panning 5,000 nodes at the zoom one works at',
  reach: { atLeast: 50 },
  unit: ' fps',
  measure: (stage) => comparePanning(stage, { size: 5_000, look: 'work' }),
}
