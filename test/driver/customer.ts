/** A customer at the widget, as tests speak of one: what they do, and what they see. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { wordsIn } from '#widget/words.ts'
import type { Device } from './browser.ts'

export const words = wordsIn('en')

export interface Customer {
  readonly page: Page
  readonly launcher: Locator
  readonly dialog: Locator
  readonly log: Locator
  readonly field: Locator
  button(name: string): Locator
  /** Opens the window and waits for the first words. */
  opens(): Promise<void>
  says(text: string): Promise<void>
  sees(text: string | RegExp): Promise<void>
  /** These words, and no others, stand in the transcript once, and nothing is on its way any more. */
  seesOnce(text: string): Promise<void>
  /** Waits until everything they said has come to the server. */
  isThrough(): Promise<void>
  /** The texts of the transcript, in order; each said as `who: text`. */
  transcript(): Promise<readonly string[]>
  conversation(): Promise<string>
}

/** A tab of this device, on the demo page of this flow. */
export async function customerAt(device: Device, address: string): Promise<Customer> {
  const page = await device.tab()
  await page.goto(address)
  const chat = page.locator('baton-chat')
  const dialog = chat.getByRole('dialog')
  const log = chat.getByRole('log')
  const field = chat.locator('.field > *')
  const isThrough = (): Promise<void> => log.locator('.status:not(:empty)').first().waitFor({ state: 'detached' })
  return {
    page,
    launcher: chat.locator('.launcher'),
    dialog,
    log,
    field,
    button: (name) => chat.getByRole('button', { name, exact: true }),
    async opens() {
      await chat.locator('.launcher').click()
      await log.locator('.said').first().waitFor()
    },
    async says(text) {
      await field.fill(text)
      await field.press('Enter')
    },
    sees: (text) => log.getByText(text).last().waitFor(),
    async seesOnce(text) {
      await log.getByText(text, { exact: true }).first().waitFor()
      await isThrough()
      expect(await log.getByText(text, { exact: true }).count()).toBe(1)
    },
    isThrough,
    transcript: () =>
      log
        .locator('.said')
        .evaluateAll((said) =>
          said.map(
            (each) =>
              `${each.querySelector('.who bdi')?.textContent}: ${each.querySelector('.text')?.textContent ?? ''}`,
          ),
        ),
    conversation: () =>
      page.evaluate(() => {
        const [, kept = '{}'] = Object.entries(localStorage).find(([key]) => key.endsWith(':conversation')) ?? []
        return String(JSON.parse(kept).id)
      }),
  }
}
