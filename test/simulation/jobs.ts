/**
 * graphile-worker as a simulated node runs it: its table and its rules (a try is counted when it begins, a failure is
 * tried again after exp(tries) seconds, a lock lasts until its pool is known to be dead), its statements each a step.
 */
import { setMaxListeners } from 'node:events'
import type { JobHelpers, TaskList } from 'graphile-worker'
import type { Jobs } from '#server/runtime/jobs.ts'
import type { Line } from '#server/runtime/line.ts'
import type { SimulatedDatabase } from './connections.ts'
import type { Random } from './random.ts'
import type { Place, Scheduler } from './scheduler.ts'

export interface SimulatedJobs {
  run(place: Place, tasks: TaskList, line: Line): Promise<Jobs>
  /** Jobs were added: somebody looks soon, the others when it is their time. */
  nudge(): void
}

interface JobRow {
  readonly id: string
  readonly task: string
  readonly payload: unknown
  readonly attempts: number
  readonly last_error: string | null
}

const POLL = 1_000
const AT_ONCE = 6
const RELEASE_EVERY = 15_000

const GET = `with found as (
    select j.id from graphile_worker._private_jobs j
    where j.is_available and j.run_at <= simulated.now() order by j.priority, j.run_at, j.id limit $2
    for update skip locked)
  update graphile_worker._private_jobs j
  set attempts = j.attempts + 1, locked_by = $1, locked_at = simulated.now()
  from found, graphile_worker._private_tasks t where j.id = found.id and t.id = j.task_id
  returning j.id::text, t.identifier as task, j.payload, j.attempts, j.last_error`
const DONE = 'delete from graphile_worker._private_jobs where id = $1 and locked_by = $2'
const FAILED = `update graphile_worker._private_jobs
  set last_error = $3, locked_by = null, locked_at = null,
    run_at = greatest(simulated.now(), run_at) + exp(least(attempts, 10)) * interval '1 second'
  where id = $1 and locked_by = $2`
const LOCKED =
  'select distinct locked_by as by from graphile_worker._private_jobs where locked_by is not null order by 1'
const UNLOCK = `update graphile_worker._private_jobs set locked_by = null, locked_at = null, run_at = greatest(run_at, simulated.now())
  where locked_by = any($1)`
const ADD = 'select graphile_worker.add_job($1, $2::json, run_at => $3, max_attempts => $4)'

export function createJobs(scheduler: Scheduler, random: Random, database: SimulatedDatabase): SimulatedJobs {
  const looks = new Map<Place, () => void>()
  let pools = 0

  async function run(place: Place, tasks: TaskList, line: Line): Promise<Jobs> {
    let pool = `pool ${++pools}`
    const closing = new AbortController()
    setMaxListeners(0, closing.signal)
    const running = new Set<Promise<void>>()
    let looking = false

    async function releaseDead(): Promise<void> {
      const { rows } = await database.ask(place, LOCKED)
      // A column of text.
      const dead = await line.unclaimed(rows.map(({ by }) => by as string))
      if (dead.length > 0) await database.ask(place, UNLOCK, [dead])
    }

    async function look(): Promise<void> {
      if (looking || closing.signal.aborted || running.size >= AT_ONCE) return
      looking = true
      try {
        const { rows } = await database.ask(place, GET, [pool, AT_ONCE - running.size])
        // The columns of GET.
        for (const row of rows) begin(row as unknown as JobRow)
      } catch {
        // It may have been given jobs and not have heard of them.
        await replacePool()
      } finally {
        looking = false
      }
    }

    function begin(job: JobRow): void {
      const work = perform(job)
        .catch(() => undefined)
        .finally(() => {
          running.delete(work)
          void look()
        })
      running.add(work)
    }

    /** A pool that cannot say what became of its jobs ends; another takes its place, and its locks are freed. */
    async function replacePool(): Promise<void> {
      await line.release(pool)
      pool = `pool ${++pools}`
      await line.claim(pool)
    }

    async function perform({ id, task, payload, attempts, last_error }: JobRow): Promise<void> {
      const by = pool
      // What the tasks of the runtime use of a job.
      const helpers = {
        job: { attempts, last_error },
        abortSignal: closing.signal,
        addJob: (name: string, what: unknown, { runAt, maxAttempts }: { runAt: Date; maxAttempts: number }) =>
          database.ask(place, ADD, [name, JSON.stringify(what), runAt, maxAttempts]),
      } as unknown as JobHelpers
      try {
        await tasks[task]?.(payload, helpers)
      } catch (error) {
        return insist(FAILED, [id, by, String(error)])
      }
      await insist(DONE, [id, by])
    }

    /** As graphile-worker does, until the database has it; a pool that ends first leaves the lock to others. */
    async function insist(text: string, values: readonly unknown[]): Promise<void> {
      for (let tries = 0; tries < 5; tries++) {
        try {
          await database.ask(place, text, values)
          return
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 300))
        }
      }
      await replacePool()
    }

    await line.claim(pool)
    await releaseDead().catch(() => undefined)
    const polling = setInterval(() => void look(), POLL)
    const releasing = setInterval(() => void releaseDead().catch(() => undefined), RELEASE_EVERY)
    looks.set(place, () => void look())
    return {
      running: () => true,
      async close() {
        closing.abort()
        looks.delete(place)
        clearInterval(polling)
        clearInterval(releasing)
        await Promise.all(running)
        await line.release(pool)
      },
    }
  }

  return {
    run,
    nudge() {
      for (const place of looks.keys()) if (!place.alive) looks.delete(place)
      const [place, look] = random.pick([...looks]) ?? []
      if (place && look) scheduler.after(3, 'jobs were added', place, look)
    },
  }
}
