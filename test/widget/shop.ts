/** A shop whose page holds the widget, for the widget's tests. */
import { sign } from 'hono/jwt'
import { afterAll, beforeAll } from 'vitest'
import { testBrowser, type TestBrowser } from '#test/driver/browser.ts'
import { builtWidget } from '#test/driver/built.ts'
import { words, type Customer } from '#test/driver/customer.ts'
import { flowNamed } from '#test/driver/index.ts'
import { startServer, type TestServer } from '#test/driver/server.ts'
import { openAllHours } from '#test/stories/open-all-hours.ts'

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

/** What the shop and Baton share, so that customers can be known: for the environment of a shop. */
export const sharing = { WIDGET_IDENTITY_SECRET: 'a secret that the shop and Baton share' }

/** The page tells the widget who is signed in, for so many seconds. */
export async function identified(customer: Customer, sub: string, lasts = 600): Promise<void> {
  const exp = Math.floor(Date.now() / 1_000) + lasts
  const token = await sign({ sub, exp, name: sub }, sharing.WIDGET_IDENTITY_SECRET, 'HS256')
  await calls(customer, 'identify', token)
}

/** The page calls a method of `window.baton`. */
export async function calls(customer: Customer, method: string, given?: unknown): Promise<void> {
  await customer.launcher.waitFor()
  await customer.page.evaluate(([name, value]) => Reflect.get(Reflect.get(window, 'baton'), name)(value), [
    method,
    given,
  ] as const)
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
