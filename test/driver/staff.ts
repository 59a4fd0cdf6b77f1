/** An agent or a supervisor at the desk, as tests speak of one: what they do, and what they see. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { words } from '#desk/words/en.ts'
import type { Device } from './browser.ts'

export type Staff = Awaited<ReturnType<typeof staffAt>>

/** How long they wait for what must come. */
const PATIENCE = 20_000

/** A tab of this device for the desk of the server at `url`. `key` null: not signed in. */
export async function staffAt(device: Device, url: string, key: string | null) {
  const page = await device.tab()
  page.setDefaultTimeout(PATIENCE)
  const named = (role: 'button' | 'link' | 'radio' | 'menuitem', name: string | RegExp): Locator =>
    page.getByRole(role, { name, exact: typeof name === 'string' })
  const talk = page.getByRole('region', { name: words.conversation.label, exact: true })
  const field = talk.getByRole('textbox')
  return {
    device,
    page,
    talk,
    field,
    /** Says that the conversation which is open is theirs. */
    mine: talk.getByText(words.conversation.standing.mine, { exact: true }),
    transcript: talk.getByRole('log'),
    list: page.getByRole('region', { name: words.inbox.label, exact: true }),
    package: page.getByRole('complementary', { name: words.context.label }),
    offer: (name: string): Locator => page.getByRole('article', { name: words.offers.title(name) }),
    button: (name: string | RegExp): Locator => named('button', name),
    named,
    async opens(path = '/desk'): Promise<void> {
      await page.goto(`${url}${path}${key === null ? '' : `#key=${key}`}`)
      if (key !== null) await page.getByRole('navigation', { name: words.shell.rooms }).waitFor()
    },
    async accepts(name: string): Promise<void> {
      await this.offer(name).getByRole('button', { name: words.offers.accept }).click()
      await this.mine.waitFor()
    },
    async writes(text: string): Promise<void> {
      await field.fill(text)
      await field.press('Enter')
    },
    /** The words stand in the transcript, and not as on their way. */
    async sees(text: string | RegExp): Promise<void> {
      await this.transcript.getByText(text).first().waitFor()
    },
    async seesOnce(text: string): Promise<void> {
      await this.sees(text)
      await talk.getByText(words.conversation.sending).first().waitFor({ state: 'hidden' })
      expect(await this.transcript.getByText(text, { exact: true }).count()).toBe(1)
    },
  }
}
