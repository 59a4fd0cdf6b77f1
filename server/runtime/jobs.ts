/**
 * graphile-worker, kept running. Its jobs are locked by the pool that runs them, for four hours at most; a pool whose
 * node died must not keep them that long.
 *
 *   running --the pool ends by itself (the database was lost in the wrong moment)--> pausing --> running, as a new pool
 *           --its workers fail to ask for jobs, again and again--> ended --> pausing
 *   locks of a pool that no living node claims --> freed, at the start and every RELEASE_EVERY
 */
import { EventEmitter } from 'node:events'
import { makeWorkerUtils, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import { jobsLog } from '../store/jobs-log.ts'
import { openPool } from '../store/pool.ts'
import type { Line } from './line.ts'
import type { Log } from './log.ts'

export interface Jobs {
  /** Lets what runs end, for a moment; then no job runs here and no connection for jobs is left. */
  close(): Promise<void>
}

const CONCURRENCY = 6
/** A deadline is met this late at most while the server runs. */
const POLL = 500
const PAUSE = 1_000
const RELEASE_EVERY = 15_000
/**
 * Failures to ask for a job, in a row, after which a pool is replaced. One whose first statement is lost keeps that
 * failure for ever: graphile-worker 0.17 remembers the promise of its tasks' ids (taskIdentifiers.js), rejected or not.
 */
const HOPELESS = 3 * CONCURRENCY
/** What runs when the server closes has so long to end by itself. */
const LAST_WORDS = 2_000

export async function runJobs(databaseUrl: string, tasks: TaskList, line: Line, log: Log): Promise<Jobs> {
  const { pool, close: disconnect } = openPool(
    { connectionString: databaseUrl, max: CONCURRENCY + 2, application_name: 'baton jobs' },
    (error) => log.warn({ error: error.message }, 'A connection for jobs was lost.'),
  )
  const logger = jobsLog(log)
  const utils = await makeWorkerUtils({ pgPool: pool, logger })
  let closed = false
  let runner: Runner | undefined
  let again: NodeJS.Timeout | undefined
  let working: Promise<unknown> = Promise.resolve()

  async function begin(): Promise<void> {
    if (closed) return
    const events: WorkerEvents = new EventEmitter()
    const claimed: string[] = []
    events.on('pool:create', ({ workerPool }) => {
      claimed.push(workerPool.id)
      line
        .claim(workerPool.id)
        .catch((error: unknown) => log.warn({ err: error }, 'A pool of jobs could not be claimed.'))
    })
    let failures = 0
    const asked = () => {
      failures = 0
    }
    events.on('worker:getJob:empty', asked)
    events.on('job:start', asked)
    events.on('worker:getJob:error', () => {
      if (++failures !== HOPELESS || !runner) return
      log.warn({}, 'Jobs could not be asked for; starting them again.')
      working = Promise.allSettled([working, runner.stop()])
    })
    runner = await run({
      pgPool: pool,
      taskList: tasks,
      concurrency: CONCURRENCY,
      pollInterval: POLL,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: LAST_WORDS,
      logger,
      events,
    })
    runner.promise
      .catch((error: unknown) => {
        if (!closed) log.warn({ err: error }, 'The jobs stopped; starting them again.')
      })
      .finally(() => {
        for (const id of claimed) line.release(id).catch(() => undefined)
        beginAgain()
      })
  }

  function beginAgain(): void {
    runner = undefined
    if (closed) return
    again = setTimeout(() => {
      working = releaseDead().then(begin).catch(beginAgain)
    }, PAUSE)
  }

  async function releaseDead(): Promise<void> {
    const { rows } = await pool.query<{ by: string }>(
      'select distinct locked_by as by from graphile_worker.jobs where locked_by is not null',
    )
    const dead = await line.unclaimed(rows.map((row) => row.by))
    if (dead.length === 0) return
    await utils.forceUnlockWorkers([...dead])
    log.info({ pools: dead.length }, 'Jobs of a node that is gone were taken over.')
  }

  await releaseDead()
  await begin()
  const releasing = setInterval(() => {
    working = Promise.all([working, releaseDead()]).catch((error: unknown) =>
      log.warn({ err: error }, 'Jobs of dead nodes could not be looked for.'),
    )
  }, RELEASE_EVERY)

  return {
    async close() {
      closed = true
      clearInterval(releasing)
      clearTimeout(again)
      await working
      await runner?.stop().catch(() => undefined)
      await utils.release()
      await disconnect()
    },
  }
}
