/** What a person does in the page, and how long the page takes over it, as the page itself sees it. */
import type { CDPSession, Page } from 'playwright-core'

export interface Smoothness {
  readonly framesPerSecond: number
  /** What the page's own thread works for a frame, in milliseconds: what others do on the machine is not in it. */
  readonly work: number
}

/** Milliseconds of panning. */
const PAN_FOR = 2_000

/**
 * Drags the pane about: one step of the hand for each frame, 15 px long or so, so that the hand never waits and never
 * runs ahead. Frames are counted by `requestAnimationFrame`, which the painter holds back when it does not keep up.
 */
export async function pan(page: Page): Promise<Smoothness> {
  const clock = await page.context().newCDPSession(page)
  await clock.send('Performance.enable')
  const before = await threadTime(clock)
  const { frames, milliseconds } = await page.evaluate(dragAbout, PAN_FOR)
  const work = (await threadTime(clock)) - before
  await clock.detach()
  return { framesPerSecond: (frames * 1_000) / milliseconds, work: work / frames }
}

/** In the page. */
async function dragAbout(lasting: number): Promise<{ readonly frames: number; readonly milliseconds: number }> {
  const pane = document.querySelector('.react-flow__pane')
  if (pane === null) throw new Error('There is nothing to pan.')
  const { x, y, width, height } = pane.getBoundingClientRect()
  const hand = (type: string, target: EventTarget, turn: number): void => {
    const clientX = x + width / 2 + Math.sin(turn) * width * 0.45
    const clientY = y + height / 2 + Math.sin(turn * 2) * height * 0.3
    const step = { clientX, clientY, bubbles: true, cancelable: true, view: window, button: 0, buttons: 1 }
    target.dispatchEvent(new MouseEvent(type, step))
  }
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
  hand('mousedown', pane, 0)
  const start = await frame()
  let [frames, last] = [0, start]
  for (; last - start < lasting; frames += 1) {
    hand('mousemove', window, (frames + 1) * 0.025)
    last = await frame()
  }
  // Back to where it began, so that one pan is like the next.
  hand('mousemove', window, 0)
  hand('mouseup', window, 0)
  return { frames, milliseconds: last - start }
}

/** What the page's own thread has worked since its clock was started, in milliseconds. */
async function threadTime(clock: CDPSession): Promise<number> {
  const { metrics } = await clock.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0) * 1_000
}

/** Opens a flow at its own address and waits until its cards stand there. */
export async function openFlow(page: Page, url: string, id: string): Promise<void> {
  await page.goto(`${url}/flows/${id}`)
  await page.locator('[data-card]').first().waitFor()
}

/** Shows all of the open flow. */
export async function showAll(page: Page): Promise<void> {
  await page.keyboard.press('Shift+Digit1')
  await page.locator('[data-overview]').waitFor()
}
