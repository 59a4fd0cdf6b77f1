import { readFile, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { accessOf } from './cluster.ts'
import { unless } from './errno.ts'
import { serves, urlOf } from './session.ts'

/** The URL of the embedded PostgreSQL that runs on this data folder, whoever has started it; undefined when none does. */
export async function runningAt(dataDir: string): Promise<string | undefined> {
  const folder = await realpath(resolve(dataDir)).catch(unless('ENOENT', 'ENOTDIR'))
  if (folder === undefined) return undefined
  const named = (await readFile(join(folder, 'postgres.location'), 'utf8').catch(unless('ENOENT')))?.trim()
  const home = named ?? folder
  const access = await accessOf(home)
  if (access === undefined) return undefined
  return (await serves(access, join(home, 'postgres'))) ? urlOf(access) : undefined
}
