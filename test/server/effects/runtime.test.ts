/** The effects on the real runtime and the real PostgreSQL, with a bot, a service and a help desk on loopback. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseFlow, type Flow } from '#engine/index.ts'
import { createChannels } from '#server/channels/index.ts'
import {
  createCallbackBook,
  createEffects,
  createFollowUps,
  createTicketStore,
  type TicketStore,
} from '#server/effects/index.ts'
import { createNetwork, openEndpoints, type Network } from '#server/network/index.ts'
import { createRuntime } from '#server/runtime/create.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { freshDatabase, migrated, type TestDatabase } from '../../driver/postgres.ts'
import { openOutside, type Outside } from '../network/outside.ts'
import { publishedFlows } from '../runtime/running.ts'
import { keptLog } from './kept-log.ts'

let database: TestDatabase
let outside: Outside
let network: Network
let folder: string
let runtime: Runtime
let tickets: TicketStore
beforeEach(async () => {
  database = await freshDatabase()
  outside = await openOutside()
  network = createNetwork({ allow: new Set([`127.0.0.1:${outside.port}`]) })
  folder = mkdtempSync(join(tmpdir(), 'baton-effects-'))
  const log = keptLog()
  const clock = { now: () => Date.now() }
  const endpoints = (name: string): ReturnType<typeof openEndpoints> => openEndpoints(join(folder, name), log)
  const bots = endpoints('bots.json')
  await bots.put({ name: 'helper', url: `${outside.origin}/bot` })
  runtime = await createRuntime({
    databaseUrl: await migrated(database.url),
    flows: publishedFlows([parcelFlow(outside.origin)]),
    clock,
    log,
    effects: ({ conversations, database: tables }) => {
      tickets = createTicketStore(tables)
      return createEffects({
        conversations,
        network,
        bots,
        log,
        clock,
        tickets,
        webhooks: endpoints('webhooks.json'),
        callbacks: createCallbackBook(tables),
        followUps: createFollowUps(tables, clock),
        teamOf: async () => null,
        channels: createChannels({ network, clock, endpoints: endpoints('channels.json') }),
      })
    },
  })
})
afterEach(async () => {
  await runtime.close()
  await network.close()
  await outside.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const stateOf = async (id: string): Promise<string> => (await runtime.conversations.view(id)).state
const said = async (id: string): Promise<readonly string[]> =>
  (await runtime.conversations.transcript(id)).map(({ text }) => text)

test('a bot answers by its webhook, a service is called, and a ticket reaches the help desk', async () => {
  outside.answer(({ path }, response) => {
    if (path === '/bot') response.end('{"messages":[{"text":"Let me look."}],"done":true}')
    else if (path === '/parcels/4711') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"place":"Leipzig"}')
    } else response.writeHead(204).end()
  })
  const { conversations } = runtime
  await conversations.start({
    flow: 'parcels',
    id: 'c-1',
    page: '/orders',
    customer: { name: 'Rosa', email: 'rosa@example.com' },
  })
  await conversations.accept('c-1', { type: 'customer.message', text: 'Where is my parcel?' })
  await expect.poll(() => stateOf('c-1')).toMatch(/^closed\./)
  expect(await said('c-1')).toContain('It is in Leipzig.')
  await expect.poll(() => outside.received.map(({ path }) => path)).toEqual(['/bot', '/parcels/4711', '/desk'])
  const ticket: { data: { id: string } } = JSON.parse(outside.received[2]?.body ?? '')
  expect(ticket).toMatchObject({ type: 'ticket.created', data: { conversation: 'c-1', name: 'Rosa', page: '/orders' } })
  await expect.poll(() => tickets.find(ticket.data.id)).toMatchObject({ webhook: 'sent', mail: 'none' })
})

test('a bot that is down is told to the flow, which does not leave the customer alone', async () => {
  outside.answer((_, response) => response.writeHead(404).end())
  const { conversations } = runtime
  await conversations.start({ flow: 'parcels', id: 'c-2' })
  await conversations.accept('c-2', { type: 'customer.message', text: 'Where is my parcel?' })
  await expect.poll(() => said('c-2')).toContain('Our helper is away.')
})

function parcelFlow(origin: string): Flow {
  const position = { x: 0, y: 0 }
  const edge = (id: string, source: string, sourceHandle: string, target: string): object => ({
    id,
    source,
    sourceHandle,
    target,
  })
  const parsed = parseFlow({
    baton: 1,
    id: 'parcels',
    name: 'Parcels',
    language: 'en',
    timezone: 'Europe/Berlin',
    variables: { parcel: { type: 'map' } },
    nodes: [
      { id: 'start', type: 'start', position, data: {} },
      { id: 'talk', type: 'listen', position, data: { bot: 'helper' } },
      { id: 'look', type: 'call', position, data: { method: 'GET', url: `${origin}/parcels/4711`, save: 'parcel' } },
      { id: 'tell', type: 'say', position, data: { text: 'It is in {{ vars.parcel.place }}.' } },
      {
        id: 'note',
        type: 'ticket',
        position,
        data: { text: 'We write.', collect: ['name', 'email'], to: { webhook: `${origin}/desk` }, replyWithin: '4h' },
      },
      { id: 'away', type: 'say', position, data: { text: 'Our helper is away.' } },
      { id: 'end', type: 'close', position, data: {} },
    ],
    edges: [
      edge('e1', 'start', 'next', 'talk'),
      edge('e2', 'talk', 'done', 'look'),
      edge('e3', 'look', 'ok', 'tell'),
      edge('e4', 'tell', 'next', 'note'),
      edge('e5', 'note', 'created', 'end'),
      edge('e6', 'talk', 'failed', 'away'),
      edge('e7', 'away', 'next', 'end'),
      edge('e8', 'look', 'failed', 'end'),
    ],
    viewport: { x: 0, y: 0, zoom: 1 },
  })
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'))
  return parsed.flow
}
