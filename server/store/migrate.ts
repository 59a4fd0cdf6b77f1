/**
 * Brings the database up to this version of Baton. Migrations are the files `migrations/<number>-<what>.sql`, run once
 * each in the order of their names, forward only; a change is a new file, never an edit of one that was released.
 * One advisory lock lets several nodes start at once: the first migrates, the others find the work done. A migration may
 * take as long as it needs, and who waits for it too; but for a table that others use it waits a moment only and then
 * begins anew, because whatever wants that table next would have to wait behind it.
 *
 * Nodes are replaced one by one, so code of the release before works on the new schema: a migration only adds. One that
 * takes away what was still used says in a line of its own since when code can do without:
 *
 *   -- least: 0008
 *
 * Code that does not know a migration may run when the last one that it knows is at least that.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeWorkerUtils } from 'graphile-worker'
import type pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { topFolder } from '../top-folder.ts'
import { connectionTo } from './connection.ts'
import { silentJobsLog } from './jobs-log.ts'
import { openPool } from './pool.ts'

const FOLDER = join(topFolder, 'server/store/migrations')
const LOCK = 4_206_900_001
/** A node that stops while it migrates must not keep the others from starting. */
const SILENT = '10s'

/** The database is ahead of this code, and what this code uses is gone. */
export class SchemaAhead extends Error {
  override readonly name = 'SchemaAhead'
}

/** How long a migration waits for tables that others use. */
export interface LockPatience {
  /** Milliseconds: nobody is held up by it for longer. */
  readonly wait: number
  /** Milliseconds before it begins anew; the others get through meanwhile. */
  readonly pause: number
  readonly tries: number
}
const FOR_MINUTES: LockPatience = { wait: 2_000, pause: 1_000, tries: 100 }
const LOCK_NOT_AVAILABLE = '55P03'

/** Brings up the database of a server that starts, by connections on which a statement takes as long as it needs. */
export async function bringUpToDate(databaseUrl: string, onLost: (error: Error) => void): Promise<void> {
  const { pool, close } = openPool({ ...connectionTo(databaseUrl, 'baton migrations', null), max: 2 }, onLost)
  await migrate(pool).finally(close)
}

/** Also brings up the schema of graphile-worker, on which the functions of the migrations stand. */
export async function migrate(
  pool: pg.Pool,
  folder = FOLDER,
  patience: LockPatience = FOR_MINUTES,
): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    try {
      await migrateJobs(pool)
      await client.query(`set idle_session_timeout = '${SILENT}'`)
      return await runMissing(client, await readMigrations(folder), patience)
    } finally {
      await client.query('reset idle_session_timeout')
      await client.query('select pg_advisory_unlock($1)', [LOCK])
    }
  } finally {
    client.release()
  }
}

async function migrateJobs(pool: pg.Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: pool, logger: silentJobsLog })
  try {
    await utils.migrate()
  } finally {
    await utils.release()
  }
}

interface Migration {
  readonly name: string
  readonly sql: string
  /** Since which migration code does without what this one takes away; null: it only adds. */
  readonly least: string | null
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { name, sql, least: /^-- least: (\d{4})$/m.exec(sql)?.[1] ?? null }
    }),
  )
}

async function runMissing(
  client: pg.PoolClient,
  known: readonly Migration[],
  patience: LockPatience,
): Promise<readonly string[]> {
  await client.query(`create schema if not exists baton;
    create table if not exists baton.migrations (name text primary key, at timestamptz not null default now());
    alter table baton.migrations add column if not exists least text`)
  const { rows } = await client.query<{ name: string; least: string | null }>(
    'select name, least from baton.migrations',
  )
  refuseAhead(rows, known)
  const done = new Set(rows.map((row) => row.name))
  const missing = known.filter(({ name }) => !done.has(name))
  for (const migration of missing) await runOne(client, migration, patience)
  return missing.map(({ name }) => name)
}

function refuseAhead(done: readonly Pick<Migration, 'name' | 'least'>[], known: readonly Migration[]): void {
  const newest = numberOf(known.at(-1)?.name ?? '')
  const names = new Set(known.map(({ name }) => name))
  const beyond = done.find(({ name, least }) => !names.has(name) && least !== null && newest < least)
  if (beyond === undefined) return
  throw new SchemaAhead(
    `The database was brought to ${beyond.name} by a newer Baton, which needs code that knows ${beyond.least}; ` +
      `this one knows ${newest}. Start the newer Baton here, too.`,
  )
}

const numberOf = (name: string): string => name.slice(0, 4)

async function runOne(client: pg.PoolClient, migration: Migration, patience: LockPatience): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryOne(client, migration, patience)
    } catch (error) {
      const isHeldUp = error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE
      if (!isHeldUp || tries === patience.tries) throw await failed(client, migration, isHeldUp, error)
    }
    await pause(patience.pause)
  }
}

async function tryOne(client: pg.PoolClient, { name, sql, least }: Migration, { wait }: LockPatience): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${wait}`)
    await client.query(sql)
    await client.query('insert into baton.migrations (name, least) values ($1, $2)', [name, least])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function failed(client: pg.PoolClient, { name }: Migration, isHeldUp: boolean, cause: unknown): Promise<Error> {
  const said = `The database could not be brought up to date: ${name} failed.`
  if (!isHeldUp) return new Error(said, { cause })
  const { rows } = await client.query<{ who: string }>(
    `select format('%s (process %s)', coalesce(nullif(application_name, ''), 'somebody'), pid) as who
    from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
    order by xact_start limit 3`,
  )
  const who =
    rows.length === 0 ? '' : ` Transactions are open of ${rows.map((row) => row.who).join(', ')}: end them first.`
  return new Error(`${said} It needs a table that others did not let go of.${who} Then start again.`, { cause })
}
