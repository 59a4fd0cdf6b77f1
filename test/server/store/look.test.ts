import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { connect, type Connections } from '#server/store/database.ts'
import { lookAround } from '#server/store/look.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn } from '../runtime/running.ts'

const database = testDatabase()
const clock = handClock()
let runtime: RunningRuntime
let connections: Connections

beforeAll(async () => {
  runtime = await runtimeOn(database.url, { clock })
  connections = connect({ databaseUrl: database.url })
  await runtime.desk.putAgent(agent('ada', { capacity: 1 }))
  await runtime.desk.setPresence('ada', 'online')
  await runtime.conversations.start({ flow: 'support', id: 'held' })
  await runtime.conversations.accept('held', { type: 'customer.message', text: 'I want to talk to a person' })
  await runtime.conversations.accept('held', { type: 'agent.accept', agent: 'ada' })
})
afterAll(async () => {
  await connections.close()
  await runtime.close()
})

const look = () => lookAround(connections.database, { teams: ['billing'], agents: [] }, clock.now())

test('Who is there, and what they hold, is read for a match only where somebody waits', async () => {
  expect(await look()).toMatchObject({ agents: [], keys: [] })
  await runtime.conversations.start({ flow: 'support', id: 'waits' })
  await runtime.conversations.accept('waits', { type: 'customer.message', text: 'I want to talk to a person' })
  const { agents, keys } = await look()
  expect(agents).toMatchObject([{ id: 'ada', load: 1 }])
  expect(keys).toHaveLength(1)
})
