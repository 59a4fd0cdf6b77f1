import { hash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbedded } from '#server/store/embedded/index.ts'
import { openPool } from '#server/store/pool.ts'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'
import { commandLine } from '../cli/command-line.ts'
import { supportFlow } from '../runtime/support-flow.ts'
import { startBaton, type BatonProcess } from './process.ts'

const shell = commandLine()
const TEXT = 'line\u2028separator \\. \\N "quoted" \u{1f642}'
let folder = ''
let database: TestDatabase
let target: TestDatabase
let service: Server
let isReachable = false
let called: string[] = []
let baton: BatonProcess
const running = new Set<BatonProcess>()

const places = (name: string, more: Readonly<Record<string, string>> = {}) => ({
  DATA_DIR: join(folder, name, 'data'),
  FLOWS_DIR: join(folder, name, 'flows'),
  BATON_ADMIN_KEY: 'the-key-of-the-tests-admin',
  ...more,
})
const begin = async (environment: Readonly<Record<string, string>>): Promise<BatonProcess> => {
  const { port } = service.address() as AddressInfo
  const one = await startBaton({ ...environment, LOG_LEVEL: 'warn', OUTBOUND_ALLOW: `127.0.0.1:${port}` })
  running.add(one)
  return one
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-backup-'))
  database = await freshDatabase()
  target = await freshDatabase()
  service = createServer((request, response) => {
    called.push(String(request.headers['webhook-id'] ?? request.headers['idempotency-key']))
    response.writeHead(isReachable ? 200 : 503, { 'Retry-After': '20' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const { port } = service.address() as AddressInfo
  for (const name of ['first', 'own']) {
    await mkdir(join(folder, name, 'flows'), { recursive: true })
    const flow = supportFlow({
      ticket: { to: { webhook: `http://127.0.0.1:${port}/tickets` } },
      bot: { idleAfter: '20s' },
    })
    await writeFile(join(folder, name, 'flows/support.flow.json'), JSON.stringify(flow))
  }
  baton = await begin(places('first', { DATABASE_URL: database.url }))
})
afterAll(async () => {
  await Promise.all([...running].map((each) => each.stop()))
  service?.close()
  await database?.drop()
  await target?.drop()
  await rm(folder, { recursive: true, force: true })
})

let token = ''
let agentKey = ''
const file = () => join(folder, 'one.backup')

test('a backup is taken of a server that goes on working, readable by its owner alone', async () => {
  await baton.ask('PUT', '/v1/agents/anna', { name: 'Anna', teams: ['billing'], capacity: 5 })
  await baton.ask('PUT', '/v1/agents/anna/presence', { status: 'online' })
  agentKey = ((await baton.ask('POST', '/v1/keys', { role: 'agent', agent: 'anna' })).body as { key: string }).key
  for (const id of ['held', 'waits', 'ticket', 'idle']) {
    const { body } = await baton.ask('POST', '/v1/conversations', {
      flow: 'support',
      id,
      customer: { email: 'a@b.example' },
    })
    if (id === 'held') token = (body as { customerToken: string }).customerToken
  }
  await baton.ask('POST', '/v1/conversations/held/events', { type: 'customer.message', text: `${TEXT} a human please` })
  await baton.ask('POST', '/v1/conversations/held/events', { type: 'agent.accept', agent: 'anna' })
  await baton.ask('POST', '/v1/conversations/held/attachments?name=a.bin', Buffer.from([0, 10, 255, 92]), undefined, {
    'Content-Type': 'application/octet-stream',
  })
  await baton.ask('PUT', '/v1/agents/anna/presence', { status: 'away' })
  await baton.ask('POST', '/v1/conversations/waits/events', { type: 'customer.message', text: 'an agent please' })
  await baton.ask('POST', '/v1/conversations/ticket/events', { type: 'bot.intent', intent: 'book' })
  await expect.poll(() => called.length).toBeGreaterThan(0)
  const [ran] = await Promise.all([
    shell.typed([], ['backup', file()], places('first', { DATABASE_URL: database.url })),
    ...Array.from({ length: 20 }, () => baton.ask('POST', '/v1/conversations', { flow: 'support' })),
  ])
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect((await stat(file())).mode & 0o777).toBe(0o600)
  const again = await shell.typed([], ['backup', file()], places('first', { DATABASE_URL: database.url }))
  expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/is there already/) })
})

test('a backup with a changed byte, or cut short, is refused before anything is written', async () => {
  const lines = gunzipSync(await readFile(file())).toString('utf8')
  const damaged = join(folder, 'damaged.backup')
  const restore = () => shell.typed([], ['restore', damaged], places('second', { DATABASE_URL: target.url }))
  await writeFile(damaged, gzipSync(lines.replace('an agent please', 'an agent plaese')))
  expect((await restore()).err).toMatch(/its checksum is another/)
  await writeFile(damaged, gzipSync(lines.slice(0, lines.lastIndexOf('{"end"'))))
  expect((await restore()).err).toMatch(/ends too early/)
  await writeFile(damaged, (await readFile(file())).subarray(0, 2_000))
  expect((await restore()).err).toMatch(/cannot be read as a backup/)
  await writeFile(damaged, gzipSync(lines.replace('"file":"data/', '"file":"data/../../')))
  expect((await restore()).err).toMatch(/belongs nowhere|checksum/)
  expect((await shell.typed([], ['restore', join(folder, 'none')], places('second'))).err).toMatch(/There is no file/)
})

