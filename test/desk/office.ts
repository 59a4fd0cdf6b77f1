/** A started server that serves the desk, its people at their browsers, and customers who write by HTTP. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { testBrowser, type Device, type DeviceOptions } from '../driver/browser.ts'
import { builtDesk } from '../driver/built.ts'
import { flowNamed } from '../driver/index.ts'
import { startServer, type Caller, type TestServer } from '../driver/server.ts'
import { words } from '#desk/words/en.ts'

export interface Office {
  readonly server: TestServer
  /** An agent of the support team, online, signed in at a desk of their own by the link. */
  agent(id: string, name: string, options?: DeviceOptions): Promise<Person>
  supervisor(options?: DeviceOptions): Promise<Person>
  /** A desk that nobody is signed in at. */
  guest(options?: DeviceOptions): Promise<Person>
  /** A customer at the shop's bot. */
  customer(name: string): Promise<Customer>
  /** Everybody goes offline and nobody waits, so that a test begins with those it names. */
  empties(): Promise<void>
}

export interface Customer {
  readonly id: string
  readonly name: string
  says(text: string): Promise<void>
  /** Says to the server that the customer writes, or has stopped. */
  types(typing: boolean): Promise<void>
  /** Whether the customer's window is told that somebody writes. */
  seesTyping(): Promise<void>
  /** What the customer is shown, in order. */
  reads(): Promise<readonly string[]>
}

export type Person = Awaited<ReturnType<typeof personAt>>

const TEAM = 'support'
/** How long a person waits for what must come. */
const PATIENCE = 10_000

/** For a test file, to be called at its top. */
export function testOffice(): Office {
  const browser = testBrowser()
  const staff = new Set<string>()
  let running: TestServer | undefined
  beforeAll(async () => {
    running = await startServer([flowNamed('ecommerce')], {}, { desk: await builtDesk() })
    const { admin } = running
    await admin.call('PUT', `/v1/teams/${TEAM}`, { name: 'Support', offerFor: '5m' })
    await admin.call('PUT', '/v1/agents/closer', { name: 'Closer', teams: [], skills: {}, languages: [], channels: [], capacity: 9 })
    await admin.call('PUT', '/v1/canned-replies/late', {
      shortcut: 'late', title: 'Late parcel', text: 'I am sorry about your parcel, {{ customer.name }}. {{ agent.name }} looks into it.',
    })
    await admin.call('PUT', '/v1/canned-replies/hello', { shortcut: 'hello', title: 'Greeting', text: 'Hello, how can I help?' })
  })
  afterAll(async () => {
    await running?.close()
  })
  const server = (): TestServer => {
    if (running === undefined) throw new Error('The server is there from beforeAll on.')
    return running
  }
  const at = async (key: string | null, options: DeviceOptions = {}): Promise<Person> => {
    const device = await browser.device(options)
    return personAt(device, await device.tab(), server(), key)
  }
  return {
    get server() {
      return server()
    },
    async agent(id, name, options) {
      staff.add(id)
      const profile = { name, teams: [TEAM], skills: { orders: 5 }, languages: ['en'], channels: [], capacity: 5 }
      await server().admin.call('PUT', `/v1/agents/${id}`, profile)
      await server().admin.call('PUT', `/v1/agents/${id}/presence`, { status: 'online' })
      return at((await server().as('agent', id)).key, options)
    },
    supervisor: async (options) => at((await server().as('supervisor')).key, options),
    guest: (options) => at(null, options),
    customer: (name) => customerOf(server(), name),
    async empties() {
      const { admin } = server()
      for (const phase of ['agentActive', 'queued']) {
        const { items } = (await admin.call('GET', `/v1/conversations?phase=${phase}&limit=200`)) as { items: readonly { id: string }[] }
        for (const { id } of items) {
          const tell = (event: object) => admin.call('POST', `/v1/conversations/${id}/events`, event)
          if (phase === 'queued') await tell({ type: 'agent.accept', agent: 'closer' })
          await tell({ type: 'agent.resolve', resolution: 'The test is over' })
        }
      }
      for (const id of staff) await admin.call('PUT', `/v1/agents/${id}/presence`, { status: 'offline' })
      staff.clear()
    },
  }
}

let customers = 0

async function customerOf({ admin, with: caller }: TestServer, name: string): Promise<Customer> {
  const id = `customer-${(customers += 1)}`
  // What API.md's `POST /v1/conversations` answers.
  const begun = (await admin.call('POST', '/v1/conversations', { flow: 'ecommerce', id, customer: { name } })) as { customerToken: string }
  const self: Caller = caller(begun.customerToken)
  return {
    id, name,
    async says(text) {
      await self.call('POST', `/v1/conversations/${id}/events`, { type: 'customer.message', text })
    },
    async types(typing) {
      await self.call('POST', `/v1/conversations/${id}/typing`, { typing })
    },
    async seesTyping() {
      const ending = new AbortController()
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(PATIENCE)])
      let heard = ''
      for await (const part of await self.listen(`/v1/conversations/${id}/stream`, signal)) {
        heard += part
        if (/event: typing\ndata: .*"typing":true/.test(heard)) return ending.abort()
      }
    },
    async reads() {
      const { messages } = (await self.call('GET', `/v1/conversations/${id}/transcript`)) as { messages: { text: string }[] }
      return messages.map(({ text }) => text)
    },
  }
}

/** A person at a tab of a device. `key` null: not signed in. */
function personAt(device: Device, page: Page, { url }: TestServer, key: string | null) {
  page.setDefaultTimeout(PATIENCE)
  const named = (role: 'button' | 'link' | 'radio' | 'menuitem', name: string | RegExp): Locator => page.getByRole(role, { name, exact: typeof name === 'string' })
  const talk = page.getByRole('region', { name: words.conversation.label, exact: true })
  const field = talk.getByRole('textbox')
  return {
    device,
    page,
    talk,
    field,
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
      await talk.getByText(words.conversation.standing.mine).waitFor()
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
      await talk.getByText(words.conversation.sending).waitFor({ state: 'hidden' })
      expect(await this.transcript.getByText(text, { exact: true }).count()).toBe(1)
    },
  }
}
