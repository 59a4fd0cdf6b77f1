/**
 * What all nodes of a database must sign and open with alike. Laws:
 *   1. The first secret of a name stays: of nodes that start at once one makes it, the others take it.
 *   2. A node keeps it as a file as well, as on one machine; a file that held another is put aside, not lost.
 *   3. What a node is configured with is its own affair, but it says so when the node before it was given another.
 */
import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Log } from '../runtime/log.ts'
import { readPrivate, writePrivate } from '../http/private-file.ts'

/** Resolves with the secret, which stands in `<folder>/<name>` then, and whether it was made by this start. */
export async function shareSecret(
  pool: pg.Pool,
  { folder, name, make, log }: { folder: string; name: string; make: () => string; log: Log },
): Promise<{ readonly secret: string; readonly made: boolean }> {
  const file = join(folder, name)
  const own = (await readPrivate(file))?.trim()
  const offered = own || make()
  const { rowCount } = await pool.query(
    'insert into baton.secrets (name, secret) values ($1, $2) on conflict do nothing',
    [name, offered],
  )
  const secret = await readSecret(pool, name)
  if (own !== secret) {
    if (own) {
      await rename(file, `${file}.before`)
      log.warn({ file }, `${file} held another than the database, which counts; the former is in ${name}.before.`)
    }
    await writePrivate(file, `${secret}\n`)
  }
  return { secret, made: rowCount === 1 && !own }
}

/** Says in the log when another node of the database was started with another value of this variable. */
export async function compareConfigured(pool: pg.Pool, variable: string, value: string, log: Log): Promise<void> {
  const print = createHash('sha256').update(`${variable}\n${value}`).digest('base64url')
  const { rows } = await pool.query<{ former: string | null }>(
    `with before as (select print from baton.prints where name = $1)
     insert into baton.prints as p (name, print) values ($1, $2)
     on conflict (name) do update set print = excluded.print, at = clock_timestamp()
     returning (select print from before) as former`,
    [variable, print],
  )
  const former = rows[0]?.former ?? print
  if (former !== print)
    log.warn(
      { variable },
      `The last server that was started on this database had another ${variable}; give all of them the same.`,
    )
}

async function readSecret(pool: pg.Pool, name: string): Promise<string> {
  const { rows } = await pool.query<{ secret: string }>('select secret from baton.secrets where name = $1', [name])
  const first = rows[0]
  if (!first) throw new Error(`The database has lost the secret ${name}.`)
  return first.secret
}
