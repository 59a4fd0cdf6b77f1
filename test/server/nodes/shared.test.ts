/** Two servers with folders of their own on one database: what one knows the other knows. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '#server/store/migrate.ts'
import { openPool, type Pool } from '#server/store/pool.ts'
import { createSeal } from '#server/store/seal.ts'
import { compareConfigured, shareSecret } from '#server/store/secrets.ts'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'
import { startServer, type TestServer } from '#test/driver/server.ts'
import { keptLog } from '../effects/kept-log.ts'
import { supportFlow } from '../runtime/support-flow.ts'

let database: TestDatabase
let folder: string
let one: TestServer
let other: TestServer
beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'baton-shared-'))
  ;[one, other] = await Promise.all([
    startServer([supportFlow()], { DATABASE_URL: database.url }),
    startServer([], { DATABASE_URL: database.url }),
  ])
})
afterAll(async () => {
  await Promise.all([one.close(), other.close()])
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const SOON = { timeout: 10_000 }

describe('Two servers', () => {
  test('1. run the same flows: one that only the first has as a file begins at the other, too', async () => {
    await other.admin.call('POST', '/v1/conversations', { flow: 'support', id: 'there' })
    expect(await one.admin.call('GET', '/v1/conversations/there')).toMatchObject({ id: 'there' })
  })

  test('2. open the same tokens: a customer’s page goes on at the other', async () => {
    const begun = (await one.admin.call('POST', '/v1/conversations', { flow: 'support', id: 'mine' })) as {
      customerToken: string
    }
    const said = { type: 'customer.message', text: 'Hello' }
    expect(await other.with(begun.customerToken).call('POST', '/v1/conversations/mine/events', said)).toMatchObject({
      conversation: { id: 'mine', version: 2 },
    })
  })

  test('3. know the same replies and bots, soon after one has changed them', async () => {
    await one.admin.call('PUT', '/v1/canned-replies/hi', { shortcut: 'hi', title: 'Hello', text: 'Hello.' })
    await other.admin.call('PUT', '/v1/bots/helper', { url: 'https://bots.example.com/helper' })
    const replies = async () => ((await other.admin.call('GET', '/v1/canned-replies')) as { items: object[] }).items
    await expect.poll(replies, SOON).toMatchObject([{ id: 'hi' }])
    const bots = async () => ((await one.admin.call('GET', '/v1/bots')) as { items: object[] }).items
    await expect.poll(bots, SOON).toMatchObject([{ name: 'helper' }])
    expect(await one.admin.call('GET', '/v1/bots/helper')).toEqual(await other.admin.call('GET', '/v1/bots/helper'))
  })

  test('4. begin on what was published just now, wherever that was', async () => {
    const { version } = (await other.admin.call('POST', '/v1/flows/support/publish', {})) as { version: number }
    const begun = await one.admin.call('POST', '/v1/conversations', { flow: 'support', id: 'newest' })
    expect(begun).toMatchObject({ conversation: { flow: { id: 'support', version } } })
  })
})

describe('What all must sign alike', () => {
  let node: Pool
  beforeAll(async () => {
    node = openPool({ connectionString: database.url, max: 4 }, () => undefined)
    await migrate(node.pool)
  })
  afterAll(() => node.close())

  const share = (at: string, made: string) =>
    shareSecret(node.pool, { folder: at, name: 'some.secret', make: () => made, seal: createSeal([]), log: keptLog() })

  test('5. is made once, by whichever server comes first', async () => {
    const folders = await Promise.all(Array.from({ length: 4 }, () => mkdtemp(join(folder, 'node-'))))
    const shared = await Promise.all(folders.map((at, index) => share(at, `made by ${index}`)))
    expect(new Set(shared.map(({ secret }) => secret)).size).toBe(1)
    expect(shared.filter(({ made }) => made)).toHaveLength(1)
    for (const at of folders) expect((await readFile(join(at, 'some.secret'), 'utf8')).trim()).toBe(shared[0]?.secret)
  })

  test('6. of a server that had another is put aside and not lost', async () => {
    const at = await mkdtemp(join(folder, 'node-'))
    await writeFile(join(at, 'some.secret'), 'of my own\n')
    const { secret, made } = await share(at, 'never')
    expect([secret === 'of my own', made]).toEqual([false, false])
    expect(await readFile(join(at, 'some.secret.before'), 'utf8')).toBe('of my own\n')
  })

  test('7. and is configured differently is said by the server that comes second', async () => {
    const log = keptLog()
    await compareConfigured(node.pool, 'WIDGET_IDENTITY_SECRET', 'one', log)
    await compareConfigured(node.pool, 'WIDGET_IDENTITY_SECRET', 'one', log)
    expect(log.lines).toEqual([])
    await compareConfigured(node.pool, 'WIDGET_IDENTITY_SECRET', 'another', log)
    expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('WIDGET_IDENTITY_SECRET') }])
    const { rows } = await node.pool.query('select print from baton.prints')
    expect(JSON.stringify(rows)).not.toContain('another')
  })
})
