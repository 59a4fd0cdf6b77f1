/**
 * One seed: a world is made, lives its time with its faults, and comes to rest. Then all must be well: nobody waits who
 * could be served, no deadline is overdue, no job is left, every log replays to its snapshot, byte by byte.
 */
import type { RealDatabase } from './database.ts'
import type { Plan } from './plan.ts'
import { randomOf } from './random.ts'
import { createScheduler } from './scheduler.ts'
import { liveIn } from './time.ts'
import { Violation } from './violation.ts'
import { createWorld, type History } from './world.ts'

export interface Simulated extends History {
  readonly seed: number
  readonly violation?: { readonly law: string; readonly message: string }
  /** What happened last, if a law was broken. */
  readonly last?: readonly string[]
}

export async function simulate(plan: Plan, real: RealDatabase): Promise<Simulated> {
  await real.clear()
  const { seed } = plan
  const scheduler = createScheduler(plan.begins)
  const stop = liveIn(scheduler, randomOf(seed, 'nodes'))
  const world = createWorld(plan, real, scheduler)
  try {
    await world.live()
    await world.comeToRest()
    return { seed, ...world.history() }
  } catch (error) {
    return { seed, ...world.history(), violation: violationIn(error), last: scheduler.last() }
  } finally {
    stop()
  }
}

function violationIn(error: unknown): { readonly law: string; readonly message: string } {
  if (error instanceof Violation) return { law: error.law, message: error.message }
  return { law: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
