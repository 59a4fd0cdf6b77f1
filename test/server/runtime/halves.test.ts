import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCustomers } from '#server/operation/customers.ts'
import { connect, type Connections } from '#server/store/database.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { handClock, runtimeOn } from './running.ts'

const HALF = '\ud83d'
const database = testDatabase()
const clock = handClock()
let node: RunningRuntime
let connections: Connections
beforeAll(async () => {
  node = await runtimeOn(database.url, { clock })
  connections = connect({ databaseUrl: database.url })
})
afterAll(async () => {
  await connections.close()
  await node.close()
})

test('half of a character in what somebody says keeps nobody from a person', async () => {
  await node.conversations.start({ flow: 'support', id: 'cut' })
  await node.conversations.accept('cut', { type: 'customer.message', text: `My basket ${HALF}` })
  const { conversation } = await node.conversations.accept('cut', { type: 'bot.escalate', reason: `Angry ${HALF}` })
  expect(conversation.phase).toBe('queued')
})

test('half of a character in the name of one customer keeps nobody else’s from being handed out', async () => {
  await node.conversations.start({ flow: 'support', id: 'nameless', customer: { name: HALF } })
  await node.conversations.start({ flow: 'support', id: 'anns', customer: { id: 'ann' } })
  const customers = createCustomers({ database: connections.database, clock, forgotten: () => undefined })
  let kept = ''
  for await (const part of await customers.export('ann')) kept += part
  expect(kept).toContain('anns')
})
