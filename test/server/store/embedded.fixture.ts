import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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
    const main = await postmasterOf(dataDir).catch(() => undefined)
    if (main !== undefined && birthOf(main) !== undefined) process.kill(main, 'SIGQUIT')
    if (main !== undefined) await dead([main])
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
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

/** Starts it in a process of its own, as `uid` if given; that process is killed after the test. */
export function program(dataDir: string, uid?: number): Program {
  const file = fileURLToPath(new URL('embedded.program.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, dataDir], {
    ...(uid === undefined ? {} : { uid, gid: uid }),
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
  const [pid] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
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

export const PATIENT = { timeout: 30_000, interval: 10 }
export const isRoot = process.getuid?.() === 0

/** Whether an unprivileged user could run this checkout's code: in a closed home it could not. */
export const isOpenToAll = (await barrierAbove(import.meta.dirname, { uid: 65_534, gid: 65_534 })) === undefined
