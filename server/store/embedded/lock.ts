/*
 * One Baton to a data folder. The lock is a folder with one file in it, which names the holder by pid and birth.
 * 1. It is made aside, complete, and renamed into place. A rename succeeds over nothing and over an empty folder, and
 *    fails over one that holds a file: so of many who try, one gets it, and nobody reads half a lock.
 * 2. A holder who is dead, even if its pid now belongs to another, is removed by the name of its file, which no other
 *    lock ever has. So whoever is late with that removes nothing from a lock that was taken meanwhile. (To rename or
 *    delete a stale lock as a whole is not safe: of 20 takers at once, three got it.)
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { unless } from './errno.ts'
import { EmbeddedPostgresError } from './fault.ts'
import { parseJson } from './json.ts'
import { birthOf } from './process.ts'

export interface Lock {
  release(): Promise<void>
}

/** Takes the lock at `place` for the data folder `folder`; throws `locked` while a living process holds it. */
export async function takeLock(place: string, folder: string): Promise<Lock> {
  const name = `${process.pid}-${randomUUID()}`
  const aside = `${place}.${name}`
  await mkdir(aside)
  try {
    await writeFile(join(aside, name), JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) ?? '' }))
    while (!(await placed(aside, place))) await removeDeadHolder(place, folder)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    throw error
  }
  return { release: () => release(place, name) }
}

async function release(place: string, name: string): Promise<void> {
  await rm(join(place, name), { force: true })
  await rmdir(place).catch(unless('ENOENT', 'ENOTEMPTY', 'EEXIST'))
}

/** Whether the lock could be put in place; false when another is there. */
async function placed(aside: string, place: string): Promise<boolean> {
  try {
    await rename(aside, place)
    return true
  } catch (error) {
    return unless('ENOTEMPTY', 'EEXIST')(error) ?? false
  }
}

async function removeDeadHolder(place: string, folder: string): Promise<void> {
  for (const name of (await readdir(place).catch(unless('ENOENT'))) ?? []) {
    const holder = livingHolder((await readFile(join(place, name), 'utf8').catch(unless('ENOENT'))) ?? '')
    if (holder !== undefined) {
      throw new EmbeddedPostgresError('locked', `Another Baton (process ${holder}) already uses ${folder}.`, folder)
    }
    await rm(join(place, name), { force: true })
  }
}

function livingHolder(text: string): number | undefined {
  const holder = HOLDER.safeParse(parseJson(text)).data
  return holder && birthOf(holder.pid) === holder.birth ? holder.pid : undefined
}

const HOLDER = z.object({ pid: z.int().positive(), birth: z.string() })
