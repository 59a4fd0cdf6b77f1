/**
 * The apps as they are served, built from what is in the folders now. Laws: what was built from other sources is never
 * served; what is served was built to its end. A build is kept in `node_modules/.cache`, by a name that holds a hash of
 * its sources; whoever finds none builds into a folder of its own and renames it, so that two at once do no harm.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { topFolder } from '#server/top-folder.ts'

const root = topFolder
const cache = join(root, 'node_modules/.cache/baton')
const HOUR = 3_600_000
const ALWAYS = ['engine', 'package.json', 'package-lock.json', 'vite.config.ts']
const SOURCES = {
  editor: ['editor', 'ui', ...ALWAYS],
  desk: ['desk', 'ui', ...ALWAYS],
  widget: ['widget', 'ui', ...ALWAYS],
  server: ['server', ...ALWAYS],
} as const
type Part = keyof typeof SOURCES

/** The folder of the built editor. */
export function builtEditor(): Promise<string> {
  return built('editor')
}

/** The folder of the built desk. */
export function builtDesk(): Promise<string> {
  return built('desk')
}

/** The folder of the built widget. */
export function builtWidget(): Promise<string> {
  return built('widget')
}

/** The program `baton`, built. */
export async function builtProgram(): Promise<string> {
  return join(await built('server'), 'baton.js')
}

async function built(part: Part): Promise<string> {
  const folder = join(cache, `${part}-${await hashOf(SOURCES[part])}`)
  if (await isThere(folder)) return folder
  await mkdir(cache, { recursive: true })
  const outDir = await mkdtemp(join(cache, 'building-'))
  try {
    await build(part, outDir)
    await forgetOld(`${part}-`)
    await rename(outDir, folder)
  } catch (error) {
    await rm(outDir, { recursive: true, force: true })
    // Another test file was quicker.
    if (!(await isThere(folder))) throw error
  }
  return folder
}

/** Builds in a process of its own: Vite is told by the environment whether it builds or tests. */
async function build(part: Part, outDir: string): Promise<void> {
  const { VITEST: _, NODE_ENV: __, ...environment } = process.env
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--mode', part, '--outDir', outDir, '--logLevel', 'error'],
    {
      cwd: root,
      env: environment,
    },
  )
}

/** Builds that no run of now can still want. */
async function forgetOld(prefix: string): Promise<void> {
  for (const name of (await readdir(cache)).filter((each) => each.startsWith(prefix))) {
    const path = join(cache, name)
    if ((await stat(path)).mtimeMs < Date.now() - HOUR) await rm(path, { recursive: true, force: true })
  }
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const path of paths)
    for (const file of await filesAt(path)) hash.update(file).update(await readFile(join(root, file)))
  return hash.digest('hex').slice(0, 16)
}

async function filesAt(path: string): Promise<readonly string[]> {
  if (!(await stat(join(root, path))).isDirectory()) return [path]
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
