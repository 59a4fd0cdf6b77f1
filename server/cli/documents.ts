/** The files that commands are given: by path, by id in FLOWS_DIR, or all of FLOWS_DIR. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { didYouMean } from '#engine/expression/nearest.ts'
import { UsageError, type Terminal } from './terminal.ts'

export type DocumentKind = 'flow' | 'scenarios'

/** The paths that the names mean; without names, every one in FLOWS_DIR. @throws UsageError for what is not there */
export async function findDocuments(
  kind: DocumentKind,
  names: readonly string[],
  terminal: Terminal,
): Promise<readonly string[]> {
  if (names.length > 0) return Promise.all(names.map((each) => findDocument(kind, each, terminal)))
  const folder = flowsDir(terminal)
  const ids = await idsIn(kind, folder)
  if (ids.length > 0) return ids.map((id) => join(folder, `${id}.${kind}.json`))
  const none = `There are no ${kind === 'flow' ? 'flows' : 'scenarios'} in ${shown(folder, terminal)}`
  throw new UsageError(`${none}; name a file, or set FLOWS_DIR to the folder that holds them.`)
}

export async function findDocument(kind: DocumentKind, name: string, terminal: Terminal): Promise<string> {
  const path = resolve(terminal.folder, name)
  if (await isFile(path)) return path
  const inFolder = join(flowsDir(terminal), `${name}.${kind}.json`)
  if (!name.includes('/') && (await isFile(inFolder))) return inFolder
  if (name.endsWith('.json') || name.includes('/')) throw new UsageError(`There is no file ${name}.`)
  const ids = await idsIn(kind, flowsDir(terminal))
  const where = `in ${shown(flowsDir(terminal), terminal)}`
  const called =
    kind === 'flow' ? `There is no flow “${name}” ${where}` : `There are no scenarios of a flow “${name}” ${where}`
  throw new UsageError(
    ids.length === 0
      ? `${called}, nor any other; name a file, or set FLOWS_DIR.`
      : `${called}; ${didYouMean(name, ids)}`,
  )
}

/** A JSON document. @throws UsageError with the place when it cannot be read */
export async function readDocument(path: string, terminal: Terminal): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${shown(path, terminal)} cannot be read: ${reasonOf(error)}`)
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    const where = shown(path, terminal)
    throw new UsageError(`${where} is not JSON: ${reasonOf(error)}. Correct it, or bring it back from git.`)
  }
}

/** The folder of FLOWS_DIR, `./flows` unless set. */
export function flowsDir({ environment, folder }: Terminal): string {
  const set = environment['FLOWS_DIR']?.trim() ?? ''
  return resolve(folder, set === '' ? './flows' : set)
}

/** A path as a person types it: relative where that is shorter. */
export function shown(path: string, { folder }: Terminal): string {
  const near = relative(folder, path)
  return near === '' ? '.' : near.startsWith('..') || isAbsolute(near) ? path : near
}

/** What an error says, for the end of a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

async function idsIn(kind: DocumentKind, folder: string): Promise<readonly string[]> {
  const suffix = `.${kind}.json`
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => name.endsWith(suffix) && !name.startsWith('.'))
    .map((name) => name.slice(0, -suffix.length))
    .sort()
}
