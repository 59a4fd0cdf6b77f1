/** The two screens of a handoff: the customer's, with the widget, and the agent's, with the desk. */
import type { Browser, Locator, Page } from 'playwright-core'
import { words as deskWords } from '../../../desk/words/en.ts'

export interface Screen {
  readonly page: Page
  /** Where one writes; Enter sends. */
  readonly field: Locator
  /** What was said. */
  readonly log: Locator
}

export interface CustomerScreen extends Screen {
  /** Opens the chat and waits in line; the id of the conversation. */
  asksForPerson(): Promise<string>
}

export type Scheme = 'light' | 'dark'

export interface Look {
  readonly scheme?: Scheme
  readonly width?: number
  readonly height?: number
}

/** A browser of one's own, with nothing kept from earlier ones. */
export async function newPage(
  browser: Browser,
  { scheme = 'light', width = 1440, height = 900 }: Look = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  // What names functions for stack traces where this file runs does not go along with those that run in the page.
  await context.addInitScript('globalThis.__name = (made) => made')
  return context.newPage()
}

export async function customerAt(browser: Browser, address: string, look?: Look): Promise<CustomerScreen> {
  const page = await newPage(browser, look)
  await page.goto(address)
  const chat = page.locator('baton-chat')
  const log = chat.getByRole('log')
  const field = chat.locator('.field > *')
  return {
    page,
    log,
    field,
    async asksForPerson() {
      await chat.locator('.launcher').click()
      await log.locator('.said').first().waitFor()
      await field.fill('I want to talk to a person')
      await field.press('Enter')
      await log.locator('.said.bot').nth(1).waitFor()
      return page.evaluate(() => {
        const [, kept = '{}'] = Object.entries(localStorage).find(([name]) => name.endsWith(':conversation')) ?? []
        return String(JSON.parse(kept).id)
      })
    },
  }
}

export async function deskOf(browser: Browser, url: string, key: string, conversation: string): Promise<Screen> {
  const page = await newPage(browser)
  await page.goto(`${url}/desk/c/${conversation}#key=${key}`)
  const talk = page.getByRole('region', { name: deskWords.conversation.label, exact: true })
  await talk.getByText(deskWords.conversation.standing.mine).waitFor()
  return { page, log: talk.getByRole('log'), field: talk.getByRole('textbox') }
}
