import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hc } from 'hono/client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { AppType } from '#server/app.ts'
import { readConfig, StartError } from '#server/config.ts'
import { serve, type Serving } from '#server/main.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { handoffFlow } from './handoff-flow.ts'

const KEY = 'the-key-of-the-administrator'
const database = testDatabase()
let folder = ''
const serving: Serving[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-serve-'))
  await writeFile(join(folder, 'handoff.flow.json'), JSON.stringify(handoffFlow))
  await writeFile(join(folder, 'broken.flow.json'), '{"baton":1,')
})
afterEach(() => Promise.all(serving.splice(0).map((each) => each.close())))
afterAll(() => rm(folder, { recursive: true, force: true }))

const environment = (more: Record<string, string> = {}) => ({
  PORT: '0',
  DATABASE_URL: database.url,
  DATA_DIR: join(folder, 'data'),
  FLOWS_DIR: folder,
  BATON_ADMIN_KEY: KEY,
  LOG_LEVEL: 'silent',
  ...more,
})
const start = async (more?: Record<string, string>): Promise<Serving> => {
  const one = await serve(readConfig(environment(more)))
  serving.push(one)
  return one
}

test('a whole handoff runs over a typed client: bot, queue, agent, and back to the bot', async () => {
  const { url } = await start()
  const client = hc<AppType>(url, { headers: { Authorization: `Bearer ${KEY}` } })
  await client.v1.agents[':id'].$put({
    param: { id: 'anna' },
    json: { name: 'Anna', teams: ['help'], languages: ['en'], channels: ['web'] },
  })
  await client.v1.agents[':id'].presence.$put({ param: { id: 'anna' }, json: { status: 'online' } })
  const begun = await client.v1.conversations.$post({ json: { flow: 'handoff', id: 'chat-1' } })
  expect(begun.status).toBe(201)
  const say = async (event: Parameters<typeof send>[0]['json']) =>
    (await send({ param: { id: 'chat-1' }, json: event })).json()
  const send = client.v1.conversations[':id'].events.$post
  expect(await say({ type: 'customer.message', text: 'I want to talk to a human' })).toMatchObject({
    conversation: { phase: 'queued', owner: 'queue' },
    botMayReply: false,
  })
  const handoff = await client.v1.conversations[':id'].handoff.$get({ param: { id: 'chat-1' } })
  expect(await handoff.json()).toMatchObject({
    transcript: expect.any(Array),
    reason: { signals: [{ signal: 'explicitRequest' }] },
  })
  expect(await say({ type: 'agent.accept', agent: 'anna' })).toMatchObject({
    conversation: { phase: 'agentActive', owner: 'agent:anna' },
  })
  expect(await say({ type: 'bot.message', text: 'Me too!' })).toMatchObject({ status: 409, code: 'not-owner' })
  expect(await say({ type: 'agent.message', text: 'Hello, this is Anna.' })).toMatchObject({
    messages: [{ from: 'agent', text: 'Hello, this is Anna.' }],
  })
  expect(await say({ type: 'agent.handback' })).toMatchObject({ conversation: { owner: 'bot' }, botMayReply: true })
})

test('the other flows run although a file of one is broken, and the list says where', async () => {
  const { url } = await start()
  const answer = await fetch(`${url}/v1/flows`, { headers: { Authorization: `Bearer ${KEY}` } })
  expect(await answer.json()).toMatchObject({
    items: [{ id: 'broken', broken: { file: expect.stringContaining('broken.flow.json') } }, { id: 'handoff' }],
  })
})

test('a scraper on this machine needs no key, one behind a proxy does', async () => {
  const { url } = await start()
  expect((await fetch(`${url}/metrics`)).status).toBe(200)
  expect((await fetch(`${url}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status).toBe(401)
})

test('the end lets an open stream end in order, and takes no new request', async () => {
  const one = await start()
  const headers = { Authorization: `Bearer ${KEY}` }
  const stream = await fetch(`${one.url}/v1/desk/stream`, { headers })
  const reader = stream.body?.getReader()
  await reader?.read()
  const rest = reader?.read().then(async () => {
    while (!(await reader.read()).done);
  })
  await one.close()
  await rest
  await expect(fetch(`${one.url}/health/live`)).rejects.toThrow()
})

test('without a configured key the first start makes one and links to the sign-in; the next use it', async () => {
  const data = { DATA_DIR: join(folder, 'fresh'), BATON_ADMIN_KEY: '' }
  const first = await start(data)
  const key = /#key=(\S+)$/.exec(first.signIn)?.[1] ?? ''
  expect(first.signIn).toContain(`${first.url}/#key=baton_admin_`)
  await first.close()
  const second = await start(data)
  expect(second.signIn).not.toContain(key)
  expect((await fetch(`${second.url}/v1/keys`, { headers: { Authorization: `Bearer ${key}` } })).status).toBe(200)
})

test('what keeps the server from starting is said in one sentence with the cure', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on a port has an address of this kind.
  const { port } = other.address() as AddressInfo
  await expect(start({ PORT: String(port) })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use; end the program that listens there, or set PORT to another.`,
  )
  await new Promise((resolve) => {
    other.close(resolve)
  })
  await expect(start({ DATABASE_URL: `postgres://x:y@127.0.0.1:${port}/baton` })).rejects.toThrow(
    `The PostgreSQL at 127.0.0.1:${port} does not answer; start it, or correct DATABASE_URL.`,
  )
  const wrong = new URL(database.url)
  wrong.password = 'wrong'
  await expect(start({ DATABASE_URL: wrong.href })).rejects.toThrow(
    /refuses the password; correct it in DATABASE_URL\.$/,
  )
  wrong.href = database.url
  wrong.pathname = '/no_such_database'
  await expect(start({ DATABASE_URL: wrong.href })).rejects.toThrow(/does not have the database; create it/)
  await expect(start({ DATA_DIR: join(folder, 'handoff.flow.json') })).rejects.toThrow(StartError)
})
