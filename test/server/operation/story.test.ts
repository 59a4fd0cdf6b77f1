import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenLaws } from '#server/store/laws.ts'
import { openPool } from '#server/store/pool.ts'
import { hashOf } from '#server/operation/customers.ts'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'
import { commandLine } from '../cli/command-line.ts'
import { supportFlow } from '../runtime/support-flow.ts'
import { canary, heardIn, heardInDatabase } from './canaries.ts'
import { startBaton, type BatonProcess } from './process.ts'

/** The whole story of one customer, told to a server that logs everything, and then forgotten. */
const shell = commandLine()
let folder = ''
let database: TestDatabase
let bot: Server
let baton: BatonProcess
/** Of the customer who waits. */
let token = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-story-'))
  database = await freshDatabase()
  // It answers nonsense that quotes what it was sent.
  bot = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"${body.slice(0, 900)}`),
    )
  }).listen(0, '127.0.0.1')
  await once(bot, 'listening')
  const { port } = bot.address() as AddressInfo
  await mkdir(join(folder, 'flows'))
  const flow = supportFlow({ bot: { bot: 'oracle' }, ticket: { to: { email: 'desk@example.com' } } })
  await writeFile(join(folder, 'flows/support.flow.json'), JSON.stringify(flow))
  baton = await startBaton({
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    FLOWS_DIR: join(folder, 'flows'),
    LOG_LEVEL: 'trace',
    OUTBOUND_ALLOW: `127.0.0.1:${port}`,
  })
  await baton.ask('PUT', '/v1/bots/oracle', { url: `http://127.0.0.1:${port}/oracle` })
  await baton.ask('PUT', '/v1/agents/anna', { name: 'Anna', teams: ['billing'], capacity: 5 })
  await baton.ask('PUT', '/v1/agents/anna/presence', { status: 'online' })
  await tell()
})
afterAll(async () => {
  await baton?.stop()
  bot?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

const customer = { id: canary.id, name: canary.name, email: canary.email, phone: canary.phone }
const begin = async (id: string) => {
  const { status, body } = await baton.ask('POST', '/v1/conversations', {
    flow: 'support',
    id,
    customer,
    page: canary.page,
    variables: {},
  })
  expect(status).toBe(201)
  return (body as { customerToken: string }).customerToken
}
const event = (id: string, body: object, key?: string) =>
  baton.ask('POST', `/v1/conversations/${id}/events`, body, key, {
    'Idempotency-Key': `${id} ${JSON.stringify(body).length}`,
  })

/** Two that have ended, one that an agent has, one that waits, and what failed for good. */
async function tell(): Promise<void> {
  for (const id of ['ended', 'held', 'waits']) {
    token = await begin(id)
    await event(id, { type: 'customer.message', text: canary.said }, token)
    await event(id, { type: 'customer.message', text: `${canary.said}, I want to talk to a person` }, token)
  }
  const bytes = Buffer.from(canary.bytes)
  await baton.ask('POST', `/v1/conversations/held/attachments?name=${canary.file}`, bytes, undefined, {
    'Content-Type': 'text/plain',
  })
  for (const id of ['ended', 'held']) {
    expect((await event(id, { type: 'agent.accept', agent: 'anna' })).status).toBe(200)
    await event(id, { type: 'agent.note', text: canary.note })
    await event(id, { type: 'agent.message', text: `Dear ${canary.name}` })
  }
  expect((await event('ended', { type: 'agent.resolve', resolution: canary.note })).status).toBe(200)
  await begin('later')
  await event('later', { type: 'bot.intent', intent: 'book' })
  await event('later', { type: 'bot.intent', intent: canary.said })
  // What is refused may be quoted nowhere either.
  await baton.ask('POST', '/v1/conversations', { flow: canary.said, customer })
  await baton.ask('POST', `/v1/conversations/held/events`, { type: 'customer.message', [canary.said]: canary.email })
  await baton.ask('GET', `/v1/conversations?q=${encodeURIComponent(canary.said)}`)
  await baton.ask('GET', `/v1/conversations/${encodeURIComponent(canary.email)}`)
  await baton.ask('GET', '/v1/keys/self', undefined, `baton_admin_${canary.said.replaceAll(' ', '')}`)
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  await sql.query(
    `insert into baton.dead_letters (id, conversation, type, attempts, error, effect, at)
    values ('held:1:0', 'held', 'http', 5, $1, $2, 1)`,
    [`The service said ${canary.said}`, JSON.stringify({ id: 'held:1:0', type: 'http', body: canary.email })],
  )
  await sql.end()
}

test('no line of the log holds what a customer wrote, a name, an address or a key, whatever was said or refused', async () => {
  await expect.poll(() => baton.said()).toMatch(/A bot failed/)
  expect(baton.said()).toMatch(/"route":"\/v1\/conversations\/:id\/events","status":200/)
  expect(heardIn(baton.said())).toEqual([])
  expect(baton.said()).not.toContain('the-key-of-the-tests-admin')
  expect(baton.said()).not.toContain(token)
})

test('a request’s line names its route, its status and who called', async () => {
  const lines = baton
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const of = (route: string) => lines.find((line) => line['msg'] === 'request' && line['route'] === route)
  expect(of('/v1/agents/:id')).toMatchObject({
    method: 'PUT',
    status: 200,
    caller: 'admin',
    id: 'admin',
    ms: expect.any(Number),
  })
  expect(lines).toContainEqual(
    expect.objectContaining({ route: '/v1/conversations/:id/events', caller: 'customer', id: 'held' }),
  )
})

test('everything that is kept of a customer is given out as one document', async () => {
  const { status, body } = await baton.ask(
    'GET',
    `/v1/customers/${encodeURIComponent(canary.email.toUpperCase())}/export`,
  )
  expect(status).toBe(200)
  const { conversations } = body as {
    conversations: { id: string; log: object[]; attachments: { base64: string }[] }[]
  }
  expect(conversations.map(({ id }) => id)).toEqual(['ended', 'held', 'waits', 'later'])
  expect(JSON.stringify(conversations[0]?.log)).toContain(canary.note)
  expect(Buffer.from(conversations[1]?.attachments[0]?.base64 ?? '', 'base64').toString()).toBe(canary.bytes)
})

test('a customer who is forgotten is in no table and no line of the log any more, and who is followed ends', async () => {
  expect(await heardInDatabase(database.url)).not.toEqual([])
  const followed = await fetch(new URL('/v1/conversations/waits/stream', baton.url), {
    headers: { Authorization: `Bearer ${token}` },
  })
  const { status, body } = await baton.ask('DELETE', `/v1/customers/${encodeURIComponent(canary.id)}`)
  expect(status).toBe(200)
  const record = body as { customer: string; proof: string; rows: Record<string, number> }
  expect(body).toMatchObject({ conversations: 4, rows: { conversations: 4, attachments: 1, dead_letters: 1 } })
  expect(record.customer).toBe(hashOf(record.proof, canary.id))
  await expect.poll(() => heardInDatabase(database.url)).toEqual([])
  expect(heardIn(baton.said())).toEqual([])
  expect(await followed.text()).toMatch(/event: gone\ndata: \{"because":"forgotten"\}\n\n$/)
  expect((await baton.ask('GET', '/v1/conversations/waits', undefined, token)).status).toBe(404)
  expect((await event('held', { type: 'agent.message', text: 'Are you there?' })).status).toBe(404)
})

test('the erasure is on record without the person, and in the audit log too', async () => {
  const { text } = await baton.ask('GET', '/v1/erasures')
  expect(JSON.parse(text)).toMatchObject({ items: [{ conversations: 4, customer: expect.any(String) }] })
  expect(text).not.toContain('proof')
  const audit = await baton.ask('GET', '/v1/audit')
  expect(audit.text).toContain('customer.erased')
  expect(heardIn(text + audit.text)).toEqual([])
})

test('the agent who had one is free again, and the figures of handoffs stay', async () => {
  const { body } = await baton.ask('GET', '/v1/agents/anna')
  expect(body).toMatchObject({ load: 0 })
  const { body: figures } = await baton.ask('GET', '/v1/metrics/handoffs')
  expect(figures).toMatchObject({ handoffs: 3 })
})

test('what the server has counted does not fall when rows go', async () => {
  const { text } = await baton.ask('GET', '/metrics')
  const counted = [...text.matchAll(/^baton_(conversations_started|handoffs|handoff_reasons)_total.*$/gm)]
  expect(counted.map(([line]) => line)).toEqual([
    'baton_conversations_started_total 4',
    'baton_handoffs_total 3',
    'baton_handoff_reasons_total{reason="explicitRequest"} 3',
  ])
})

test('what is left still replays to what is stored', async () => {
  await baton.ask('POST', '/v1/conversations', { flow: 'support', id: 'another' })
  const ran = await shell.typed([], ['verify'], { BATON_URL: baton.url, BATON_KEY: 'the-key-of-the-tests-admin' })
  expect(ran.err + ran.out).toMatch(/1 conversation: 1 byte-equal/)
  const { pool, close } = openPool({ connectionString: database.url }, () => undefined)
  expect(await brokenLaws(pool)).toEqual([])
  await close()
})

test('who asks again hears that nothing is kept of such a customer', async () => {
  const again = await baton.ask('DELETE', `/v1/customers/${encodeURIComponent(canary.id)}`)
  expect(again.status).toBe(404)
  expect(heardIn(again.text)).toEqual([])
})
