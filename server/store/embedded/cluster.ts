/*
 * The cluster is the folder `postgres` in its home. It is made aside and renamed into place as the last act, so it is
 * there complete or not at all; an initdb that was cut short leaves only a scratch folder, which the next start
 * removes. Nothing here ever deletes a folder named `postgres`.
 * `baton.json` inside it holds the port and the passwords: they travel with the data and cannot be lost alone.
 */
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { placeFile, syncFolder } from './durable.ts'
import { unless } from './errno.ts'
import { EmbeddedPostgresError, fromOutput } from './fault.ts'
import { parseJson } from './json.ts'
import { freePort } from './port.ts'
import { run } from './run.ts'

/** How to reach the cluster. `superuserPassword` is ours alone; `password` is that of the application's role. */
export type Access = z.infer<typeof ACCESS>

interface Making {
  readonly cluster: string
  readonly binaries: Binaries
  readonly account: Account | undefined
  /** Whether the new files are to survive a loss of power: false only for tests. */
  readonly durable: boolean
}

/** Opens the cluster, making it when there is none; throws `version` or `foreign` when the folder is not for us. */
export async function openCluster(making: Making): Promise<Access> {
  const { cluster, binaries } = making
  await clearScratch(dirname(cluster))
  const entries = await readdir(cluster).catch(unless('ENOENT'))
  if (entries === undefined || entries.length === 0) return create(making)
  const made = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(unless('ENOENT')))?.trim()
  const access = ACCESS.safeParse(parseJson(await readFile(join(cluster, ACCESS_FILE), 'utf8').catch(unless('ENOENT'))))
  if (made === undefined || !access.success) {
    const missing = made === undefined ? 'PG_VERSION' : ACCESS_FILE
    const message = `${cluster} is not a database of Baton: its file ${missing} is missing or broken.`
    throw new EmbeddedPostgresError('foreign', message, cluster)
  }
  if (made !== binaries.version.split('.')[0]) {
    const message = `${cluster} was made by PostgreSQL ${made}, this is PostgreSQL ${binaries.version}.`
    throw new EmbeddedPostgresError('version', message, cluster)
  }
  return access.data
}

/** Keeps `access` in the cluster, readable by its owner alone. */
export async function saveAccess(cluster: string, access: Access, account: Account | undefined): Promise<void> {
  await placeFile(join(cluster, ACCESS_FILE), JSON.stringify(access, null, 2), SECRET, account)
}

/** How the cluster in this home is reached; undefined when there is none. */
export async function accessOf(home: string): Promise<Access | undefined> {
  const text = await readFile(join(home, 'postgres', ACCESS_FILE), 'utf8').catch(unless('ENOENT', 'ENOTDIR'))
  return ACCESS.safeParse(parseJson(text)).data
}

async function create({ cluster, binaries, account, durable }: Making): Promise<Access> {
  const home = dirname(cluster)
  const access = { port: await freePort(), password: secret(), superuserPassword: secret() }
  const scratch = await mkdtemp(join(home, SCRATCH))
  if (account) await chown(scratch, account.uid, account.gid)
  const passwordFile = join(scratch, 'password')
  const data = join(scratch, 'data')
  await placeFile(passwordFile, access.superuserPassword, SECRET, account)
  const options = [`--pgdata=${data}`, `--pwfile=${passwordFile}`, ...INITDB, ...(durable ? [] : ['--no-sync'])]
  const { code, output } = await run(account, binaries.initdb, options)
  if (code !== 0) {
    await rm(scratch, { recursive: true, force: true })
    throw fromOutput(output, cluster)
  }
  await saveAccess(data, access, account)
  await rename(data, cluster)
  await syncFolder(home)
  await rm(scratch, { recursive: true })
  return access
}

async function clearScratch(home: string): Promise<void> {
  const left = (await readdir(home)).filter((name) => name.startsWith(SCRATCH))
  // An initdb whose parent was killed may still be writing there: it fails by this, and the folder goes at last.
  await Promise.all(left.map((name) => rm(join(home, name), { recursive: true, force: true, maxRetries: 10 })))
}

/** URL-safe, 192 bits. */
function secret(): string {
  return randomBytes(24).toString('base64url')
}

const ACCESS = z.object({
  port: z.int().min(1).max(65_535),
  password: z.string().min(1),
  superuserPassword: z.string().min(1),
})
const ACCESS_FILE = 'baton.json'
const SECRET = 0o600
const SCRATCH = 'postgres.initdb-'

/**
 * The collation is PostgreSQL's own C.UTF-8: one that comes from the system changes with it and breaks indexes when a
 * data folder moves.
 */
const INITDB = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
]
