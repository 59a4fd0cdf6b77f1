import { execFile, spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hc } from 'hono/client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AppType } from '#server/app.ts'
import { readConfig, StartError } from '#server/config.ts'
import { firstHandoff } from '#server/http/first-handoff.ts'
import { serve, type Serving } from '#server/main.ts'
import { freshDatabase, testDatabase } from '#test/driver/postgres.ts'
import { handoffFlow, personlessFlow } from './handoff-flow.ts'
import { at } from './world.ts'

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

test('a draft that a designer saved begins no conversation before it is published, not after a restart either', async () => {
  const headers = { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' }
  const flowsDir = join(folder, 'drafts')
  const begin = (url: string) => fetch(`${url}/v1/conversations`, { method: 'POST', headers, body: '{"flow":"mine"}' })
  const first = await start({ FLOWS_DIR: flowsDir })
  const body = JSON.stringify({ ...handoffFlow, id: 'mine' })
  expect((await fetch(`${first.url}/v1/flows/mine`, { method: 'PUT', headers, body })).status).toBe(200)
  const refusal = { code: 'unpublished', detail: expect.stringContaining('POST /v1/flows/mine/publish') }
  expect(await (await begin(first.url)).json()).toMatchObject({ status: 409, ...refusal })
  await first.close()
  const { url } = await start({ FLOWS_DIR: flowsDir })
  expect(await (await begin(url)).json()).toMatchObject({ status: 409, ...refusal })
  expect((await fetch(`${url}/v1/flows/mine/publish`, { method: 'POST', headers })).status).toBe(200)
  expect((await begin(url)).status).toBe(201)
})

test('a flow that came as a file runs from the start; one with errors is named with its node and its cure', async () => {
  const flowsDir = join(folder, 'deployed')
  await mkdir(flowsDir)
  for (const flow of [handoffFlow, personlessFlow])
    await writeFile(join(flowsDir, `${flow.id}.flow.json`), JSON.stringify(flow))
  const headers = { Authorization: `Bearer ${KEY}` }
  const { url: empty } = await freshDatabase()
  for (const _ of ['first start', 'second start']) {
    const one = await start({ FLOWS_DIR: flowsDir, DATABASE_URL: empty })
    expect(await (await fetch(`${one.url}/v1/flows`, { headers })).json()).toMatchObject({
      items: [
        { id: 'handoff', published: 1 },
        { id: 'personless', published: null },
      ],
    })
    await one.close()
  }
})

test('a start that is sent again with its Idempotency-Key is answered as the first was, and begins nothing', async () => {
  const { url } = await start()
  const send = async (key: string, body: object) => {
    const response = await fetch(`${url}/v1/conversations`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }
  const open = { flow: 'handoff', customer: { name: 'Ada' } }
  const answers = await Promise.all(Array.from({ length: 5 }, () => send('begin-1', open)))
  const [first] = answers
  expect(first?.status).toBe(201)
  for (const each of answers) expect(each).toEqual(first)
  const id = String(at(first?.body, 'conversation.id'))
  await fetch(`${url}/v1/conversations/${id}/events`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
    body: '{"type":"customer.message","text":"Hello"}',
  })
  expect(await send('begin-1', open)).toEqual(first)
  expect(await send('begin-1', { flow: 'handoff' })).toMatchObject({ status: 422, body: { code: 'key-reused' } })
  expect(at((await send('begin-2', open)).body, 'conversation.id')).not.toBe(id)

  const named = { ...open, id: 'named' }
  const second = await send('begin-3', named)
  expect(await send('begin-3', named)).toEqual(second)
  expect(await send('begin-4', named)).toMatchObject({ status: 409, body: { code: 'exists' } })
  expect(await send('begin-3', { ...named, flow: 'nothing' })).toMatchObject({
    status: 422,
    body: { code: 'key-reused' },
  })
})

test('two callers who choose the same Idempotency-Key begin a conversation each', async () => {
  const { url } = await start()
  const post = async (key: string, path: string, body: object) => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'same' }
    return (await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const ids = await Promise.all(
    ['one', 'two'].map(async (name) => {
      const bot = await post(KEY, 'keys', { role: 'bot', name })
      return at(await post(String(at(bot, 'key')), 'conversations', { flow: 'handoff' }), 'conversation.id')
    }),
  )
  expect(ids).toEqual([expect.any(String), expect.any(String)])
  expect(new Set(ids).size).toBe(2)
})

test('a bot that is added by the interface is in bots.json', async () => {
  const { url } = await start({ DATA_DIR: join(folder, 'bots') })
  const headers = { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ url: 'https://bots.example.com/parcels' })
  const saved = await (await fetch(`${url}/v1/bots/parcels`, { method: 'PUT', headers, body })).json()
  expect(JSON.parse(await readFile(join(folder, 'bots', 'bots.json'), 'utf8'))).toEqual([saved])
})

describe('what a start shows to be pasted', () => {
  const repository = new URL('../../../', import.meta.url)
  const hasTools = ['sh', 'curl'].every((tool) => spawnSync(tool, ['-c', ':']).error === undefined)

  test('is what the README shows', async () => {
    const [, ...lines] = firstHandoff('http://127.0.0.1:3000', '').split('\n')
    expect(await readFile(new URL('README.md', repository), 'utf8')).toContain(lines.join('\n'))
  })

  test.skipIf(!hasTools)('plays a whole handoff with every key that a start may have, and again', async () => {
    const flowsDir = join(folder, 'first flow')
    await mkdir(flowsDir)
    await copyFile(new URL('flows/hello.flow.json', repository), join(flowsDir, 'hello.flow.json'))
    const places = { FLOWS_DIR: flowsDir, DATA_DIR: join(folder, "it's new") }
    for (const key of ['', '', KEY]) {
      const one = await start({ ...places, BATON_ADMIN_KEY: key })
      const env = { ...process.env, BATON_ADMIN_KEY: key }
      // The id is of the second; two runs within one shall not meet.
      const script = one.handoff?.replace('$(date +%s)', `${serving.length}-${Math.random()}`) ?? ''
      const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script], { env })
      expect(stderr).toBe('')
      const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
      const answers = lines.map((line): unknown => JSON.parse(line))
      const states = answers.map((answer) => at(answer, 'conversation.state') ?? at(answer, 'code')).filter(Boolean)
      expect(states).toEqual([
        'bot.chat',
        'bot.chat',
        'bot.chat',
        'queued.line',
        'agentActive.person',
        'agentActive.person',
        'not-owner',
        'bot.chat',
        'bot.chat',
      ])
      expect(at(answers.at(-1), 'messages.length')).toBeGreaterThan(8)
      await one.close()
    }
  })

  test('is nothing where the flow that it runs on is not there', async () => {
    const { url: empty } = await freshDatabase()
    expect((await start({ DATABASE_URL: empty })).handoff).toBeUndefined()
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
  const { url: empty } = await freshDatabase()
  const data = { DATA_DIR: join(folder, 'fresh'), BATON_ADMIN_KEY: '', DATABASE_URL: empty }
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
