/**
 * Everybody of a handoff at once, each at a browser of their own: the customer on a page of another origin with nothing
 * but the chat, agents and supervisors at their desks, and the server between them.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { words as desk } from '#desk/words/en.ts'
import { testBrowser } from '../driver/browser.ts'
import { builtDesk, builtWidget } from '../driver/built.ts'
import { customerAt, words, type Customer } from '../driver/customer.ts'
import { endAll } from '../driver/ending.ts'
import { startServer, type TestServer } from '../driver/server.ts'
import { staffAt, type Staff } from '../driver/staff.ts'
import type { Flow } from '#engine/index.ts'

/** Somebody with a device of their own, whose line can be cut. */
type At<Who> = Who & { readonly device: Staff['device'] }

export interface House<Server extends TestServer> {
  readonly server: Server
  /** A customer whose page knows their name; the window is open and the bot has greeted. */
  customer(name: string): Promise<At<Customer>>
  /** An agent who is online, at the desk. */
  agent(id: string, name: string, capacity?: number): Promise<Staff>
  /** A supervisor at the board. */
  supervisor(): Promise<Staff>
  /** A customer who talks with an agent, to whom all is known. */
  together(customer: string, agent: string): Promise<readonly [At<Customer>, Staff]>
}

/** For a test file, to be called at its top; `start` starts the server, on which this flow is published. */
export function testHouse<Server extends TestServer>(flow: string, start: () => Promise<Server>): House<Server> {
  const browser = testBrowser()
  let running: Server | undefined
  const there = (): Server => {
    if (running === undefined) throw new Error('The server is there from beforeAll on.')
    return running
  }
  const page = createServer((_, answer) => {
    const line = `<script src="${there().url}/widget.js" data-flow="${flow}" async></script>`
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    answer.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Blank</title>${line}</html>`)
  })
  beforeAll(async () => {
    running = await start()
    await running.admin.call('PUT', '/v1/teams/support', { name: 'Support', offerFor: '5m' })
    page.listen(0, '127.0.0.1')
    await once(page, 'listening')
  })
  // Before, and not after: a test that fails is pictured as it ended.
  beforeEach(() => endAll(there()))
  afterAll(async () => {
    page.closeAllConnections()
    page.close()
    await running?.close()
  })

  async function customer(name: string): Promise<At<Customer>> {
    const device = await browser.device({ width: 1024, height: 768 })
    // It listens on a port, not on a pipe.
    const self = await customerAt(device, `http://127.0.0.1:${(page.address() as AddressInfo).port}/`)
    await self.launcher.waitFor()
    await self.page.evaluate((known) => Reflect.get(window, 'baton').start({ customer: { name: known } }), name)
    await self.log.locator('.said').first().waitFor()
    return { ...self, device }
  }

  async function agent(id: string, name: string, capacity = 3): Promise<Staff> {
    const { admin, url, as } = there()
    const profile = { name, teams: ['support'], skills: { orders: 5 }, languages: ['en'], channels: [], capacity }
    await admin.call('PUT', `/v1/agents/${id}`, profile)
    await admin.call('PUT', `/v1/agents/${id}/presence`, { status: 'online' })
    const staff = await staffAt(await browser.device(), url, (await as('agent', id)).key)
    await staff.opens()
    return staff
  }

  return {
    get server() {
      return there()
    },
    customer,
    agent,
    async supervisor() {
      const staff = await staffAt(await browser.device(), there().url, (await there().as('supervisor')).key)
      await staff.opens('/desk/board')
      await staff.page.getByRole('heading', { name: desk.board.conversations }).waitFor()
      return staff
    },
    async together(name, agentName) {
      const [self, staff] = await Promise.all([customer(name), agent(agentName.toLowerCase(), agentName)])
      await self.says('I want to talk to a person')
      await staff.accepts(name)
      await self.dialog.getByText(words.joined.replace('{name}', agentName)).waitFor()
      return [self, staff]
    },
  }
}

/** A server in this process that serves both apps, with this flow. */
export async function startHere(flow: Flow, environment: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  return startServer([flow], environment, { desk: await builtDesk(), widget: await builtWidget() })
}
