/*
 * PostgreSQL refuses to run as root. When Baton is root, the postmaster runs under the account that owns the cluster
 * already or, the first time, under an unprivileged one that the machine has. No account is ever created: that is the
 * machine's affair. Started as an ordinary user, everything runs as that user.
 */
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './fault.ts'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** The account for PostgreSQL's processes; `undefined` means our own. */
export async function chooseAccount(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(cluster).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of UNPRIVILEGED) {
    const account = await find(name)
    if (account) return account
  }
  const message = `Baton runs as root, PostgreSQL must not, and no account is named ${UNPRIVILEGED.join(', ')}.`
  throw new EmbeddedPostgresError('account', message, cluster)
}

/** The nearest folder at or above `folder` that `account` may not pass through. */
export async function barrierAbove(folder: string, account: Account | undefined): Promise<string | undefined> {
  if (!account) return undefined
  const { uid, gid, mode } = await stat(folder)
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : barrierAbove(parent, account)
}

async function find(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)])
    return { uid, gid }
  } catch {
    return undefined
  }
}

async function idOf(kind: '-u' | '-g', name: string): Promise<number> {
  const { stdout } = await promisify(execFile)('id', [kind, name])
  return Number(stdout.trim())
}

const UNPRIVILEGED = ['postgres', '_postgres', 'nobody']