test('nothing is overwritten: a database in use and another file of the same name are refused', async () => {
  const used = await shell.typed([], ['restore', file()], places('second', { DATABASE_URL: database.url }))
  expect(used).toMatchObject({ code: 1, err: expect.stringMatching(/in use already/) })
  await mkdir(join(folder, 'third/data'), { recursive: true })
  await writeFile(join(folder, 'third/data/token.secret'), 'another')
  const other = await shell.typed([], ['restore', file()], places('third', { DATABASE_URL: target.url }))
  expect(other.err).toMatch(/token.secret is there already and is another/)
})

test('whether a backup is whole is said on the machine that it was taken of, too, which has gone on since', async () => {
  await writeFile(join(folder, 'third/data/token.secret'), 'another')
  const checked = await shell.typed([], ['restore', '--check', file()], places('third', { DATABASE_URL: database.url }))
  expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/is whole: \d+ rows/) })
})

test('what was broken off is made again, into the same database and folders', async () => {
  await rm(join(folder, 'second'), { recursive: true, force: true })
  const environment = places('second', { DATABASE_URL: target.url })
  // The last of the conversations comes twice: much has been loaded by then, and none of it is kept.
  const lines = gunzipSync(await readFile(file()))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  const next = lines.findIndex((line, index) => index > lines.indexOf(conversations(lines)) && line.startsWith('{'))
  const spoiled = [...lines.slice(0, next), lines[next - 1] ?? '', ...lines.slice(next, -1)].join('\n') + '\n'
  const rows = spoiled.split('\n').filter((line) => line.startsWith('[')).length
  const end = JSON.stringify({ end: true, rows, sha256: hash('sha256', spoiled, 'base64url') })
  await writeFile(join(folder, 'spoiled.backup'), gzipSync(`${spoiled}${end}\n`))
  const broken = shell.typed([], ['restore', join(folder, 'spoiled.backup')], environment)
  await expect(broken).rejects.toThrow(/duplicate key/)
  expect(await shell.typed([], ['restore', file()], environment)).toMatchObject({ code: 0 })
  const twice = await shell.typed([], ['restore', file()], environment)
  expect(twice).toMatchObject({ code: 1, err: expect.stringMatching(/in use already/) })
  await target.drop()
  target = await freshDatabase()
})

/** The record that says that rows of conversations follow. */
function conversations(lines: readonly string[]): string {
  const found = lines.find((line) => line.startsWith('{"table":"baton.conversations"'))
  if (found === undefined) throw new Error('The backup holds no conversations.')
  return found
}

test('after it is brought back everything goes on: tokens, keys, who holds and who waits, jobs and deadlines', async () => {
  await rm(join(folder, 'second'), { recursive: true, force: true })
  const environment = places('second', { DATABASE_URL: target.url })
  expect(await shell.typed([], ['restore', '--check', file()], environment)).toMatchObject({ code: 0 })
  const ran = await shell.typed([], ['restore', file()], environment)
  expect(ran.out + ran.err).toMatch(/rows of .* restored\n.* conversations replayed, each byte-equal/)

  await baton.stop()
  running.delete(baton)
  called = []
  isReachable = true
  const next = await begin(environment)
  const said = await next.ask('GET', '/v1/conversations/held/transcript', undefined, token)
  expect(said.text).toContain(JSON.stringify(TEXT).slice(1, -1))
  const reply = { type: 'agent.message', text: 'I am back.' }
  expect((await next.ask('POST', '/v1/conversations/held/events', reply, agentKey)).status).toBe(200)
  expect((await next.ask('GET', '/v1/conversations/waits')).body).toMatchObject({
    phase: 'queued',
    queue: { position: 1 },
  })
  await next.ask('PUT', '/v1/agents/anna/presence', { status: 'online' })
  await expect
    .poll(async () => (await next.ask('GET', '/v1/conversations/waits')).body)
    .toMatchObject({
      queue: { offeredTo: 'anna' },
    })
  // The ticket's webhook was being tried when the backup was taken.
  await expect.poll(() => called.length).toBeGreaterThan(0)
  await expect
    .poll(async () => (await next.ask('GET', '/v1/conversations/idle')).body)
    .toMatchObject({ phase: 'closed' })
  const verified = await shell.typed([], ['verify'], { BATON_URL: next.url, BATON_KEY: 'the-key-of-the-tests-admin' })
  expect(verified).toMatchObject({ code: 0 })
}, 120_000)

test('the embedded database’s own log holds nothing of a row that it refused', async () => {
  const postgres = await startEmbedded({ dataDir: join(folder, 'quiet'), settings: { fsync: 'off' } })
  const { pool, close } = openPool({ connectionString: postgres.url }, () => undefined)
  await pool.query('create table t (id text primary key)')
  const twice = pool.query(`insert into t values ('quokka'), ('quokka')`)
  await expect(twice).rejects.toMatchObject({ code: '23505', detail: expect.stringContaining('quokka') })
  await close()
  await postgres.stop()
  const log = await readFile(postgres.logFile, 'utf8')
  expect(log).toMatch(/duplicate key/)
  expect(log).not.toMatch(/quokka/)
})

test('the embedded database is taken and brought back likewise, running or not', async () => {
  const one = await begin(places('own'))
  await one.ask('POST', '/v1/conversations', { flow: 'support', id: 'mine' })
  const path = join(folder, 'own.backup')
  expect(await shell.typed([], ['backup', path], places('own'))).toMatchObject({ code: 0, err: '' })
  await one.stop()
  running.delete(one)
  expect(await shell.typed([], ['backup', `${path}.2`], places('own'))).toMatchObject({ code: 0, err: '' })
  const ran = await shell.typed([], ['restore', path], places('again'))
  expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/1 conversation replayed, each byte-equal/) })
  const next = await begin(places('again'))
  expect((await next.ask('GET', '/v1/conversations/mine')).status).toBe(200)
})
