/**
 * Bringing a backup back. Laws:
 * 1. Nothing is overwritten: the database must be one that holds nothing of a Baton, and no file may be there with other
 *    content.
 * 2. The whole file is checked before anything is written, and the database is written by one transaction.
 * 3. One that was broken off can be made again: until that transaction is over there are tables without rows, and files
 *    that are the backup's own.
 * 4. It is loaded into the schema that it was taken of, and brought up to date from there as any database is.
 */
import { access, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, normalize, sep } from 'node:path'
import type pg from 'pg'
import { migrate } from '../../store/migrate.ts'
import { openPool } from '../../store/pool.ts'
import { topFolder } from '../../top-folder.ts'
import { BackupFault, readArchive, type Head, type Row } from './archive.ts'
import { clear, isUsed, tablesOf, type Table } from './tables.ts'
import type { BackupPlaces } from './write.ts'

const MIGRATIONS = join(topFolder, 'server/store/migrations')
const BYTES_AT_ONCE = 4_000_000
const ROWS_AT_ONCE = 500
const TELL_EVERY = 10_000

export interface Checked {
  readonly head: Head
  readonly rows: number
}

type Folders = Pick<BackupPlaces, 'dataDir' | 'flowsDir'>

/**
 * Reads all of a backup and writes nothing. @throws BackupFault
 * @param folders where it is to go; left out: whether the file is whole, whatever this machine holds
 */
export async function checkBackup(path: string, folders?: Folders): Promise<Checked> {
  let found: Head | undefined
  let rows = 0
  for await (const record of readArchive(path)) {
    if (Array.isArray(record)) rows++
    else if ('baton-backup' in record) found = record
    else if ('file' in record) {
      const name = nameOf(record.file)
      if (folders) await refuseOther(placeOf(name, folders), record.base64)
    }
  }
  if (found === undefined) throw new BackupFault(`${path} does not say what it is of; it is no backup of Baton.`)
  for (const name of found.migrations)
    await access(join(MIGRATIONS, name)).catch(() => {
      throw new BackupFault(`${path} was taken by a newer Baton (it knows ${name}); restore it with that one.`)
    })
  return { head: found, rows }
}

/** Loads a backup that was checked. `told` hears how far it is. @throws BackupFault where the database is in use */
export async function load(
  path: string,
  { head }: Checked,
  places: BackupPlaces,
  told: (rows: number) => void,
): Promise<void> {
  const { pool, close } = openPool(
    { connectionString: places.databaseUrl, max: 3, application_name: 'baton restore' },
    () => undefined,
  )
  try {
    const client = await pool.connect()
    try {
      if (await isUsed(client)) throw new BackupFault('The database is in use already; restore into an empty one.')
      await clear(client)
    } finally {
      client.release()
    }
    await migrateTo(pool, head.migrations)
    await inOneTransaction(pool, (transaction) => loadAll(path, transaction, places, told))
    await migrate(pool)
    await pool.query('analyze')
  } finally {
    await close()
  }
}

