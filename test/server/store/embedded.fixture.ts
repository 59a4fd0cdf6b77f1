import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, onTestFinished, vi } from 'vitest'
import { startEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from '#server/store/embedded/index.ts'
import { barrierAbove } from '#server/store/embedded/account.ts'
import { birthOf } from '#server/store/embedded/process.ts'

/** A data folder that is gone after the test, with every PostgreSQL that still runs in it. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-embedded-'))
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  onTestFinished(async () => {
    for (const home of [dataDir, ...(await homesAwayFrom(folder))]) {
      const main = await postmasterIn(home).catch(() => undefined)
      if (main !== undefined && birthOf(main) !== undefined) process.kill(main, 'SIGQUIT')
      if (main !== undefined) await dead([main])
      await rm(home, { recursive: true, force: true, maxRetries: 10 })
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    await rmdir(STATE).catch(() => undefined)
  })
  return dataDir
}

/** Starts it in this process; it is stopped after the test. */
export async function started(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const server = await startEmbedded(options)
  onTestFinished(() => server.stop())
  return server
}

export interface Program {
  readonly process: ChildProcess
  /** Its first line: `{url}` or, when it was refused, `{code, cure}`. */
  readonly said: Promise<Record<string, string>>
  /** Sends the signal and waits for its end. */
  end(signal: NodeJS.Signals): Promise<void>
}

export interface Manner {
  readonly uid?: number
  /** With no environment at all, and a umask that closes to others whatever is made. */
  readonly bare?: boolean
  /** The checkout whose code it runs; without it this one. */
  readonly checkout?: string
}

/** Starts it in a process of its own, which is killed after the test. */
export function program(dataDir: string, { uid, bare = false, checkout = CHECKOUT }: Manner = {}): Program {
  const file = join(checkout, PROGRAM)
  const mask = bare ? 'umask 077; ' : ''
  const child = spawn('/bin/sh', ['-c', `${mask}exec "$@"`, 'sh', process.execPath, '--import', 'tsx', file, dataDir], {
    ...(uid === undefined ? {} : { uid, gid: uid }),
    ...(bare ? { env: {} } : {}),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    cwd: dirname(file),
  })
  const exit = once(child, 'exit')
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await exit
  }
  onTestFinished(() => end('SIGKILL'))
  const said = once(createInterface({ input: child.stdout }), 'line').then(([line]) => JSON.parse(String(line)))
  return { process: child, said, end }
}

export async function query(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(statement).finally(() => client.end())
  return rows
}

export async function postmasterOf(dataDir: string): Promise<number> {
  return postmasterIn(await homeOf(dataDir))
}

/** Where the cluster of this data folder is, as any script would find it. */
export async function homeOf(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'postgres.location'), 'utf8').catch(() => dataDir)).trim()
}

/** What the data folders in `folder` left below /var/lib. */
export async function homesAwayFrom(folder: string): Promise<readonly string[]> {
  const homes = (await readdir(STATE).catch(() => [])).map((name) => join(STATE, name))
  const owners = await Promise.all(homes.map((home) => readFile(join(home, 'data.location'), 'utf8').catch(() => '')))
  return homes.filter((_, index) => owners[index]?.startsWith(`${folder}/`))
}

async function postmasterIn(home: string): Promise<number> {
  const [pid] = (await readFile(join(home, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}

/** The postmaster and its children. */
export function familyOf(postmaster: number): readonly number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number))
  return [postmaster, ...pairs.flatMap(([pid, parent]) => (parent === postmaster && pid !== undefined ? [pid] : []))]
}

/** Waits until none of these processes lives. */
export async function dead(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter((pid) => birthOf(pid) !== undefined)).toEqual([]), PATIENT)
}

export const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url))
const PROGRAM = relative(CHECKOUT, fileURLToPath(new URL('embedded.program.ts', import.meta.url)))
const STATE = '/var/lib/baton'

export const PATIENT = { timeout: 30_000, interval: 10 }
export const isRoot = process.getuid?.() === 0

/** Whether an unprivileged user could run this checkout's code: in a closed home it could not. */
export const isOpenToAll = (await barrierAbove(import.meta.dirname, { uid: 65_534, gid: 65_534 })) === undefined
