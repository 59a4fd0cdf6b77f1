/**
 * `baton verify` against a really started server: what it keeps is what its logs replay to, and a byte that was changed
 * where it is stored is found.
 */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Snapshot } from '#engine/index.ts'
import { converseOverHttp, startServer, type TestServer } from '#test/driver/http.ts'
import { freshDatabase } from '#test/driver/postgres.ts'
import { flowNamed } from '#test/driver/index.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
const flow = flowNamed('hello')
let server: TestServer
let database: Awaited<ReturnType<typeof freshDatabase>>
let client: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer([flow], { DATABASE_URL: database.url })
  client = new pg.Client(database.url)
  await client.connect()
  for (const id of ['bot', 'queue', 'person', 'back', 'closed', 'forged', 'cut', 'rewritten']) await conversation(id)
})
afterAll(async () => {
  await client.end()
  await server.close()
  await database.drop()
})

describe('baton verify', () => {
  test('finds every conversation byte-equal, wherever it stands', async () => {
    const { code, out, err } = await verify()
    expect(err).toBe('')
    expect(out).toMatch(/^✓ 8 conversations: 8 byte-equal \(\d+ events, /)
    expect(code).toBe(0)
  })

  test('asks the tables as well whether they agree, and names what does not', async () => {
    expect((await verify('--database', database.url, 'bot')).out).toContain('✓ 7 laws between the tables hold')
    await client.query(
      `insert into baton.keys (conversation, key, body, answer, at) values ('nobody', 'k', 'b', '{}', 1)`,
    )
    const { code, out } = await verify('--database', database.url, 'bot')
    expect(out).toContain(
      '✗ nobody: the answer to a key is kept, and it is not there (a key belongs to a conversation)',
    )
    expect(code).toBe(1)
    await client.query(`delete from baton.keys where conversation = 'nobody'`)
  })

  test('goes on where an earlier run was stopped', async () => {
    // A page of the API.
    const { next } = (await server.admin.call('GET', '/v1/conversations?limit=3')) as { readonly next: string }
    const { out } = await verify('--after', next)
    expect(out).toContain('5 conversations: 5 byte-equal')
  })

  test('names what differs in a stored snapshot, and after which event', async () => {
    const snapshot = await stored('forged')
    await store(
      'forged',
      JSON.stringify({
        ...snapshot,
        machine: { ...snapshot.machine, context: { ...snapshot.machine.context, tries: 7 } },
      }),
    )
    const { code, out } = await verify('forged', 'bot')
    expect(code).toBe(1)
    expect(out).toMatch(
      /✗ forged: the stored snapshot differs from what the log replays to after event \d+ \([a-z.]+\), first at \/machine\/context\/tries/,
    )
    expect(out).toContain('2 conversations: 1 byte-equal, 1 differs')
  })

  test('finds a single byte that says the same, such as a blank', async () => {
    await store('forged', JSON.stringify(await stored('bot')).replace('"seq":', '"seq": '))
    const { code, out } = await verify('forged')
    expect(code).toBe(1)
    expect(out).toContain('✗ forged:')
  })

  test('names the event that brings about something else than was logged', async () => {
    await client.query(
      `update baton.log set entries = replace(entries, '"from":"bot","text":"On its way."', '"from":"bot","text":"On its way!"') where conversation = 'rewritten'`,
    )
    const { code, out } = await verify('rewritten')
    expect(code).toBe(1)
    expect(out).toMatch(
      /✗ rewritten: event \d+ \(bot\.message\) brings about something else than what was logged, first at \/\d+\/text/,
    )
  })

  test('says of a log that is not kept whole that it cannot be replayed, which is no difference', async () => {
    await client.query(`delete from baton.log where conversation = 'cut' and first_seq = 1`)
    const { code, out } = await verify('cut')
    expect(code).toBe(0)
    expect(out).toContain('! cut: the beginning of its log is not kept any more')
    expect(out).toContain('1 conversation: 0 byte-equal, 1 not kept whole')
  })

  test('plays a conversation that was moved to another version on each of them, and so does every moment of it', async () => {
    const other = {
      ...flow,
      nodes: flow.nodes.map((node) =>
        node.type === 'say' ? { ...node, data: { ...node.data, text: 'Hello again.' } } : node,
      ),
    }
    await server.admin.call('PUT', '/v1/flows/hello', other)
    await server.admin.call('POST', '/v1/flows/hello/publish', {})
    const before = await stored('queue')
    expect(await server.admin.call('POST', '/v1/flows/hello/migration', { conversations: ['queue'] })).toMatchObject({
      moved: ['queue'],
    })
    await server.admin.call('POST', '/v1/conversations/queue/events', {
      type: 'customer.message',
      text: 'Still there?',
    })
    expect((await stored('queue')).flow.version).toBe(before.flow.version + 1)
    const { code, out } = await verify('queue')
    expect(out).toContain('1 conversation: 1 byte-equal')
    expect(code).toBe(0)
    expect(await server.admin.call('GET', `/v1/conversations/queue/snapshot?at=${before.seq}`)).toEqual(before)
    expect(await server.admin.call('GET', `/v1/conversations/queue/why?at=${before.seq + 1}`)).toMatchObject({
      event: 'conversation.migrated',
      version: before.flow.version,
    })
    expect(await server.admin.call('GET', '/v1/conversations/queue/why')).toMatchObject({
      event: 'customer.message',
      version: before.flow.version + 1,
    })
  })

  test('a conversation that is not there is refused with the server’s own words', async () => {
    const { code, err } = await verify('nobody')
    expect(code).toBe(1)
    expect(err).toContain('nobody')
  })
})

function verify(...args: readonly string[]) {
  return baton.typed([], ['verify', ...args], { BATON_URL: server.url, BATON_KEY: server.admin.key })
}

async function conversation(id: string): Promise<void> {
  const { customer, bot, agent } = await converseOverHttp(server, flow, { id, customer: { name: 'Ann' } })
  if (id === 'bot') return
  await customer.says('Where is my parcel?')
  await bot.replies('On its way.', { nlu: { confidence: 0.4 } })
  await customer.says('a person please')
  if (id === 'queue' || id === 'forged' || id === 'rewritten') return
  await agent.accepts('sarah')
  await agent.says('Hello')
  if (id === 'back') await agent.handsBack('done')
  if (id === 'closed') await agent.resolves('solved')
}

async function stored(id: string): Promise<Snapshot> {
  const { rows } = await client.query<{ snapshot: string }>('select snapshot from baton.conversations where id = $1', [
    id,
  ])
  // The column holds a Snapshot.
  return JSON.parse(rows[0]?.snapshot ?? '') as Snapshot
}

async function store(id: string, snapshot: string): Promise<void> {
  await client.query('update baton.conversations set snapshot = $2 where id = $1', [id, snapshot])
}
