/**
 * What all nodes of a database must sign and open with alike. Laws:
 *   1. The first secret of a name stays: of nodes that start at once one makes it, the others take it.
 *   2. A node keeps it as a file as well, as on one machine; a file that held another is put aside, not lost.
 *   3. They lie in the database as `seal.ts` says, and so do the documents, some of which hold secrets of others; what lies
 *      there otherwise is sealed by the next start.
 *   4. What a node is configured with is its own affair, but it says so when the node before it was given another.
 */
import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Log } from '../runtime/log.ts'
import { readPrivate, writePrivate } from '../http/private-file.ts'
import type { Seal } from './seal.ts'

export interface Shared {
  readonly folder: string
  readonly name: string
  readonly make: () => string
  readonly seal: Seal
  readonly log: Log
}

/** Resolves with the secret, which stands in `<folder>/<name>` then, and whether it was made by this start. */
export async function shareSecret(
  pool: pg.Pool,
  { folder, name, make, seal, log }: Shared,
): Promise<{ readonly secret: string; readonly made: boolean }> {
  const file = join(folder, name)
  const own = (await readPrivate(file))?.trim()
  const offered = own || make()
  const { rowCount } = await pool.query(
    'insert into baton.secrets (name, secret) values ($1, $2) on conflict do nothing',
    [name, seal.seal(name, offered)],
  )
  const secret = seal.open(name, await readSecret(pool, name))
  if (own !== secret) {
    if (own) {
      await rename(file, `${file}.before`)
      log.warn({ file }, `${file} held another than the database, which counts; the former is in ${name}.before.`)
    }
    await writePrivate(file, `${secret}\n`)
  }
  return { secret, made: rowCount === 1 && !own }
}

/** The place of what signs customers' tokens since the first secret was replaced. */
export const TOKEN_SECRETS = 'of customers’ tokens'

/** The place of a document of `documents-postgres.ts`. */
export function placeOfDocument(name: string): string {
  return `in the document “${name}”`
}

type Table = 'secrets' | 'token_secrets' | 'documents'

/** Seals what lies in the database plainly or by an earlier key. @throws SealedSecret where no key opens one */
export async function sealKept(pool: pg.Pool, seal: Seal): Promise<void> {
  const { rows } = await pool.query<{ table: Table; id: string; kept: string }>(
    `select 'secrets' as table, name as id, secret as kept from baton.secrets
     union all select 'token_secrets', id::text, secret from baton.token_secrets
     union all select 'documents', name, document from baton.documents`,
  )
  for (const { table, id, kept } of rows) {
    const place = placeOf(table, id)
    const text = seal.open(place, kept)
    if (!seal.isCurrent(place, kept)) await pool.query(RESEAL[table], [id, kept, seal.seal(place, text)])
  }
}

/** Each where it still lies as it was: another that starts at the same time may have sealed it. */
const RESEAL: Readonly<Record<Table, string>> = {
  secrets: 'update baton.secrets set secret = $3 where name = $1 and secret = $2',
  token_secrets: 'update baton.token_secrets set secret = $3 where id = $1::bigint and secret = $2',
  documents: 'update baton.documents set document = $3 where name = $1 and document = $2',
}

function placeOf(table: Table, id: string): string {
  switch (table) {
    case 'secrets':
      return id
    case 'token_secrets':
      return TOKEN_SECRETS
    case 'documents':
      return placeOfDocument(id)
  }
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
