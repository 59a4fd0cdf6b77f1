/*
 * Where the cluster of a data folder lives: its home, in which `postgres/` is made.
 * 1. Where `<dataDir>/postgres.location` says, one line with the path of the home. It wins whatever has changed since.
 * 2. Without it in the data folder itself, if the account that PostgreSQL runs as can reach that.
 * 3. Else, for Baton run by root in a closed home such as /root, in a new folder below /var/lib/baton. The line is
 *    written before anything is made there, so a start that was cut short goes on in the same home.
 * 4. A cluster that is in the data folder is never left for an empty one elsewhere: it is refused while it is closed.
 * 5. A home belongs to one data folder, named in its `data.location`. A data folder that was moved takes its home
 *    along; one that was copied is refused, for the two would share one database. One that was deleted takes only
 *    the line with it: a new data folder begins with a new home, and the old one stays for a person to remove.
 */
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { barrierAbove, chooseAccount, type Account } from './account.ts'
import { placeFile } from './durable.ts'
import { unless } from './errno.ts'
import { EmbeddedPostgresError, asFault } from './fault.ts'

export interface Home {
  readonly folder: string
  /** Who runs PostgreSQL there; `undefined` means ourselves. */
  readonly account: Account | undefined
  /** Says where it is and why, when it is not the data folder. */
  readonly notice?: string
}

/** The home of this data folder's cluster, made if need be; throws `unreachable` or `location`. */
export async function findHome(dataDir: string, state: string = STATE): Promise<Home> {
  const named = await readLine(join(dataDir, LOCATION))
  if (named !== undefined) return namedHome(dataDir, named)
  const cluster = join(dataDir, 'postgres')
  const account = await chooseAccount(cluster)
  const barrier = await barrierAbove(dataDir, account)
  if (barrier === undefined) return { folder: dataDir, account }
  const inPlace = (await readdir(cluster).catch(unless('ENOENT'))) ?? []
  if (inPlace.length > 0) throw unreachable(dataDir, account, barrier)
  const folder = await makeHome(dataDir, state, account).catch((error: unknown) => {
    throw asFault(error, state).code === 'unwritable' ? unreachable(dataDir, account, barrier, error) : error
  })
  if (folder === undefined) throw unreachable(dataDir, account, barrier)
  const notice = `The database is in ${folder}, because ${barrier} is closed to user ${account?.uid}, who runs it`
  return { folder, account, notice }
}

async function namedHome(dataDir: string, named: string): Promise<Home> {
  const folder = isAbsolute(named) ? await realpath(named).catch(unless('ENOENT', 'ENOTDIR')) : undefined
  if (folder === undefined) {
    const message = `${join(dataDir, LOCATION)} says that the database is in '${named}', and there is no such folder.`
    throw new EmbeddedPostgresError('location', message, dataDir)
  }
  const owner = await readLine(join(folder, OWNER))
  if (owner !== undefined && owner !== dataDir && (await readLine(join(owner, LOCATION))) === named) {
    const message = `${dataDir} is a copy of ${owner}, and the database in ${folder} belongs to that.`
    throw new EmbeddedPostgresError('location', message, dataDir)
  }
  if (owner !== dataDir) await placeFile(join(folder, OWNER), `${dataDir}\n`, 0o644)
  const account = await chooseAccount(join(folder, 'postgres'))
  const barrier = await barrierAbove(folder, account)
  if (barrier !== undefined) throw unreachable(folder, account, barrier)
  return { folder, account, notice: `The database is in ${folder}, as ${join(dataDir, LOCATION)} says` }
}

/** A new home below `state`, noted in the data folder; `undefined` when the account cannot reach that either. */
async function makeHome(dataDir: string, state: string, account: Account | undefined): Promise<string | undefined> {
  // Modes are set apart from the making because a strict umask would close what is made.
  if (await mkdir(state, { recursive: true })) await chmod(state, PASSABLE)
  if ((await barrierAbove(state, account)) !== undefined) return undefined
  const name = dataDir
    .replaceAll(/[^\w.]+/g, '-')
    .slice(1)
    .slice(-LONGEST_NAME)
  const folder = await realpath(await mkdtemp(join(state, `${name}-`)))
  await chmod(folder, PASSABLE)
  await placeFile(join(folder, OWNER), `${dataDir}\n`, 0o644)
  await placeFile(join(dataDir, LOCATION), `${folder}\n`, 0o644)
  return folder
}

async function readLine(file: string): Promise<string | undefined> {
  return (await readFile(file, 'utf8').catch(unless('ENOENT', 'ENOTDIR')))?.trim()
}

function unreachable(
  folder: string,
  account: Account | undefined,
  barrier: string,
  cause?: unknown,
): EmbeddedPostgresError {
  const message = `PostgreSQL runs as user ${account?.uid}, who cannot reach ${folder}: ${barrier} is closed to it.`
  return new EmbeddedPostgresError('unreachable', message, barrier, { cause })
}

/** Outlives a reboot and is open to all accounts, by the file system's standard. */
const STATE = '/var/lib/baton'
const LOCATION = 'postgres.location'
const OWNER = 'data.location'
const PASSABLE = 0o711
const LONGEST_NAME = 80
