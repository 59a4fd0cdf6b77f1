import type { EditorFigure } from '../figure.ts'
import { firstView as measureFirstView } from '../first-view.ts'

export const firstView: EditorFigure = {
  name: 'first-view',
  what: 'JavaScript fetched for the first view of a flow or of the gallery, whichever is more',
  reach: { atMost: 300 },
  unit: ' kB',
  async measure() {
    const { gallery, flow } = await measureFirstView()
    return {
      value: Math.max(gallery, flow),
      beside: `gallery ${gallery.toFixed(0)} kB, flow ${flow.toFixed(0)} kB, gzip`,
    }
  },
}
