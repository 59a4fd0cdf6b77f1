/** What a channel brings goes to a conversation of its customer, though old ones go as new ones come. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHeardStore } from '#server/channels/heard.ts'
import { createInbound, type HeardBody, type Inbound } from '#server/channels/inbound.ts'
import { createRetention } from '#server/operation/retention.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { connect, type Connections } from '#server/store/database.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { handClock, runtimeOn } from '../runtime/running.ts'

const DAY = 86_400_000
const database = testDatabase()
const clock = handClock()
let nodes: readonly RunningRuntime[]
let channels: readonly Inbound[]
let connections: Connections
beforeAll(async () => {
  nodes = [await runtimeOn(database.url, { clock }), await runtimeOn(database.url, { clock })]
  connections = connect({ databaseUrl: database.url })
  const whatsapp = { name: 'whatsapp', url: 'https://channel.example/', secret: '', flow: 'support' }
  channels = nodes.map(({ conversations }) =>
    createInbound({
      endpoints: { get: () => whatsapp },
      conversations,
      heard: createHeardStore(connections.pool, clock),
      clock,
    }),
  )
})
afterAll(async () => {
  await connections.close()
  for (const node of nodes) await node.close()
})

let deliveries = 0
async function writes(customer: string, channel = channels[0]): Promise<string> {
  const body: HeardBody = { type: 'message.received', data: { customer: { id: customer }, text: 'Hello' } }
  const heard = await channel?.hear('whatsapp', `delivery-${deliveries++}`, body, JSON.stringify(body))
  return heard?.conversation ?? ''
}

const ends = (conversation: string) => nodes[0]?.conversations.accept(conversation, { type: 'bot.done' })

test('who writes every day is heard every day, though what is older than ten days goes', async () => {
  const begun: string[] = []
  for (let day = 0; day < 30; day++) {
    const conversation = await writes('+49 30 1234')
    begun.push(conversation)
    await ends(conversation)
    clock.skip(DAY)
    await createRetention({ database: connections.database, clock, forgotten: () => undefined }, 10).look()
  }
  expect(new Set(begun).size).toBe(30)
})

test('who was erased and writes again has a conversation whose id nobody has seen before', async () => {
  const before = await writes('+49 30 5678')
  await nodes[0]?.customers.erase('+49 30 5678')
  expect(await writes('+49 30 5678')).not.toBe(before)
})

test('what a customer writes at once, heard by two servers, begins one conversation, each time they come back', async () => {
  for (let visit = 0; visit < 3; visit++) {
    const heard = await Promise.all(
      Array.from({ length: 10 }, (_, index) => writes('+49 30 9012', channels[index % channels.length])),
    )
    expect(new Set(heard).size).toBe(1)
    await ends(heard[0] ?? '')
  }
})
