/**
 * Wrap-up: who is done with a conversation keeps the room that it took for a while, to write it up.
 *
 *   held --resolved, handed back, customer silent--> wrapping up --its time has come--> free
 *                                                                --taken up again--> held
 *
 * The hold is a time in the handoff's row (`wrap_until`), written with the event. It ends by the clock alone, on every
 * node and after any crash; the job at its end, written with it, lets those who wait be matched at once.
 */
import type { Task } from 'graphile-worker'
import type { Snapshot } from '#engine/index.ts'
import type { Job } from '../store/commit.ts'
import { wrapUpOf } from './columns.ts'

interface Wrapped {
  readonly agent: string
  readonly until: number
}

/** The job at the end of a wrap-up that the event began. */
export function wrapUpJobs(before: Snapshot | null, after: Snapshot): readonly Job[] {
  const wrapUp = wrapUpOf(before, after)
  if (!wrapUp) return []
  const payload: Wrapped = wrapUp
  return [{ task: 'wrapped', payload, key: `wrapped:${after.conversation}:${after.version}`, at: wrapUp.until }]
}

export function createWrapped(clock: { now(): number }, freed: (agent: string) => void): Task {
  return async (payload, { query }) => {
    // Only `wrapUpJobs` adds jobs of this task.
    const wrapped = payload as Wrapped
    const early = wrapped.until - clock.now()
    if (early <= 0) return freed(wrapped.agent)
    // The wall clock of this machine may be another than the database's, by which jobs come due.
    await query(
      `select graphile_worker.add_job('wrapped', $1::json, run_at => now() + $2 * interval '1 millisecond',
        max_attempts => 1000)`,
      [JSON.stringify(wrapped), early],
    )
  }
}
