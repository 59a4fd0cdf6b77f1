import type { Locator, Page } from 'playwright-core'

/** More stops than a page has before what is looked for. */
const MOST = 80

/** Goes there by the Tab key alone, as far as that leads. */
export async function tabsTo(page: Page, place: Locator): Promise<void> {
  await place.waitFor()
  for (let stops = 0; stops < MOST; stops += 1) {
    await page.keyboard.press('Tab')
    if (await place.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('The Tab key does not lead there.')
}
