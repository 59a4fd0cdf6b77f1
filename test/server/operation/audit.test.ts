/** What a crash leaves in the audit log. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'
import { startBaton, type BatonProcess } from './process.ts'

let folder = ''
let database: TestDatabase
let running: BatonProcess | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-audit-'))
  database = await freshDatabase()
  await mkdir(join(folder, 'flows'))
})
afterAll(async () => {
  await running?.stop()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Who is about to write an entry. */
const WRITING = `select pid from pg_stat_activity
  where query like '%settle_audit%' and datname = current_database() and pid <> pg_backend_pid()`

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  return client
}

const begin = (): Promise<BatonProcess> =>
  startBaton({ DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), FLOWS_DIR: join(folder, 'flows') })

test('a server that is killed between a change and its entry leaves an entry, by the next start', async () => {
  const [holder, client] = await Promise.all([connected(), connected()])
  const first = await begin()
  running = first
  // Whoever writes an entry waits from here on.
  await holder.query('begin')
  await holder.query('select from baton.audit_head for update')
  const answer = first.ask('PUT', '/v1/teams/help', { name: 'Help' }).catch(() => 'none')
  await expect.poll(async () => (await client.query(WRITING)).rowCount).toBe(1)
  first.child.kill('SIGKILL')
  await first.ended
  // As when the machine went with it: PostgreSQL would finish for the dead what they had asked for.
  await client.query(`select pg_terminate_backend(pid) from (${WRITING}) of_the_dead`)
  await holder.end()
  expect(await answer).toBe('none')
  const { rows } = await client.query('select at from baton.undertakings')
  expect(rows).toHaveLength(1)
  await client.query('update baton.undertakings set at = at - 600000')
  await client.end()
  const second = await begin()
  running = second
  expect((await second.ask('GET', '/v1/teams/help')).body).toMatchObject({ name: 'Help' })
  expect((await second.ask('GET', '/v1/audit')).body).toMatchObject({
    items: [
      {
        action: 'team.saved',
        actor: { id: 'admin' },
        target: { kind: 'team', id: 'help' },
        change: { after: { outcome: 'unknown', begunAt: expect.any(String) } },
      },
    ],
  })
})
