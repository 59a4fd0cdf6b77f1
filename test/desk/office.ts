/** A started server that serves the desk, its people at their browsers, and customers who write by HTTP. */
import type { Flow } from '#engine/index.ts'
import { afterAll, beforeAll } from 'vitest'
import { testBrowser, type DeviceOptions } from '../driver/browser.ts'
import { builtDesk } from '../driver/built.ts'
import { endAll } from '../driver/ending.ts'
import { flowNamed } from '../driver/index.ts'
import { startServer, type Caller, type TestServer } from '../driver/server.ts'
import { staffAt, type Staff } from '../driver/staff.ts'
import { openAllHours } from '../stories/open-all-hours.ts'

export interface Office {
  readonly server: TestServer
  /** An agent of the support team, online, signed in at a desk of their own by the link. */
  agent(id: string, name: string, options?: DeviceOptions): Promise<Staff>
  supervisor(options?: DeviceOptions): Promise<Staff>
  /** A desk that nobody is signed in at. */
  guest(options?: DeviceOptions): Promise<Staff>
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

const TEAM = 'support'
/** How long a person waits for what must come. */
const PATIENCE = 10_000

/** For a test file, to be called at its top. `flows`: others beside the shop's. `setUp`: what the server is told beside. */
export function testOffice(
  flows: readonly Flow[] = [],
  setUp: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): Office {
  const browser = testBrowser()
  let running: TestServer | undefined
  beforeAll(async () => {
    const environment = await setUp()
    running = await startServer([openAllHours(flowNamed('ecommerce')), ...flows], environment, {
      desk: await builtDesk(),
    })
    const { admin } = running
    await admin.call('PUT', `/v1/teams/${TEAM}`, { name: 'Support', offerFor: '5m' })
    await admin.call('PUT', '/v1/canned-replies/late', {
      shortcut: 'late',
      title: 'Late parcel',
      text: 'I am sorry about your parcel, {{ customer.name }}. {{ agent.name }} looks into it.',
    })
    await admin.call('PUT', '/v1/canned-replies/hello', {
      shortcut: 'hello',
      title: 'Greeting',
      text: 'Hello, how can I help?',
    })
  })
  afterAll(async () => {
    await running?.close()
  })
  const server = (): TestServer => {
    if (running === undefined) throw new Error('The server is there from beforeAll on.')
    return running
  }
  const at = async (key: string | null, options: DeviceOptions = {}): Promise<Staff> => {
    const device = await browser.device(options)
    return staffAt(device, server().url, key)
  }
  return {
    get server() {
      return server()
    },
    async agent(id, name, options) {
      const profile = { name, teams: [TEAM], skills: { orders: 5 }, languages: ['en'], channels: [], capacity: 5 }
      await server().admin.call('PUT', `/v1/agents/${id}`, profile)
      await server().admin.call('PUT', `/v1/agents/${id}/presence`, { status: 'online' })
      return at((await server().as('agent', id)).key, options)
    },
    supervisor: async (options) => at((await server().as('supervisor')).key, options),
    guest: (options) => at(null, options),
    customer: (name) => customerOf(server(), name),
    empties: () => endAll(server()),
  }
}

let customers = 0

async function customerOf({ admin, with: caller }: TestServer, name: string): Promise<Customer> {
  const id = `customer-${(customers += 1)}`
  // What API.md's `POST /v1/conversations` answers.
  const begun = (await admin.call('POST', '/v1/conversations', { flow: 'ecommerce', id, customer: { name } })) as {
    customerToken: string
  }
  const self: Caller = caller(begun.customerToken)
  return {
    id,
    name,
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
      const { messages } = (await self.call('GET', `/v1/conversations/${id}/transcript`)) as {
        messages: { text: string }[]
      }
      return messages.map(({ text }) => text)
    },
  }
}
