/*
 * A PostgreSQL for tests: one server for the run (see postgres-global.ts), a database of its own for whoever asks.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { startEmbedded } from '#server/store/embedded/index.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPool } from '#server/store/pool.ts'

export interface TestPostgres {
  readonly url: string
  readonly folder: string
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
}

export interface TestDatabase {
  readonly url: string
  /** Removes the database, whoever is still connected to it. */
  drop(): Promise<void>
}

/** A server in a temporary folder. It would lose data with the power, and is quick in return. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-postgres-'))
  // The postmaster of a run as root is another user and must get through.
  await chmod(folder, 0o711)
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const server = await startEmbedded({ dataDir: join(folder, 'data'), settings: QUICK })
    return { url: server.url, folder, stop: () => server.stop().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/** An empty database of its own in the run's server, or in the one at `server`. */
export async function freshDatabase(server: string = inject('postgresUrl')): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** Baton's tables in a database, as a server's start leaves them; the database's URL again. */
export async function migrated(url: string): Promise<string> {
  const { pool, close } = openPool({ connectionString: url, max: 2 }, () => undefined)
  await migrate(pool).finally(close)
  return url
}

/** For a suite: a fresh database before its first test, gone after its last. Read `url` inside tests and hooks. */
export function testDatabase(): { readonly url: string } {
  let database: TestDatabase | undefined
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database?.drop())
  return {
    get url() {
      if (!database) throw new Error('The database is there from beforeAll on: read `url` inside a test or a hook.')
      return database.url
    },
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

// Autovacuum works as the superuser, whom who drops a database may not send away.
const QUICK = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum: 'off',
}
