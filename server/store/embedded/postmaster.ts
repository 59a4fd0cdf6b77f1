/*
 * One run of PostgreSQL's main process, from launch or adoption to its end.
 * 1. It is launched in a session of its own: Ctrl-C in the terminal reaches us, not it, and it ends when we say so.
 * 2. It outlives us when we are killed, and the next of us adopts it: the pid in postmaster.pid lives, its command line
 *    names this folder, and it lets us in and serves this folder.
 * 3. A pid file whose pid is dead is PostgreSQL's own affair. One whose pid lives but is somebody else's is removed
 *    here, for PostgreSQL would take that process for a rival and refuse.
 * 4. After a postmaster was killed its children need a moment to notice. Until they are gone PostgreSQL refuses to
 *    start ("pre-existing shared memory block"), and the launch is repeated.
 */
import { rm } from 'node:fs/promises'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { Access } from './cluster.ts'
import { EmbeddedPostgresError, fromOutput } from './fault.ts'
import type { PostgresLog } from './log.ts'
import { pidFileOf, readPidFile } from './pidfile.ts'
import { pause, until } from './poll.ts'
import { birthOf, commandOf } from './process.ts'
import { spawnAs } from './run.ts'
import { serves } from './session.ts'

export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly gone: Promise<void>
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  shutdown(): Promise<void>
}

export interface Launch {
  readonly cluster: string
  readonly port: number
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly settings: Readonly<Record<string, string>>
  readonly log: PostgresLog
}

/** Starts a postmaster and waits until it takes connections, however long its recovery lasts; throws why it did not. */
export async function launch(task: Launch, cancel?: AbortSignal): Promise<Postmaster> {
  const patience = performance.now() + ORPHANS_MS
  for (;;) {
    try {
      return await attempt(task, cancel)
    } catch (error) {
      const mayPass = error instanceof EmbeddedPostgresError && error.code === 'occupied'
      if (!mayPass || cancel?.aborted || performance.now() > patience) throw error
      await pause(50, cancel)
    }
  }
}

/** The postmaster of this cluster that is running already, if there is one. */
export async function adopt(cluster: string, access: Access): Promise<Postmaster | undefined> {
  const found = await readPidFile(cluster)
  const birth = found && birthOf(found.pid)
  if (!found || birth === undefined) return undefined
  const { pid, port } = found
  if (!`${commandOf(pid)} `.includes(`-D ${cluster} `)) {
    await rm(pidFileOf(cluster), { force: true })
    return undefined
  }
  const alive = (): boolean => birthOf(pid) === birth
  const state = await until(
    async () => {
      if (!alive()) return 'gone'
      const ready = (await readPidFile(cluster))?.ready && (await serves({ ...access, port }, cluster))
      return ready ? 'ready' : undefined
    },
    { everyMs: 20, withinMs: ADOPTION_MS },
  )
  if (state === 'gone') return undefined
  if (state === 'ready') return adopted(pid, port, alive)
  const message = `A PostgreSQL (process ${pid}) already serves ${cluster} and does not let us in.`
  throw new EmbeddedPostgresError('occupied', message, cluster)
}

async function attempt(task: Launch, cancel: AbortSignal | undefined): Promise<Postmaster> {
  const { cluster, port, binaries, account, settings, log } = task
  const before = log.size()
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawnAs(account, binaries.postgres, ['-D', cluster, '-p', String(port), ...options], {
    stdio: ['ignore', log.descriptor, log.descriptor],
    detached: true,
  })
  child.unref()
  let problem: string | undefined
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => resolve(void (problem ??= error.message)))
    child.once('exit', () => resolve(void (problem ??= '')))
  })
  const signal = (name: NodeJS.Signals): void => void child.kill(name)
  const interrupt = (): void => signal('SIGINT')
  cancel?.addEventListener('abort', interrupt)
  if (cancel?.aborted) interrupt()
  process.once('exit', interrupt)
  await until(async () => {
    if (problem !== undefined) return true
    const file = await readPidFile(cluster)
    return (file?.ready && file.pid === child.pid) || undefined
  })
  process.removeListener('exit', interrupt)
  cancel?.removeEventListener('abort', interrupt)
  if (problem !== undefined || child.pid === undefined) {
    throw fromOutput(`${problem ?? ''}\n${log.since(before)}`, cluster)
  }
  return running({ pid: child.pid, port, gone, signal })
}

function adopted(pid: number, port: number, alive: () => boolean): Postmaster {
  // Not our child, so nobody tells us when it ends.
  const gone = new Promise<void>((resolve) => {
    const watch = setInterval(() => {
      if (alive()) return
      clearInterval(watch)
      resolve()
    }, WATCH_MS)
    watch.unref()
  })
  const signal = (name: NodeJS.Signals): void => {
    if (alive()) process.kill(pid, name)
  }
  return running({ pid, port, gone, signal })
}

function running(main: {
  readonly pid: number
  readonly port: number
  readonly gone: Promise<void>
  readonly signal: (name: NodeJS.Signals) => void
}): Postmaster {
  const { pid, port, gone, signal } = main
  // A process that ends in an orderly way, if without stop(), leaves no postmaster behind.
  const onExit = (): void => signal('SIGINT')
  process.once('exit', onExit)
  const ended = gone.then(() => void process.removeListener('exit', onExit))
  return { pid, port, gone: ended, shutdown: () => shutdown(ended, signal) }
}

/** Asks nicely, then demands: an immediate shutdown loses nothing either, the next start replays the log. */
async function shutdown(gone: Promise<void>, signal: (name: NodeJS.Signals) => void): Promise<void> {
  const demand = setTimeout(() => signal('SIGQUIT'), FAST_SHUTDOWN_MS)
  signal('SIGINT')
  await gone
  clearTimeout(demand)
}

const ORPHANS_MS = 30_000
const ADOPTION_MS = 60_000
const WATCH_MS = 250
const FAST_SHUTDOWN_MS = 30_000
