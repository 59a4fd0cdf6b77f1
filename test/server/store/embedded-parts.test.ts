import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { chooseAccount } from '#server/store/embedded/account.ts'
import { findBinaries, installedPackage } from '#server/store/embedded/binaries.ts'
import { asFault, type EmbeddedPostgresError } from '#server/store/embedded/fault.ts'
import { takeLock } from '#server/store/embedded/lock.ts'
import { openLog } from '#server/store/embedded/log.ts'
import type { Postmaster } from '#server/store/embedded/postmaster.ts'
import { birthOf, commandOf } from '#server/store/embedded/process.ts'
import { supervise } from '#server/store/embedded/supervise.ts'
import { dataFolder, isRoot } from './embedded.fixture.ts'

describe('The lock', () => {
  async function place(): Promise<{ folder: string; file: string }> {
    const folder = await dataFolder()
    await mkdir(folder)
    return { folder, file: join(folder, 'lock') }
  }

  async function leaveBehind(file: string, content: string): Promise<void> {
    await mkdir(file)
    await writeFile(join(file, 'left'), content)
  }

  test("1. of many that find a dead holder's lock exactly one takes it, and nothing else is left", async () => {
    const { folder, file } = await place()
    for (let round = 0; round < 25; round += 1) {
      await leaveBehind(file, JSON.stringify({ pid: process.pid, birth: 'in another life' }))
      const takers = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(file, folder)))
      const locks = takers.flatMap((taker) => (taker.status === 'fulfilled' ? [taker.value] : []))
      expect(locks).toHaveLength(1)
      expect(await readdir(folder)).toEqual(['lock'])
      await locks[0]?.release()
      expect(await readdir(folder)).toEqual([])
    }
  })

  test('2. a lock that is not readable as one, as after a full disk, is taken over', async () => {
    const { folder, file } = await place()
    await leaveBehind(file, '')
    const lock = await takeLock(file, folder)
    await expect(takeLock(file, folder)).rejects.toMatchObject({ code: 'locked' })
    await lock.release()
    await takeLock(file, folder)
  })

  test.each(['linux', 'darwin'] as const)('3. a process is known by its pid and its birth, on %s', (platform) => {
    // Where there is no /proc it is asked of `ps`, which this machine has too.
    const real = Object.getOwnPropertyDescriptor(process, 'platform') ?? {}
    Object.defineProperty(process, 'platform', { ...real, value: platform })
    onTestFinished(() => void Object.defineProperty(process, 'platform', real))
    expect(birthOf(process.pid)).toMatch(/\d/)
    expect(birthOf(process.pid)).toBe(birthOf(process.pid))
    expect(birthOf(1)).not.toBe(birthOf(process.pid))
    expect(birthOf(2 ** 22 + 1)).toBeUndefined()
    expect(commandOf(process.pid)).toMatch(/node|vitest/)
    expect(commandOf(2 ** 22 + 1)).toBe('')
  })
})

describe('The log', () => {
  test('is parted when it is over its limit, at the start and while it runs, and its writer goes on', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const folder = await dataFolder()
    await mkdir(folder)
    const file = join(folder, 'postgres.log')
    await writeFile(file, 'a'.repeat(2_000))
    const log = openLog(file, { limit: 1_000, everyMs: 1_000 })
    onTestFinished(() => log.close())
    expect(await readFile(`${file}.1`, 'utf8')).toBe('a'.repeat(2_000))
    expect(log.size()).toBe(0)
    await writeFile(file, 'b'.repeat(2_000), { flag: 'a' })
    expect(log.since(1_999)).toBe('b')
    vi.advanceTimersByTime(1_000)
    await writeFile(file, 'c', { flag: 'a' })
    expect(await readFile(file, 'utf8')).toBe('c')
    expect(await readFile(`${file}.1`, 'utf8')).toBe('b'.repeat(2_000))
  })
})

