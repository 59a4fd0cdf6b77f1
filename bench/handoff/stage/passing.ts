/**
 * How long words take from one screen to another. Both pages run on one machine, so that their clocks are one:
 * `performance.timeOrigin` and what has passed since, in milliseconds. It begins with the key, as the browser took it
 * in, and ends after the frame that shows the words.
 */
import type { Screen } from './screens.ts'

export async function fromScreenToScreen(from: Screen, to: Screen, text: string): Promise<number> {
  await to.log.evaluate(watchFor, text)
  await from.field.fill(text)
  await from.page.evaluate(noteEnter)
  await from.field.press('Enter')
  const seen = await to.page.evaluate(() => (window as Watching).wordsSeenAt)
  const sent = await from.page.evaluate(() => (window as Watching).enteredAt)
  if (seen === undefined || sent === undefined) throw new Error(`“${text}” was not sent, or not seen.`)
  return seen - sent
}

interface Watching extends Window {
  enteredAt?: number
  wordsSeenAt?: Promise<number>
}

/** In the page that writes. */
function noteEnter(): void {
  const note = ({ timeStamp }: Event): void => {
    ;(window as Watching).enteredAt = performance.timeOrigin + timeStamp
  }
  window.addEventListener('keydown', note, { capture: true, once: true })
}

/** In the page that reads. */
function watchFor(log: Element, text: string): void {
  ;(window as Watching).wordsSeenAt = new Promise((resolve) => {
    const observer = new MutationObserver((changes) => {
      if (!changes.some(({ addedNodes }) => [...addedNodes].some((node) => node.textContent?.includes(text)))) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const painted = new MessageChannel()
        painted.port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
        painted.port2.postMessage(null)
      })
    })
    observer.observe(log, { childList: true, subtree: true })
  })
}
