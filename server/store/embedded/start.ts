/*
 * The embedded PostgreSQL from nothing to a URL. In the data folder it keeps
 *   postgres.log, .1     what PostgreSQL says, bounded
 *   postgres.lock        who uses the folder
 *   postgres.location    where the cluster's home is, only where that is not the data folder (see `location.ts`)
 * and in the home
 *   postgres/            the cluster, with the port and the passwords in `baton.json`
 *   postgres.binaries-*  a copy of the programs, only where npm's cannot be run in place
 *
 * It listens on 127.0.0.1 only, with password, and not on a Unix socket: paths of sockets are limited to about 100
 * bytes, so a data folder deep in a home would need the other way anyhow, and one way is tested better than two.
 */
import { mkdir, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { findBinaries } from './binaries.ts'
import { openCluster, saveAccess, type Access } from './cluster.ts'
import { EmbeddedPostgresError, asFault } from './fault.ts'
import { findHome, type Home } from './location.ts'
import { takeLock } from './lock.ts'
import { openLog, type PostgresLog } from './log.ts'
import { freePort } from './port.ts'
import { adopt, launch, type Launch, type Postmaster } from './postmaster.ts'
import { ensureDatabase, urlOf } from './session.ts'
import { supervise } from './supervise.ts'

export interface EmbeddedOptions {
  /** Made when it is missing. */
  readonly dataDir: string
  /** Hears of what happens to PostgreSQL, a sentence at a time. What PostgreSQL itself says is in the log file. */
  readonly log?: (line: string) => void
  /** Called once, when PostgreSQL died and cannot be brought back: the server should end and show the cure. */
  readonly onGivenUp?: (error: EmbeddedPostgresError) => void
  /** Server parameters that win over ours. They reach a postmaster that is launched, not one that is adopted. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres {
  /** Of the database `baton`, for its owner; the same for as long as this runs, also across a restart. */
  readonly url: string
  readonly logFile: string
  /** Ends PostgreSQL in order and frees the data folder. Calling it again waits for the same end. */
  stop(): Promise<void>
}

/**
 * Runs PostgreSQL on this data folder until `stop()`, and brings it back on the same port when it dies. Adopts the one
 * that an earlier, killed Baton left behind. Throws `EmbeddedPostgresError` with a code and a cure.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.dataDir)
  try {
    await mkdir(folder, { recursive: true })
    const dataDir = await realpath(folder)
    const lock = await takeLock(join(dataDir, 'postgres.lock'), dataDir)
    const log = openLog(join(dataDir, 'postgres.log'))
    try {
      const home = await findHome(dataDir)
      return await begin(home, options, log, lock.release).catch((error: unknown) => {
        throw asFault(error, home.folder)
      })
    } catch (error) {
      log.close()
      await lock.release()
      throw error
    }
  } catch (error) {
    throw asFault(error, folder)
  }
}

async function begin(
  { folder, account, notice }: Home,
  { log: tell = () => undefined, onGivenUp = () => undefined, settings: extra = {} }: EmbeddedOptions,
  log: PostgresLog,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  if (notice !== undefined) tell(notice)
  const cluster = join(folder, 'postgres')
  const settings = { ...SETTINGS, ...extra }
  const binaries = await findBinaries(folder, account)
  const access = await openCluster({ cluster, binaries, account, durable: settings.fsync !== 'off' })
  const task: Launch = { cluster, port: access.port, binaries, account, settings, log }
  const found = await adopt(cluster, access)
  const first = found ?? (await launchAnywhere(task))
  const here = { ...access, port: first.port }
  try {
    await ready(here, access, task)
  } catch (error) {
    await first.shutdown()
    throw error
  }
  const state = found ? 'was still running' : 'runs'
  tell(`PostgreSQL ${binaries.version} ${state} on port ${first.port} (process ${first.pid})`)
  const relaunch = (cancel: AbortSignal): Promise<Postmaster> => launch({ ...task, port: first.port }, cancel)
  const supervised = supervise(first, { folder: cluster, relaunch, log: tell, onGivenUp })
  const stop = async (): Promise<void> => {
    await supervised.stop()
    log.close()
    await release()
  }
  let stopped: Promise<void> | undefined
  return { url: urlOf(here), logFile: log.file, stop: () => (stopped ??= stop()) }
}

/** On the port it had before or, when that is taken, on another. */
async function launchAnywhere(task: Launch): Promise<Postmaster> {
  try {
    return await launch(task)
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError) || error.code !== 'port-taken') throw error
    return launchAnywhere({ ...task, port: await freePort() })
  }
}

async function ready(here: Access, access: Access, { cluster, account }: Launch): Promise<void> {
  await ensureDatabase(here)
  if (here.port !== access.port) await saveAccess(cluster, here, account)
}

/** Nothing committed is ever lost; the rest is for a laptop, and enough for tens of thousands of conversations. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // What a row held that was refused is in the detail of the error, and of nobody's business in a log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_line_prefix: '%m [%p] ',
}
