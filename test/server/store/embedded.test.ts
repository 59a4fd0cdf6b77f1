import { spawn } from 'node:child_process'
import { chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { birthOf } from '#server/store/embedded/process.ts'
import {
  dataFolder,
  dead,
  familyOf,
  isOpenToAll,
  isRoot,
  PATIENT,
  postmasterOf,
  program,
  query,
  started,
} from './embedded.fixture.ts'

describe('Starting and stopping', () => {
  test('an empty folder becomes a running, durable database named baton', async () => {
    const dataDir = await dataFolder()
    const { url, logFile } = await started({ dataDir })
    const [row] = await query(
      url,
      `SELECT current_database() AS database, current_setting('fsync') AS fsync,
              current_setting('synchronous_commit') AS synchronous, current_setting('server_encoding') AS encoding,
              current_setting('listen_addresses') AS address, current_setting('is_superuser') AS superuser`,
    )
    expect(row).toEqual({
      database: 'baton',
      fsync: 'on',
      synchronous: 'on',
      encoding: 'UTF8',
      address: '127.0.0.1',
      superuser: 'off',
    })
    expect(await readFile(logFile, 'utf8')).toContain('ready to accept connections')
  })

  test('nobody gets in without the password, and the password is for the owner to read alone', async () => {
    const dataDir = await dataFolder()
    const { url } = await started({ dataDir })
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    expect((await stat(join(dataDir, 'postgres', 'baton.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700)
  })

  test('a second start keeps the data, the password and the port', async () => {
    const dataDir = await dataFolder()
    const first = await started({ dataDir })
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    const second = await started({ dataDir })
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  test('when another program has taken the port meanwhile, another port is used and kept', async () => {
    const dataDir = await dataFolder()
    const first = await started({ dataDir })
    await first.stop()
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
    onTestFinished(() => void squatter.close())
    const second = await started({ dataDir })
    expect(second.url).not.toBe(first.url)
    await second.stop()
    squatter.close()
    expect((await started({ dataDir })).url).toBe(second.url)
  })

  test('a stop leaves no process and no lock behind, however often it is asked for', async () => {
    const dataDir = await dataFolder()
    const server = await started({ dataDir })
    const family = familyOf(await postmasterOf(dataDir))
    expect(family.length).toBeGreaterThan(3)
    await Promise.all([server.stop(), server.stop()])
    await server.stop()
    expect(family.filter((pid) => birthOf(pid) !== undefined)).toEqual([])
    expect(await readdir(dataDir)).toEqual(['postgres', 'postgres.log'])
    expect(await readFile(server.logFile, 'utf8')).toMatch(/database system is shut down\n$/)
  })

  test('an initdb that was cut short is done again', async () => {
    const dataDir = await dataFolder()
    const cut = program(dataDir)
    await vi.waitFor(
      async () => {
        const scratch = (await readdir(dataDir)).find((name) => name.startsWith('postgres.initdb-'))
        expect(await readdir(join(dataDir, scratch ?? '', 'data'))).toContain('PG_VERSION')
      },
      { timeout: 30_000, interval: 1 },
    )
    await cut.end('SIGKILL')
    expect(await readdir(dataDir)).not.toContain('postgres')
    const { url } = await started({ dataDir })
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect((await readdir(dataDir)).toSorted()).toEqual(['postgres', 'postgres.lock', 'postgres.log'])
  })

  test.runIf(isRoot && isOpenToAll)('an ordinary user runs it all as himself', async () => {
    const dataDir = await dataFolder()
    await mkdir(dataDir, { mode: 0o777 })
    await chown(dataDir, 65_534, 65_534)
    const run = program(dataDir, { uid: 65_534 })
    expect(await run.said).toHaveProperty('url')
    const postmaster = await postmasterOf(dataDir)
    expect((await stat(join(dataDir, 'postgres'))).uid).toBe(65_534)
    await run.end('SIGTERM')
    expect(birthOf(postmaster)).toBeUndefined()
  })
})

describe('When the server is killed', () => {
  test('the database that outlived it is adopted with everything in it, and stopped in the end', async () => {
    const dataDir = await dataFolder()
    const killed = program(dataDir)
    const { url = '' } = await killed.said
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const family = familyOf(await postmasterOf(dataDir))
    await killed.end('SIGKILL')
    const lines: string[] = []
    const server = await started({ dataDir, log: (line) => lines.push(line) })
    expect(lines).toEqual([expect.stringContaining(`was still running on port ${new URL(url).port}`)])
    expect(server.url).toBe(url)
    expect(await postmasterOf(dataDir)).toBe(family[0])
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await server.stop()
    await dead(family)
  })

  test('an adopted database that dies comes back too', async () => {
    const dataDir = await dataFolder()
    const killed = program(dataDir)
    const { url = '' } = await killed.said
    await killed.end('SIGKILL')
    await started({ dataDir })
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    process.kill(await postmasterOf(dataDir), 'SIGKILL')
    await vi.waitFor(async () => expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]), PATIENT)
  })

  test('Ctrl-C twice ends it in order', async () => {
    const dataDir = await dataFolder()
    const run = program(dataDir)
    await run.said
    const postmaster = await postmasterOf(dataDir)
    // As a terminal does it: to the whole group.
    process.kill(-(run.process.pid ?? 0), 'SIGINT')
    await run.end('SIGINT')
    expect(birthOf(postmaster)).toBeUndefined()
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\n$/)
  })

  test('a program that exits without a stop leaves no database running', async () => {
    const dataDir = await dataFolder()
    const run = program(dataDir)
    await run.said
    const family = familyOf(await postmasterOf(dataDir))
    await run.end('SIGUSR2')
    await dead(family)
  })
})

describe('When the database is killed', () => {
  test('it comes back on the same port with everything that was committed', async () => {
    const dataDir = await dataFolder()
    const lines: string[] = []
    const { url } = await started({ dataDir, log: (line) => lines.push(line) })
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const killed = await postmasterOf(dataDir)
    process.kill(killed, 'SIGKILL')
    await vi.waitFor(async () => expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]), PATIENT)
    expect(await postmasterOf(dataDir)).not.toBe(killed)
    await vi.waitFor(() => expect(lines.at(-1)).toContain('is back'), PATIENT)
  })

  test('a start waits for children that have not noticed the death of their postmaster', async () => {
    const dataDir = await dataFolder()
    const killed = program(dataDir)
    const { url } = await killed.said
    const [postmaster = 0, child = 0] = familyOf(await postmasterOf(dataDir))
    process.kill(child, 'SIGSTOP')
    onTestFinished(() => void (birthOf(child) && process.kill(child, 'SIGKILL')))
    await killed.end('SIGKILL')
    process.kill(postmaster, 'SIGKILL')
    const starting = started({ dataDir })
    const log = join(dataDir, 'postgres.log')
    await vi.waitFor(async () => expect(await readFile(log, 'utf8')).toContain('pre-existing shared memory'), PATIENT)
    process.kill(child, 'SIGCONT')
    expect((await starting).url).toBe(url)
  })

  test('a pid file that names a dead process is no obstacle', async () => {
    const dataDir = await dataFolder()
    const server = await started({ dataDir })
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    const left = await readFile(file, 'utf8')
    const [dead = ''] = left.split('\n')
    await server.stop()
    await writeFile(file, left)
    const again = await started({ dataDir })
    expect(await postmasterOf(dataDir)).not.toBe(Number(dead))
    expect(again.url).toBe(server.url)
  })

  test("a pid file whose pid is another program's now is no obstacle, and that program is left alone", async () => {
    const dataDir = await dataFolder()
    const server = await started({ dataDir })
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    const [, ...rest] = (await readFile(file, 'utf8')).split('\n')
    const owner = (await stat(join(dataDir, 'postgres'))).uid
    await server.stop()
    // It runs as the database's own account: only then would PostgreSQL take it for a rival.
    const stranger = spawn('sleep', ['600'], { uid: owner, stdio: 'ignore', cwd: '/' })
    onTestFinished(() => void stranger.kill('SIGKILL'))
    await writeFile(file, [stranger.pid, ...rest].join('\n'))
    const again = await started({ dataDir })
    expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await again.stop()
    expect(birthOf(stranger.pid ?? 0)).toBeDefined()
  })
})
