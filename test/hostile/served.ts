/**
 * `baton serve` as a process of its own on a database of its own, with somebody of every role and something of every
 * kind in it, so that an attack can be watched from outside: what it answers, what it keeps, how much memory it holds.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { builtProgram } from '#test/driver/built.ts'
import { freshDatabase } from '#test/driver/postgres.ts'
import { serverAt, type TestServer } from '#test/driver/server.ts'
import type { CallerRole } from '#server/http/rights.ts'
import { isReady } from '../server/crash/started-server.ts'
import { handoffFlow } from '../server/http/handoff-flow.ts'

export interface Served {
  readonly url: string
  readonly keys: Readonly<Record<CallerRole, string>>
  /** What the server keeps, as one text: database and files. Equal as long as nothing has changed. */
  state(): Promise<string>
  /** The memory it holds, in bytes; NaN where the system does not tell. */
  memory(): Promise<number>
  /** The end of what it has printed. */
  said(): string
  close(): Promise<void>
}

const ADMIN_KEY = 'the-key-of-the-hostile-tests'
/** Who was seen last, and nodes that say that they live, change by themselves. */
const BY_ITSELF = ['last_used_at', 'last_seen_at', 'used_at', 'seen_at']
const LIVING = ['nodes', 'migrations']

export async function serveForAttack(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-hostile-'))
  await mkdir(join(folder, 'flows'))
  await writeFile(join(folder, 'flows/handoff.flow.json'), JSON.stringify(handoffFlow))
  const database = await freshDatabase()
  const port = await freePort()
  const child = spawn(process.execPath, [await builtProgram(), 'serve'], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      FLOWS_DIR: join(folder, 'flows'),
      DATABASE_URL: database.url,
      BATON_ADMIN_KEY: ADMIN_KEY,
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
      WIDGET_STARTS: '0',
      WRONG_KEYS: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const out of [child.stdout, child.stderr])
    out.on('data', (chunk: Buffer) => (said = (said + String(chunk)).slice(-20_000)))
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  while (!(await isReady(url))) if (child.exitCode !== null) throw new Error(`The server did not start:\n${said}`)
  const keys = await furnished(serverAt(url, ADMIN_KEY))
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  return {
    url,
    keys,
    state: async () => `${await stateOf(pool)}\n${await filesIn(folder)}`,
    memory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1_024
    },
    said: () => said,
    async close() {
      child.kill('SIGTERM')
      await ended
      await pool.end()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Something of every kind, named as the attacks name it. */
async function furnished({ admin, as }: TestServer): Promise<Served['keys']> {
  await admin.call('PUT', '/v1/teams/help', { name: 'Help' })
  for (const id of ['anna', 'ben']) await admin.call('PUT', `/v1/agents/${id}`, { name: id, teams: ['help'] })
  await admin.call('PUT', '/v1/schedules/office', { timezone: 'UTC', week: { mon: [['09:00', '17:00']] } })
  await admin.call('PUT', '/v1/bots/parcels', { url: 'https://bots.example.com/parcels' })
  let token = ''
  for (const id of ['chat-1', 'chat-2', 'chat-3']) {
    const opened = await admin.call('POST', '/v1/conversations', {
      flow: 'handoff',
      id,
      customer: { id: `customer-${id}`, name: 'Ada' },
    })
    if (id === 'chat-1') token = String(Reflect.get(Object(opened), 'customerToken'))
  }
  await admin.call('POST', '/v1/conversations/chat-2/events', { type: 'customer.message', text: 'a person please' })
  await admin.call('POST', '/v1/conversations/chat-3/events', { type: 'bot.done' })
  const [designer, supervisor, agent, bot] = await Promise.all([
    as('designer'),
    as('supervisor'),
    as('agent', 'anna'),
    as('bot'),
  ])
  return {
    admin: admin.key,
    designer: designer.key,
    supervisor: supervisor.key,
    agent: agent.key,
    bot: bot.key,
    customer: token,
  }
}

async function stateOf(pool: pg.Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'baton' and not tablename = any($1) order by 1`,
    [LIVING],
  )
  const states = tables.map(async ({ name }) => {
    const { rows } = await pool.query<{ state: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(row, '|' order by row)), '') as state
       from (select (to_jsonb(t) - $1::text[])::text as row from baton."${name}" t) rows`,
      [BY_ITSELF],
    )
    return `${name} ${rows[0]?.state}`
  })
  return (await Promise.all(states)).join('\n')
}

async function filesIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hashes = files.toSorted().map(async (file) => {
    const bytes = await readFile(file).catch(() => '')
    return `${file} ${createHash('sha256').update(bytes).digest('hex')}`
  })
  return (await Promise.all(hashes)).join('\n')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
