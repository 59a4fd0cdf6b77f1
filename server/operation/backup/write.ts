/**
 * A backup while Baton runs. Laws:
 * 1. The database is copied in one read-only transaction: all of it is of one moment, and nobody waits for it.
 * 2. Files are copied after that moment, so a version of a flow that a conversation names is there.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { writeArchive } from './archive.ts'
import { tablesOf, type Table } from './tables.ts'

export interface BackupPlaces {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly flowsDir: string
}

const ROWS_AT_ONCE = 200
/** Of a table of files, each of them up to 10 MB. */
const FILES_AT_ONCE = 4
const TELL_EVERY = 10_000

/** Writes a backup; resolves to the rows that it holds. `told` hears how far it is. */
export async function backUp(
  { databaseUrl, dataDir, flowsDir }: BackupPlaces,
  path: string,
  told: (rows: number) => void,
): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'baton backup' })
  client.on('error', () => undefined)
  await client.connect()
  let rows = 0
  async function* lines(): AsyncGenerator<string> {
    await client.query(`set timezone = 'UTC'; set datestyle = 'ISO'; set extra_float_digits = 1;
      begin transaction isolation level repeatable read read only`)
    const done = await client.query<{ name: string }>('select name from baton.migrations order by name')
    const at = new Date().toISOString()
    yield JSON.stringify({ 'baton-backup': 1, at, migrations: done.rows.map(({ name }) => name) })
    for (const table of await tablesOf(client)) {
      yield JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) })
      for await (const row of rowsOf(client, table)) {
        yield row
        if (++rows % TELL_EVERY === 0) told(rows)
      }
    }
    yield* filesOf('data', dataDir, isKept)
    yield* filesOf('flows', flowsDir, (name) => name.endsWith('.json'))
    yield JSON.stringify({ sequences: await sequencesOf(client) })
  }
  try {
    await writeArchive(path, lines())
    return rows
  } finally {
    await client.end()
  }
}

async function* rowsOf(client: pg.Client, { name, columns }: Table): AsyncGenerator<string> {
  const atOnce = columns.some(({ type }) => type === 'bytea') ? FILES_AT_ONCE : ROWS_AT_ONCE
  const values = columns.map((column) => `${column.name}::text`).join(', ')
  await client.query(`declare rows no scroll cursor for select json_build_array(${values})::text as row from ${name}`)
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${atOnce} from rows`)
    for (const { row } of rows) yield row
    if (rows.length < atOnce) break
  }
  await client.query('close rows')
}

async function sequencesOf(client: pg.Client): Promise<object> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences
    where schemaname in ('baton', 'graphile_worker') order by 1`,
  )
  const found: [string, object][] = []
  for (const { name } of rows) {
    const { rows: values } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    )
    const [value] = values
    if (value !== undefined) found.push([name, value])
  }
  return Object.fromEntries(found)
}

/** Of the data folder everything but the embedded database and what is being written. */
function isKept(name: string): boolean {
  return !name.includes('/') && !name.startsWith('postgres') && /\.(json|key|secret)$/.test(name)
}

async function* filesOf(prefix: string, folder: string, isWanted: (name: string) => boolean): AsyncGenerator<string> {
  for (const name of (await namesIn(folder, '')).filter(isWanted).sort()) {
    const bytes = await readFile(join(folder, name))
    yield JSON.stringify({ file: `${prefix}/${name}`, base64: bytes.toString('base64') })
  }
}

/** With a `/` below the folder; nothing where there is none. Folders whose names begin with `postgres` are another's. */
async function namesIn(folder: string, below: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => [])
  const names = await Promise.all(
    entries.map(async (entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) return entry.name.startsWith('postgres') ? [] : namesIn(folder, name)
      return entry.isFile() ? [name] : []
    }),
  )
  return names.flat()
}
