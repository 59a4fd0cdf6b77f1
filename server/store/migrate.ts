/**
 * Brings the database up to this version of Baton. Migrations are the files `migrations/<number>-<what>.sql`, run once
 * each in the order of their names, forward only; a change is a new file, never an edit of one that was released.
 * One advisory lock lets several nodes start at once: the first migrates, the others find the work done.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeWorkerUtils } from 'graphile-worker'
import type pg from 'pg'
import { topFolder } from '../top-folder.ts'
import { silentJobsLog } from './jobs-log.ts'

const FOLDER = join(topFolder, 'server/store/migrations')
const LOCK = 4_206_900_001

/** Also brings up the schema of graphile-worker, on which the functions of the migrations stand. */
export async function migrate(pool: pg.Pool): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    try {
      await migrateJobs(pool)
      return await runMissing(client)
    } finally {
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

async function runMissing(client: pg.PoolClient): Promise<readonly string[]> {
  await client.query(`create schema if not exists baton;
    create table if not exists baton.migrations (name text primary key, at timestamptz not null default now())`)
  const { rows } = await client.query<{ name: string }>('select name from baton.migrations')
  const done = new Set(rows.map((row) => row.name))
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  const missing = files.filter((name) => !done.has(name))
  for (const name of missing) await runOne(client, name)
  return missing
}

async function runOne(client: pg.PoolClient, name: string): Promise<void> {
  const sql = await readFile(join(FOLDER, name), 'utf8')
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into baton.migrations (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The database could not be brought up to date: ${name} failed.`, { cause: error })
  }
}
