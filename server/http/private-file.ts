import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file that only its owner reads (0600), all or nothing, and on the disk before it resolves. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.new`
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
  await syncFolder(dirname(file))
}

/** The file's text; undefined when there is none. */
export async function readPrivate(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** The file's text, made by `make` when it is first asked for. */
export async function keptSecret(file: string, make: () => string): Promise<string> {
  const kept = (await readPrivate(file))?.trim()
  if (kept) return kept
  const made = make()
  await writePrivate(file, `${made}\n`)
  return made
}

/** The rename itself must survive a power cut; folders cannot be synced on Windows, where the rename is journaled. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
