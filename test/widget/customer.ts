/** A customer at the widget, as tests speak of one: what they do, and what they see. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { testBrowser, type Device, type TestBrowser } from '#test/driver/browser.ts'
import { flowNamed } from '#test/driver/index.ts'
import { startServer, type TestServer } from '#test/driver/server.ts'
import { openAllHours } from '#test/stories/open-all-hours.ts'
import { builtWidget } from '../driver/built.ts'
import { wordsIn } from '#widget/words.ts'

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
    isThrough: () => log.locator('.status:not(:empty)').waitFor({ state: 'detached' }),
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

export interface TestShop {
  readonly browser: TestBrowser
  readonly server: TestServer
  /** The demo page with the chat on this flow. */
  page(flow: string): string
  /** Does something to a conversation as an agent, a bot or the operator. */
  doing(conversation: string): (event: object) => Promise<unknown>
  /** Opens the chat on the smallest flow and comes to a person. */
  withSarah(customer: Customer): Promise<(event: object) => Promise<unknown>>
}

/** A shop with the widget, a server, a browser, and Sarah, who is online: to be called at a test file's top. */
export function testShop(flows: readonly string[], environment: Readonly<Record<string, string>> = {}): TestShop {
  const browser = testBrowser()
  let running: TestServer | undefined
  beforeAll(async () => {
    const server = await startServer(
      flows.map((flow) => openAllHours(flowNamed(flow))),
      environment,
      { widget: await builtWidget() },
    )
    running = server
    const sarah = {
      name: 'Sarah Lind',
      teams: ['support'],
      skills: { orders: 3 },
      languages: ['en'],
      channels: ['web'],
      capacity: 50,
    }
    await server.admin.call('PUT', '/v1/agents/sarah', sarah)
    await server.admin.call('PUT', '/v1/agents/sarah/presence', { status: 'online' })
  })
  afterAll(async () => {
    await running?.close()
  })
  const there = (): TestServer => {
    if (!running) throw new Error('The server is there from beforeAll on.')
    return running
  }
  const doing = (conversation: string) => (event: object) =>
    there().admin.call('POST', `/v1/conversations/${conversation}/events`, event)
  return {
    browser,
    get server() {
      return there()
    },
    page: (flow) => `${there().url}/demo?flow=${flow}`,
    doing,
    async withSarah(customer) {
      await customer.opens()
      const does = doing(await customer.conversation())
      await customer.says('I want a person')
      await customer.dialog.getByText(words.next).waitFor()
      await does({ type: 'agent.accept', agent: 'sarah' })
      await customer.sees('Sarah Lind joined')
      return does
    },
  }
}

/** Waits until `read` gives `expected`. */
export async function eventually<Value>(read: () => Promise<Value>, expected: Value): Promise<void> {
  await expect.poll(read, { timeout: 15_000 }).toEqual(expected)
}
