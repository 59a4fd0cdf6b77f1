import { median } from '../../rounds.ts'
import type { EditorFigure } from '../figure.ts'
import { openFlow } from '../stage/gestures.ts'
import { keysToPaint, selectStep } from '../stage/typing.ts'

const CHANGES = 15
/** The check waits until the keys rest; in milliseconds. */
const REST = 400

export const problems: EditorFigure = {
  name: 'problems',
  what: 'the problems of a flow of 200 nodes, found anew after a change',
  reach: { atMost: 100 },
  unit: ' ms',
  async measure(stage) {
    const id = await stage.flow(200)
    return stage.visit(async (page) => {
      await page.addInitScript(timeChecks)
      await openFlow(page, stage.url, id)
      await selectStep(page, 'hello')
      for (let change = 0; change < CHANGES; change++) {
        await keysToPaint(page, 'x')
        await page.waitForTimeout(REST)
      }
      const times = await page.evaluate(() => (window as Timed).checks ?? [])
      // The first is the opening's: the worker has yet to start.
      return {
        value: median(times.slice(1)),
        beside: `the slowest of ${times.length - 1} took ${Math.max(...times.slice(1)).toFixed(0)} ms`,
      }
    })
  },
}

interface Timed extends Window {
  checks?: number[]
}

/** In the page: from when a document goes to the worker that checks it until the answer is back. */
function timeChecks(): void {
  const checks: number[] = []
  ;(window as Timed).checks = checks
  const { postMessage } = Worker.prototype
  const isCheck = (message: unknown): boolean => Reflect.get(Object(message), 'ask') === 'examine'
  Worker.prototype.postMessage = function (this: Worker, message: unknown) {
    if (isCheck(message)) {
      const from = performance.now()
      const take = ({ data }: MessageEvent<unknown>): void => {
        if (!isCheck(data)) return
        checks.push(performance.now() - from)
        this.removeEventListener('message', take)
      }
      this.addEventListener('message', take)
    }
    postMessage.call(this, message)
  }
}
