/**
 * A JSON document in a file, for lowdb: readable, and safe against a crash at any moment. Law: after `write` resolves
 * the new text is on the disk, and at no moment is there anything but a whole old or a whole new document: it is
 * written beside, flushed, moved over, and the folder is flushed.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Adapter } from 'lowdb'
import { RuntimeError } from '../runtime/runtime.ts'

export class JsonFile implements Adapter<unknown> {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Null when there is no file. Throws a SyntaxError when it is not JSON. */
  async read(): Promise<unknown> {
    const text = await ifThere(readFile(this.#path, 'utf8'))
    return text === undefined ? null : JSON.parse(text)
  }

  async write(data: unknown): Promise<void> {
    const folder = dirname(this.#path)
    const beside = join(folder, `.${basename(this.#path)}.${randomBytes(6).toString('hex')}.tmp`)
    try {
      await mkdir(folder, { recursive: true })
      await writeFlushed(beside, `${JSON.stringify(data, null, 2)}\n`)
      await rename(beside, this.#path)
      await flushFolder(folder)
    } catch (error) {
      await unlink(beside).catch(() => undefined)
      throw asUnavailable(error, folder)
    }
  }

  /** Whether there was one. */
  async remove(): Promise<boolean> {
    const removed = (await ifThere(unlink(this.#path).then(() => true))) ?? false
    if (removed) await flushFolder(dirname(this.#path))
    return removed
  }

  /** Changes whenever the file does, also by another program; undefined when there is none. */
  async stamp(): Promise<{ readonly stamp: string; readonly changedAt: Date } | undefined> {
    const found = await ifThere(stat(this.#path, { bigint: true }))
    return found && { stamp: `${found.mtimeNs}:${found.size}:${found.ino}`, changedAt: found.mtime }
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function ifThere<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

const CURES: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full; free space and save again',
  EDQUOT: 'the quota of its disk is used up; free space and save again',
  EACCES: 'this server may not write there; give it the right to',
  EPERM: 'this server may not write there; give it the right to',
  EROFS: 'its disk is read-only; choose another folder by FLOWS_DIR or DATA_DIR',
}

/** What keeps a folder from being written as a refusal that names the cure; anything else stays as it is. */
export function asUnavailable(error: unknown, folder: string): unknown {
  const cure = CURES[codeOf(error) ?? '']
  if (cure === undefined) return error
  const unavailable = new RuntimeError('unavailable', `Nothing was saved in ${folder}: ${cure}.`)
  unavailable.cause = error
  return unavailable
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}