/** The schema as it was, by the files of this release: one that was released never changes. */
async function migrateTo(pool: pg.Pool, names: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-restore-'))
  try {
    for (const name of names) await copyFile(join(MIGRATIONS, name), join(folder, name))
    await migrate(pool, folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function inOneTransaction(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`set timezone = 'UTC'; set datestyle = 'ISO'; begin`)
    await work(client)
    await client.query('commit')
    client.release()
  } catch (error) {
    // Ends the transaction whatever state the connection is in.
    client.release(true)
    throw error
  }
}

async function loadAll(
  path: string,
  client: pg.PoolClient,
  places: BackupPlaces,
  told: (rows: number) => void,
): Promise<void> {
  const tables = await tablesOf(client)
  // What triggers do has been done: it is in the rows.
  for (const { name } of tables) await client.query(`alter table ${name} disable trigger user`)
  for (const { name } of tables.toReversed()) await client.query(`delete from ${name}`)
  let into: Insert | undefined
  let rows = 0
  for await (const record of readArchive(path)) {
    if (Array.isArray(record)) {
      await into?.add(record)
      if (++rows % TELL_EVERY === 0) told(rows)
      continue
    }
    await into?.end()
    into = undefined
    if ('table' in record) into = insertInto(client, named(record.table, tables), record.columns)
    else if ('file' in record) await place(placeOf(nameOf(record.file), places), record.base64)
    else if ('sequences' in record)
      for (const [name, { last, called }] of Object.entries(record.sequences))
        await client.query('select setval($1::regclass, $2::bigint, $3)', [name, last, called])
  }
  // Of servers that are no more.
  await client.query(`update graphile_worker._private_jobs set locked_at = null, locked_by = null;
    update graphile_worker._private_job_queues set locked_at = null, locked_by = null`)
  for (const { name } of tables) await client.query(`alter table ${name} enable trigger user`)
}

function named(name: string, tables: readonly Table[]): Table {
  const table = tables.find((each) => each.name === name)
  if (table === undefined) throw new BackupFault(`The backup holds a table ${name.slice(0, 100)}, which is not known.`)
  return table
}

interface Insert {
  add(row: Row): Promise<void>
  end(): Promise<void>
}

/** Rows of one table, some at a time. Only names of the catalogue come into the statement. */
function insertInto(client: pg.PoolClient, table: Table, columns: readonly string[]): Insert {
  const known = columns.map((name) => {
    const column = table.columns.find((each) => each.name === name)
    if (column === undefined) throw new BackupFault(`${table.name} has no column ${name.slice(0, 100)} any more.`)
    return column
  })
  const values = known.map(({ type }, index) => `(r->>${index})::${type}`).join(', ')
  const text = `insert into ${table.name} (${known.map(({ name }) => name).join(', ')}) overriding system value
    select ${values} from unnest($1::json[]) r`
  let held: string[] = []
  let bytes = 0
  async function flush(): Promise<void> {
    if (held.length === 0) return
    await client.query(text, [held])
    held = []
    bytes = 0
  }
  return {
    async add(row) {
      const line = JSON.stringify(row)
      held.push(line)
      bytes += line.length
      if (held.length >= ROWS_AT_ONCE || bytes > BYTES_AT_ONCE) await flush()
    },
    end: flush,
  }
}

interface FileName {
  readonly folder: 'data' | 'flows'
  readonly path: string
}

/** A name that leads elsewhere is not of our making. */
function nameOf(name: string): FileName {
  const [, folder, path = ''] = /^(data|flows)\/(.+)$/.exec(name) ?? []
  const plain = normalize(path)
  if (plain !== path || plain.split(sep).includes('..') || plain.includes('\u0000') || !isFolder(folder))
    throw new BackupFault(`The backup holds a file “${name.slice(0, 100)}”, which belongs nowhere.`)
  return { folder, path: plain }
}

function isFolder(text: string | undefined): text is FileName['folder'] {
  return text === 'data' || text === 'flows'
}

function placeOf({ folder, path }: FileName, { dataDir, flowsDir }: Folders): string {
  return join(folder === 'data' ? dataDir : flowsDir, path)
}

async function refuseOther(path: string, base64: string): Promise<void> {
  const there = await readFile(path).catch(() => undefined)
  if (there === undefined || there.equals(Buffer.from(base64, 'base64'))) return
  throw new BackupFault(`${path} is there already and is another; restore into an empty folder, or move it away.`)
}

/** Whole or not at all: half a file would be another's to who makes it again. */
async function place(path: string, base64: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.part`
  await writeFile(draft, Buffer.from(base64, 'base64'), {
    mode: /\.(key|secret)$|keys|bots|channels|webhooks/.test(path) ? 0o600 : 0o644,
    flush: true,
  })
  await rename(draft, path)
}
