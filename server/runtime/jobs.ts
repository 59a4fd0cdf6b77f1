/**
 * Who runs jobs here. They are locked by the pool that runs them, for four hours at most; a pool whose node died must not
 * keep them that long.
 *
 *   locks of a pool whose node's lease has run out --> freed, every TAKE_OVER_EVERY
 *   locks of a pool that nobody claims, by a lease or (a release without leases) by a lock --> freed, at the start and
 *     when it is found so twice, RELEASE_EVERY apart: a pool that has just begun has not claimed yet
 *   locks of a pool whose node's process was killed on this machine --> the same, though its lease has not run out
 *   the lease is lost and another taken --> the pools begin anew
 *
 * Laws:
 *   1. A job begins only while the lease of its node holds. One that had begun before ends, and what it then says is
 *      decided by the version of its conversation, as always.
 *   2. What waits for somebody else's server never keeps a deadline waiting: errands run in a pool of their own, and so
 *      many at once that some of them may hang.
 */
import { makeWorkerUtils, type Task, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { connectionTo } from '../store/connection.ts'
import { jobsLog } from '../store/jobs-log.ts'
import { joinNodes } from '../store/nodes.ts'
import { openPool } from '../store/pool.ts'
import { every } from '../store/rounds.ts'
import { createJobPool, type JobPool } from './job-pool.ts'
import type { Line } from './line.ts'
import type { Log } from './log.ts'

export interface Jobs {
  /** Whether jobs are taken here now. */
  running(): boolean
  /** Lets what runs end, for a moment; then no job runs here and no connection for jobs is left. */
  close(): Promise<void>
}

/** Tasks that touch the database alone; all others are errands. */
const OWN: ReadonlySet<string> = new Set(['wake', 'presence', 'wrapped'])
/** Those of presence and wrap-up: they are due on time or soon after. */
const OWN_POOL = { concurrency: 3, poll: 500 } as const
/** So many that some may hang; of those that wait only one that is tried again is not heard of at once. */
const ERRANDS = { concurrency: 48, poll: 4_000 } as const
/** Connections for all of them: a job that runs holds none. */
const CONNECTIONS = 8
const RELEASE_EVERY = 15_000
const TAKE_OVER_EVERY = 2_500
/** A beat that is not answered is given up before the next lease would be lost by it. */
const BEAT_PATIENCE = 4_000

export async function runJobs(databaseUrl: string, tasks: TaskList, line: Line, log: Log): Promise<Jobs> {
  const lost = (error: Error) => log.warn({ error: error.message }, 'A connection for jobs was lost.')
  const { pool, close: disconnect } = openPool({ ...connectionTo(databaseUrl, 'baton jobs'), max: CONNECTIONS }, lost)
  forgiveSecondRelease(pool)
  // Of its own: when all others wait for the database, the lease must not.
  const { pool: beats, close: endBeats } = openPool(
    { ...connectionTo(databaseUrl, 'baton lease', BEAT_PATIENCE), max: 1 },
    lost,
  )
  const logger = jobsLog(log)
  const utils = await makeWorkerUtils({ pgPool: pool, logger })
  const lease = await joinNodes(beats, log)
  const guarded = whileHeld(tasks, () => lease.held())
  let suspects: ReadonlySet<string> = new Set()
  const poolOf = (settings: typeof OWN_POOL | typeof ERRANDS, which: (task: string) => boolean): readonly JobPool[] => {
    const mine = Object.entries(guarded).filter(([name]) => which(name))
    // One without tasks would end as soon as it begins, again and again.
    if (mine.length === 0) return []
    const made = createJobPool({
      ...settings,
      pool,
      tasks: Object.fromEntries(mine),
      logger,
      log,
      claim: (id) => Promise.all([lease.claim(id), line.claim(id)]),
      release: (id) => Promise.all([lease.release(id), line.release(id)]),
      tidy: () => releaseUnclaimed('once'),
    })
    return [made]
  }
  const pools = [...poolOf(OWN_POOL, (task) => OWN.has(task)), ...poolOf(ERRANDS, (task) => !OWN.has(task))]

  /** What a release without leases, or a node that died between two writes, has left. */
  async function releaseUnclaimed(found: 'once' | 'twice'): Promise<void> {
    const { rows } = await pool.query<{ by: string }>(
      'select distinct locked_by as by from graphile_worker.jobs where locked_by is not null',
    )
    const free = await line.unclaimed(rows.map((row) => row.by))
    // The lock is gone as well where a node has lost its line for a moment.
    const living = free.length === 0 ? [] : await lease.living(free)
    const nobodys = free.filter((each) => !living.includes(each))
    const dead = found === 'twice' ? nobodys.filter((each) => suspects.has(each)) : nobodys
    suspects = new Set(nobodys)
    if (dead.length === 0) return
    await utils.forceUnlockWorkers([...dead])
    log.info({ pools: dead.length }, 'Jobs of a node that is gone were taken over.')
  }

  async function takeOver(): Promise<void> {
    const dead = await lease.giveBackDead()
    if (dead.length > 0) log.info({ pools: dead.length }, 'Jobs of a node that is silent were taken over.')
  }

  const upkeep = (milliseconds: number, work: () => Promise<void>) =>
    every(milliseconds, () =>
      work().catch((error: unknown) => log.warn({ err: error }, 'Jobs of dead nodes could not be looked for.')),
    )

  await releaseUnclaimed('once')
  for (const each of pools) await each.begin()
  const looking = [upkeep(RELEASE_EVERY, () => releaseUnclaimed('twice')), upkeep(TAKE_OVER_EVERY, takeOver)]
  lease.onAnew(() => {
    for (const each of pools) each.restart()
  })

  return {
    running: () => pools.every((each) => each.running()) && lease.held(),
    async close() {
      await Promise.all(looking.map((each) => each.stop()))
      await Promise.all(pools.map((each) => each.stop()))
      await utils.release()
      await lease.close()
      await disconnect()
      await endBeats()
    },
  }
}

/**
 * graphile-worker 0.17 releases the connection on which it listens twice when the database goes in the moment in which
 * the pool ends; nobody handles what pg-pool throws at the second, and the process would end by it.
 */
function forgiveSecondRelease(pool: pg.Pool): void {
  const original = pool.connect.bind(pool)
  function connect(): Promise<pg.PoolClient>
  function connect(callback: Connected): void
  function connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (callback === undefined) return original()
    original((error, client, release) => {
      let isReleased = false
      callback(error, client, (reason) => {
        if (isReleased) return
        isReleased = true
        release(reason)
      })
    })
  }
  pool.connect = connect
}
type Connected = Parameters<pg.Pool['connect']>[0]

/** The same tasks, refused while the lease does not hold: their jobs are another node's, or are tried again. */
function whileHeld(tasks: TaskList, held: () => boolean): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, Task] => [
      name,
      (payload, helpers) => {
        if (!held()) throw new Error('The lease of this node has run out.')
        return task?.(payload, helpers)
      },
    ]),
  )
}
