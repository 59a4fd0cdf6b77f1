/** Keys typed into the open form, and how long after each the letter is seen. */
import type { Page } from 'playwright-core'

/** Between two keys, in milliseconds: a fast typist's ten a second. */
const PACE = 100

/** Selects a step, so that the inspector shows its form. */
export async function selectStep(page: Page, id: string): Promise<void> {
  await page.locator(`[data-card="${id}"]`).click({ position: { x: 60, y: 14 } })
  await page.getByRole('complementary').getByRole('textbox').first().waitFor()
}

/** Milliseconds from each key to the frame that shows its letter, typed at the end of the step's first text. */
export async function keysToPaint(page: Page, text: string): Promise<readonly number[]> {
  await page.getByRole('complementary').locator('textarea').first().focus()
  await page.keyboard.press('Control+End')
  return typed(page, text)
}

/** The same in a field on an empty page: what the machine itself takes just now. */
export async function keysToPaintBare(page: Page, text: string): Promise<readonly number[]> {
  await page.setContent('<textarea autofocus></textarea>')
  await page.locator('textarea').focus()
  return typed(page, text)
}

async function typed(page: Page, text: string): Promise<readonly number[]> {
  await page.evaluate(listen)
  for (const letter of text) {
    await page.keyboard.type(letter)
    await page.waitForTimeout(PACE)
  }
  return page.evaluate(() => (window as Listening).keysToPaint ?? [])
}

interface Listening extends Window {
  keysToPaint?: number[]
}

/** In the page: from when the browser took the key in until after the frame that follows what it changed. */
function listen(): void {
  const taken: number[] = []
  ;(window as Listening).keysToPaint = taken
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const painted = new MessageChannel()
        painted.port1.onmessage = () => taken.push(performance.now() - timeStamp)
        painted.port2.postMessage(null)
      })
    },
    true,
  )
}
