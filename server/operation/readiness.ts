/**
 * Whether this server can take work, and if not, why. It is asked every few seconds by machines that send it traffic, so
 * it answers within `PATIENCE` whatever the database does.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { topFolder } from '../top-folder.ts'

/**
 * `database`: it does not answer. `migrations`: it has not all of this release, as after bringing back an older backup.
 * `jobs`: timers and effects are not run here, because the lease of this server was lost or they are being started anew.
 */
export type Unready = 'database' | 'migrations' | 'jobs'

const PATIENCE = 2_000
const FOLDER = join(topFolder, 'server/store/migrations')

/** Resolves to what is missing; undefined when nothing is. */
export function createReadiness(pool: pg.Pool, jobsRun: () => boolean): () => Promise<Unready | undefined> {
  let known: Promise<readonly string[]> | undefined
  return async () => {
    known ??= readdir(FOLDER).then((names) => names.filter((name) => name.endsWith('.sql')))
    const names = await known
    const done = await soon(pool.query<{ name: string }>('select name from baton.migrations')).catch(() => undefined)
    if (done === undefined) return 'database'
    const there = new Set(done.rows.map((row) => row.name))
    if (!names.every((name) => there.has(name))) return 'migrations'
    return jobsRun() ? undefined : 'jobs'
  }
}

async function soon<Result>(work: Promise<Result>): Promise<Result | undefined> {
  let late: NodeJS.Timeout | undefined
  const patience = new Promise<undefined>((resolve) => {
    late = setTimeout(() => resolve(undefined), PATIENCE)
  })
  return Promise.race([work, patience]).finally(() => clearTimeout(late))
}
