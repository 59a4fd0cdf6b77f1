import { quantile } from '../../quantile.ts'
import type { EditorFigure } from '../figure.ts'
import { openFlow } from '../stage/gestures.ts'
import type { Stage } from '../stage/stage.ts'
import { keysToPaint, keysToPaintBare, selectStep } from '../stage/typing.ts'

/** Long enough that one in twenty is six. */
const TEXT =
  ' We are here for you every day of the week, and every question about an order, big or small, is welcome here.'

export const typing: EditorFigure = {
  name: 'typing',
  what: 'from a key in a step’s form to its letter, 95 in 100, in a flow of 1,000 nodes',
  reach: { atMost: 50 },
  unit: ' ms',
  async measure(stage) {
    const times = await typedIn(stage, 1_000)
    const large = await typedIn(stage, 5_000)
    const bare = await stage.visit((page) => keysToPaintBare(page, TEXT))
    return {
      value: quantile(times, 0.95),
      beside: `${inWords(times)}; with 5,000 nodes ${inWords(large)}; in a field on an empty page ${inWords(bare)}`,
    }
  },
}

function inWords(times: readonly number[]): string {
  return `half within ${quantile(times, 0.5).toFixed(0)} and 95 in 100 within ${quantile(times, 0.95).toFixed(0)} ms`
}

async function typedIn(stage: Stage, size: number): Promise<readonly number[]> {
  const id = await stage.flow(size)
  return stage.visit(async (page) => {
    await openFlow(page, stage.url, id)
    await selectStep(page, 'hello')
    return keysToPaint(page, TEXT)
  })
}
