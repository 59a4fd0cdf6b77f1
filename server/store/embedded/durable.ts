import { randomUUID } from 'node:crypto'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Account } from './account.ts'

/** Writes a file that is there complete or not at all, also after a loss of power; `account` becomes its owner. */
export async function placeFile(file: string, text: string, mode: number, account?: Account): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    const handle = await open(aside, 'wx', mode)
    try {
      await writeFile(handle, text)
      if (account) await handle.chown(account.uid, account.gid)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(aside, file)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
  await syncFolder(dirname(file))
}

/** Makes a rename in `folder` survive a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
