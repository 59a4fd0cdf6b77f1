/**
 * A pool of graphile-worker, kept running.
 *
 *   running --it ends by itself (the database was lost in the wrong moment)--> pausing --> running, as a new pool
 *           --it does not hear what it has asked for--> ended --> pausing: a job that it was given and never heard of would
 *             stay locked for as long as it lives. (One whose first question is lost fails for ever besides:
 *             graphile-worker 0.17 remembers the promise of its tasks' ids, rejected or not.)
 *           --restart()--> ended --> pausing
 *           --stop()--> ended
 */
import { EventEmitter } from 'node:events'
import { run, type Logger, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from './log.ts'

export interface JobPool {
  /** Rejects when the database does not answer. */
  begin(): Promise<void>
  running(): boolean
  restart(): void
  /** Lets what runs end, for a moment. */
  stop(): Promise<void>
}

export interface JobPoolDeps {
  readonly pool: pg.Pool
  readonly tasks: TaskList
  /** Jobs that run at once. */
  readonly concurrency: number
  /** Milliseconds; one that is to run at once is heard of at once. */
  readonly poll: number
  readonly logger: Logger
  readonly log: Log
  claim(pool: string): Promise<unknown>
  release(pool: string): Promise<unknown>
  /** Called before it begins anew. */
  tidy(): Promise<void>
}

const PAUSE = 1_000
const GATHER = 20
/** What runs when the server closes has so long to end by itself. */
const LAST_WORDS = 2_000

export function createJobPool(deps: JobPoolDeps): JobPool {
  const { log } = deps
  const ended = new Set<string>()
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
      deps
        .claim(workerPool.id)
        .catch((error: unknown) => log.warn({ err: error }, 'A pool of jobs could not be claimed.'))
    })
    let isEnding = false
    events.on('worker:getJob:error', () => {
      if (isEnding || !runner) return
      isEnding = true
      log.warn({}, 'Jobs could not be asked for; starting them again.')
      restart()
    })
    runner = await run({
      pgPool: deps.pool,
      taskList: deps.tasks,
      concurrency: deps.concurrency,
      pollInterval: deps.poll,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: LAST_WORDS,
      logger: deps.logger,
      events,
      // All that runs while the server closes is given back by one statement, not by a connection each.
      preset: { worker: { failJobBatchDelay: GATHER } },
    })
    runner.promise
      .catch((error: unknown) => {
        if (!closed) log.warn({ err: error }, 'The jobs stopped; starting them again.')
      })
      .finally(() => {
        for (const id of claimed) ended.add(id)
        releaseEnded().catch(() => undefined)
        beginAgain()
      })
  }

  /** Until it is written, what these were given stays locked as that of living pools. */
  async function releaseEnded(): Promise<void> {
    for (const id of [...ended]) {
      await deps.release(id)
      ended.delete(id)
    }
  }

  function beginAgain(): void {
    runner = undefined
    if (closed) return
    again = setTimeout(() => {
      working = releaseEnded().then(deps.tidy).then(begin).catch(beginAgain)
    }, PAUSE)
  }

  function restart(): void {
    if (runner) working = Promise.allSettled([working, runner.stop()])
  }

  return {
    begin,
    running: () => runner !== undefined,
    restart,
    async stop() {
      closed = true
      clearTimeout(again)
      await working
      await runner?.stop().catch(() => undefined)
    },
  }
}
