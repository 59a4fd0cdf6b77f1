import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { asFault, fromOutput } from '#server/store/embedded/fault.ts'
import { EmbeddedPostgresError, startEmbedded } from '#server/store/embedded/index.ts'
import { dataFolder, isOpenToAll, isRoot, postmasterOf, program, query, started } from './embedded.fixture.ts'

async function refusal(dataDir: string): Promise<EmbeddedPostgresError> {
  const fault: unknown = await startEmbedded({ dataDir }).catch((error: unknown) => error)
  if (fault instanceof EmbeddedPostgresError) return fault
  throw new Error('It started, or failed without a cure.', { cause: fault })
}

test('a second server on the same folder is refused, and the first goes on', async () => {
  const dataDir = await dataFolder()
  const { url = '' } = await program(dataDir).said
  const fault = await refusal(dataDir)
  expect(fault).toMatchObject({ code: 'locked', cure: expect.stringContaining('Stop the other Baton') })
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a second start in the same process is refused too', async () => {
  const dataDir = await dataFolder()
  await started({ dataDir })
  expect((await refusal(dataDir)).code).toBe('locked')
})

test('after a refusal the folder is free again', async () => {
  const dataDir = await dataFolder()
  await mkdir(join(dataDir, 'postgres'), { recursive: true })
  await writeFile(join(dataDir, 'postgres', 'holiday.jpg'), '')
  expect((await refusal(dataDir)).code).toBe('foreign')
  await rm(join(dataDir, 'postgres', 'holiday.jpg'))
  await started({ dataDir })
})

test('a folder that holds something else is refused and not touched', async () => {
  const dataDir = await dataFolder()
  const cluster = join(dataDir, 'postgres')
  await mkdir(cluster, { recursive: true })
  await writeFile(join(cluster, 'PG_VERSION'), '18\n')
  await writeFile(join(cluster, 'precious'), 'data')
  const fault = await refusal(dataDir)
  expect(fault).toMatchObject({ code: 'foreign', message: expect.stringContaining('baton.json is missing') })
  expect(await readdir(cluster)).toEqual(['PG_VERSION', 'precious'])
})

test('data of another major version of PostgreSQL is refused, naming both versions', async () => {
  const dataDir = await dataFolder()
  const server = await started({ dataDir })
  await server.stop()
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
  const fault = await refusal(dataDir)
  expect(fault.code).toBe('version')
  expect(fault.message).toMatch(/made by PostgreSQL 16, this is PostgreSQL \d+/)
})

test('a data folder that is a file is refused with a cure', async () => {
  const dataDir = await dataFolder()
  await writeFile(dataDir, '')
  expect(await refusal(dataDir)).toMatchObject({ code: 'unwritable', cure: expect.stringContaining(dataDir) })
})

test.runIf(!isRoot || isOpenToAll)('a folder that may not be written is refused with a cure', async () => {
  const dataDir = await dataFolder()
  await mkdir(dataDir, { mode: 0o555 })
  const said = isRoot ? await program(dataDir, { uid: 65_534 }).said : await refusal(dataDir)
  expect(said).toMatchObject({ code: 'unwritable', cure: expect.stringContaining(dataDir) })
})

test('a server whose settings PostgreSQL refuses says which', async () => {
  const dataDir = await dataFolder()
  await expect(startEmbedded({ dataDir, settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
    code: 'start',
    message: expect.stringContaining('shared_buffers'),
  })
})

test('a database that cannot be brought back is given up, with a cure, and the folder is freed by stop', async () => {
  const dataDir = await dataFolder()
  const givenUp: EmbeddedPostgresError[] = []
  const server = await started({ dataDir, onGivenUp: (fault) => void givenUp.push(fault) })
  const control = join(dataDir, 'postgres', 'global', 'pg_control')
  await rename(control, `${control}.away`)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  process.kill(await postmasterOf(dataDir), 'SIGKILL')
  while (givenUp.length === 0) await vi.advanceTimersByTimeAsync(100)
  vi.useRealTimers()
  expect(givenUp).toEqual([expect.objectContaining({ message: expect.stringContaining('pg_control') })])
  await server.stop()
  await rename(`${control}.away`, control)
  expect((await started({ dataDir })).url).toBe(server.url)
})

test.each([
  ['FATAL:  could not write to file "pg_wal/xlogtemp.29": No space left on device', 'disk-full'],
  ['initdb: error: could not create directory "/x/pg_wal": No space left on device', 'disk-full'],
  ['FATAL:  data directory "/x" has wrong ownership', 'ownership'],
  ['initdb: error: could not look up effective user ID 1234: user does not exist', 'account'],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'memory'],
  ['postgres: error while loading shared libraries: libicui18n.so.60: cannot open shared object file', 'binaries'],
  ['initdb: error: could not access directory "/x": Permission denied', 'unwritable'],
])('%s: its cure is that of %s', (line, code) => {
  const fault = fromOutput(`LOG:  starting\n${line}\nLOG:  database system is shut down\n`, '/x/postgres')
  expect(fault).toMatchObject({ code, message: expect.stringContaining(line) })
})

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'unwritable'],
  ['EROFS', 'unwritable'],
])("the file system's %s has the cure of %s", (code, expected) => {
  expect(asFault(Object.assign(new Error('write'), { code }), '/x').code).toBe(expected)
})
