import type { Browser } from 'playwright-core'
import { median } from '../../rounds.ts'
import type { HandoffFigure } from '../figure.ts'
import { newPage } from '../stage/screens.ts'
import { playOn } from '../stage/stage.ts'

const VISITS = 21

export const widgetReady: HandoffFigure = {
  name: 'widget-ready',
  lines: [
    {
      what: 'a blank page with the chat, for a browser that was never there, until the chat’s button is seen',
      reach: { atMost: 150 },
      unit: ' ms',
    },
  ],
  measure: () =>
    playOn(async (stage) => {
      const browser = await stage.browser()
      const host = await stage.host()
      // The first page of all is the browser's own warm-up.
      await visit(browser, `${host}/bare`, ':root')
      const [times, bare]: [number[], number[]] = [[], []]
      while (times.length < VISITS) {
        times.push(await visit(browser, host, 'baton-chat'))
        bare.push(await visit(browser, `${host}/bare`, ':root'))
      }
      const [slowest, alone] = [Math.max(...times), median(bare)].map((time) => time.toFixed(0))
      const beside = `half of ${VISITS} visits; the slowest ${slowest} ms; the page alone ${alone} ms`
      return [{ value: median(times), beside }]
    }),
}

/** Milliseconds of the page's life until the part is painted; of the chat, until its button is. */
async function visit(browser: Browser, address: string, part: string): Promise<number> {
  const page = await newPage(browser)
  try {
    await page.addInitScript(watchForPaint, part)
    await page.goto(address)
    return Number(await (await page.waitForFunction(() => (window as Watched).paintedAt)).jsonValue())
  } finally {
    await page.context().close()
  }
}

interface Watched extends Window {
  paintedAt?: number
}

/** In the page. */
function watchForPaint(part: string): void {
  const look = (): void => {
    const found = document.querySelector(part)
    const drawn = found?.shadowRoot ? found.shadowRoot.querySelector('.launcher') : part.includes('-') ? null : found
    if (!drawn || drawn.getBoundingClientRect().width === 0) {
      requestAnimationFrame(look)
      return
    }
    const painted = new MessageChannel()
    painted.port1.onmessage = () => {
      ;(window as Watched).paintedAt = performance.now()
    }
    painted.port2.postMessage(null)
  }
  requestAnimationFrame(look)
}
