import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'
import { supportFlow } from '../runtime/support-flow.ts'
import { startBaton, type BatonProcess } from './process.ts'

let folder = ''
let database: TestDatabase
const running = new Set<BatonProcess>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-drain-'))
  database = await freshDatabase()
  await mkdir(join(folder, 'flows'))
  await writeFile(join(folder, 'flows/support.flow.json'), JSON.stringify(supportFlow()))
})
afterAll(async () => {
  await Promise.all([...running].map((each) => each.stop()))
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

async function begin(more: Readonly<Record<string, string>> = {}): Promise<BatonProcess> {
  const one = await startBaton({
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    FLOWS_DIR: join(folder, 'flows'),
    LOG_LEVEL: 'warn',
    ...more,
  })
  running.add(one)
  return one
}

/** Ends one as an orchestrator does; resolves to its exit code. */
async function end(one: BatonProcess): Promise<number | null> {
  running.delete(one)
  one.child.kill('SIGTERM')
  return one.ended
}

interface Tally {
  acknowledged: number
  again: number
  readonly failed: string[]
}

/** Writes as fast as it can; whoever is refused for now or cut off sends the same again, to the next. */
async function client(nodes: () => readonly BatonProcess[], tally: Tally, until: () => boolean): Promise<void> {
  const id = randomUUID()
  const send = async (path: string, body: object): Promise<void> => {
    const key = randomUUID()
    for (let tries = 0; tries < 200; tries++) {
      const open = nodes()
      const node = open[tries % open.length]
      const answer = await node?.ask('POST', path, body, undefined, { 'Idempotency-Key': key }).catch(() => undefined)
      if (answer !== undefined && answer.status < 300) return void tally.acknowledged++
      if (answer !== undefined && answer.status !== 503)
        return void tally.failed.push(`${answer.status} ${answer.text}`)
      tally.again++
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    tally.failed.push('nobody took it')
  }
  await send('/v1/conversations', { flow: 'support', id })
  while (!until()) await send(`/v1/conversations/${id}/events`, { type: 'customer.message', text: 'Are you there?' })
}

test('a rolling restart under load costs no client that tries again a single write, and each server ends with 0', async () => {
  let nodes = [await begin(), await begin()]
  const tally: Tally = { acknowledged: 0, again: 0, failed: [] }
  let over = false
  const clients = Array.from({ length: 6 }, () =>
    client(
      () => nodes,
      tally,
      () => over,
    ),
  )
  const codes: (number | null)[] = []
  for (const old of nodes) {
    const next = await begin()
    const before = tally.acknowledged
    await expect.poll(() => tally.acknowledged).toBeGreaterThan(before + 20)
    // The clients find out by themselves that the old one goes.
    nodes = [...nodes, next]
    codes.push(await end(old))
    nodes = nodes.filter((each) => each !== old)
  }
  over = true
  await Promise.all(clients)
  expect(tally.failed).toEqual([])
  expect(codes).toEqual([0, 0])
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  const { rows } = await sql.query<{ events: string }>(
    `select count(*) as events from baton.log where entries like '%"type":"customer.message"%'
      or entries like '%"type":"conversation.started"%'`,
  )
  expect(Number(rows[0]?.events)).toBe(tally.acknowledged)
  const { rows: left } = await sql.query('select from graphile_worker.jobs where locked_by is not null')
  expect(left).toEqual([])
  await sql.end()
}, 180_000)

test('a server that is told to stop says so at once and still answers, then ends its streams with a time to come back', async () => {
  const one = await begin({ DRAIN_SECONDS: '2' })
  await one.ask('POST', '/v1/conversations', { flow: 'support', id: 'followed' })
  const stream = await fetch(`${one.url}/v1/conversations/followed/stream`, {
    headers: { Authorization: 'Bearer the-key-of-the-tests-admin' },
  })
  const text = stream.text()
  const ended = end(one)
  await expect.poll(async () => (await one.ask('GET', '/health/ready')).status).toBe(503)
  const ready = await one.ask('GET', '/health/ready')
  expect(ready.body).toMatchObject({ code: 'unavailable', errors: [{ message: 'draining' }] })
  expect((await one.ask('GET', '/health/live')).status).toBe(200)
  const answered = await one.ask('POST', '/v1/conversations/followed/events', { type: 'customer.message', text: 'Hi' })
  expect(answered.status).toBe(200)
  expect(answered.headers.get('connection')).toBe('close')
  expect(await ended).toBe(0)
  const [first, last] = [...(await text).matchAll(/^retry: (\d+)$/gm)].map(([, wait]) => Number(wait))
  expect(first).toBe(2_000)
  expect(last).toBeLessThanOrEqual(4_000)
})

test('a server whose database is of an older backup says that migrations are missing', async () => {
  const one = await begin()
  expect((await one.ask('GET', '/health/ready')).body).toEqual({ status: 'ready' })
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  const { rows } = await sql.query(`delete from baton.migrations where name like '0010%' returning name, at`)
  expect((await one.ask('GET', '/health/ready')).body).toMatchObject({ errors: [{ message: 'migrations' }] })
  await sql.query('insert into baton.migrations (name, at) values ($1, $2)', [rows[0]?.name, rows[0]?.at])
  await sql.end()
  expect((await one.ask('GET', '/health/ready')).status).toBe(200)
})