describe('The binaries', () => {
  /** A copy of the npm package as npm leaves it when it holds back install scripts. */
  async function unhydrated(): Promise<{ installed: string; dataDir: string }> {
    const dataDir = await dataFolder()
    await mkdir(dataDir)
    const installed = join(dirname(dataDir), 'modules', 'package')
    await cp(installedPackage(), installed, { recursive: true, verbatimSymlinks: true })
    const list = await readFile(join(installed, 'native', 'pg-symlinks.json'), 'utf8')
    const links: { target: string }[] = JSON.parse(list)
    for (const { target } of links) await rm(join(installed, target), { force: true })
    return { installed, dataDir }
  }

  test('run in place after npm held back the install script', async () => {
    const { installed, dataDir } = await unhydrated()
    const account = await chooseAccount(join(dataDir, 'postgres'))
    const { postgres, version } = await findBinaries(dataDir, account, installed)
    expect(postgres).toBe(join(installed, 'native', 'bin', 'postgres'))
    expect(version).toMatch(/^\d+\.\d+$/)
    expect(await readdir(dataDir)).toEqual([])
  })

  test("run from a copy where npm's folder cannot be written or entered, and the copy is made once", async () => {
    const { installed, dataDir } = await unhydrated()
    const closed = isRoot ? dirname(installed) : join(installed, 'native', 'lib')
    await chmod(closed, isRoot ? 0o700 : 0o555)
    onTestFinished(() => chmod(closed, 0o755))
    const account = await chooseAccount(join(dataDir, 'postgres'))
    const { postgres } = await findBinaries(dataDir, account, installed)
    expect(postgres.startsWith(join(dataDir, 'postgres.binaries-'))).toBe(true)
    const made = (await stat(postgres)).ino
    await findBinaries(dataDir, account, installed)
    expect((await stat(postgres)).ino).toBe(made)
    expect(await readdir(dataDir)).toHaveLength(1)
  })

  test("that do not run here are refused with the system's own reason", async () => {
    const { installed, dataDir } = await unhydrated()
    await rm(join(installed, 'native', 'pg-symlinks.json'))
    const found = findBinaries(dataDir, await chooseAccount(join(dataDir, 'postgres')), installed)
    await expect(found).rejects.toMatchObject({ code: 'binaries', message: expect.stringMatching(/librar/i) })
  })
})

describe('The supervisor', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A postmaster that dies when it is told to. */
  function fake(pid: number): Postmaster & { die(): void; stopped: boolean } {
    const { promise, resolve } = deferred<void>()
    const postmaster = {
      pid,
      port: 20_000,
      gone: promise,
      die: () => resolve(),
      stopped: false,
      shutdown: async () => {
        postmaster.stopped = true
        resolve()
      },
    }
    return postmaster
  }

  function watched(relaunch: (cancel: AbortSignal) => Promise<Postmaster>) {
    const first = fake(1)
    const givenUp: EmbeddedPostgresError[] = []
    const supervised = supervise(first, {
      folder: '/x/postgres',
      relaunch,
      log: () => undefined,
      onGivenUp: (error) => void givenUp.push(error),
    })
    return { first, givenUp, stop: supervised.stop }
  }

  test('1. relaunches at once, then after 0.1, 0.2, 0.4 ... at most 5 s, and gives up, saying why', async () => {
    const at: number[] = []
    const begin = performance.now()
    const { first, givenUp, stop } = watched(() => {
      at.push(Math.round(performance.now() - begin))
      return Promise.reject(asFault(Object.assign(new Error('full'), { code: 'ENOSPC' }), '/x'))
    })
    first.die()
    await vi.runAllTimersAsync()
    expect(at).toEqual([0, 100, 300, 700, 1_500, 3_100, 6_300, 11_300, 16_300])
    expect(givenUp).toEqual([expect.objectContaining({ code: 'disk-full' })])
    await stop()
  })

  test('2. a database that starts and dies, again and again, is given up as well', async () => {
    let launches = 0
    const { first, givenUp } = watched(async () => {
      const next = fake(++launches + 1)
      next.die()
      return next
    })
    first.die()
    await vi.runAllTimersAsync()
    expect(launches).toBe(9)
    expect(givenUp).toEqual([expect.objectContaining({ code: 'start' })])
  })

  test('3. one that stays up clears the count: rare deaths are never given up', async () => {
    let latest = fake(2)
    const { first, givenUp, stop } = watched(async () => (latest = fake(2)))
    first.die()
    for (let death = 0; death < 50; death += 1) {
      await vi.advanceTimersByTimeAsync(31_000)
      latest.die()
    }
    await vi.advanceTimersByTimeAsync(31_000)
    expect(givenUp).toEqual([])
    await stop()
    expect(latest.stopped).toBe(true)
  })

  test('4. after a stop nothing is launched, and what is being launched is told to end', async () => {
    const launching = deferred<Postmaster>()
    let cancelled = false
    const { first, stop } = watched((cancel) => {
      cancel.addEventListener('abort', () => (cancelled = true))
      return launching.promise
    })
    first.die()
    await vi.advanceTimersByTimeAsync(0)
    const stopping = stop()
    expect(cancelled).toBe(true)
    const late = fake(2)
    launching.resolve(late)
    await stopping
    expect(late.stopped).toBe(true)
  })

  test('5. a stop during the pause between two attempts ends it there', async () => {
    let launches = 0
    const { first, stop } = watched(() => {
      launches += 1
      return Promise.reject(new Error('no'))
    })
    first.die()
    await vi.advanceTimersByTimeAsync(5_000)
    const before = launches
    await stop()
    await vi.runAllTimersAsync()
    expect(launches).toBe(before)
  })
})

function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let settle: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (value) => settle(value) }
}
