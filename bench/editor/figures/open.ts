import type { Page } from 'playwright-core'
import { median } from '../../rounds.ts'
import type { EditorFigure } from '../figure.ts'

const OPENINGS = 9

export const open: EditorFigure = {
  name: 'open',
  what: 'a flow of 1,000 nodes at its own address, from nothing until it can be used',
  reach: { atMost: 500 },
  unit: ' ms',
  async measure(stage) {
    const id = await stage.flow(1_000)
    return stage.visit(async (page) => {
      await page.addInitScript(watchForUse)
      const first = await opened(page, `${stage.url}/flows/${id}`)
      const times: number[] = []
      while (times.length < OPENINGS) times.push(await opened(page, `${stage.url}/flows/${id}`))
      return {
        value: median(times),
        beside: `the app in the browser's cache; the very first time ${first.toFixed(0)} ms`,
      }
    })
  },
}

/** Milliseconds of the page's life until it could be used. */
async function opened(page: Page, address: string): Promise<number> {
  await page.goto('about:blank')
  await page.goto(address)
  return (await page.waitForFunction(() => (window as Watched).usableAt)).jsonValue().then(Number)
}

interface Watched extends Window {
  usableAt?: number
}

/** In the page: cards, wires and the form beside them are there, and painted. */
function watchForUse(): void {
  const look = (): void => {
    const isThere = ['[data-card]', '.react-flow__edge', 'aside textarea'].every((each) => document.querySelector(each))
    if (!isThere) {
      requestAnimationFrame(look)
      return
    }
    const painted = new MessageChannel()
    painted.port1.onmessage = () => {
      ;(window as Watched).usableAt = performance.now()
    }
    painted.port2.postMessage(null)
  }
  requestAnimationFrame(look)
}
