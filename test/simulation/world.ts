/** A simulated world, wired; how it lives its time, and comes to rest. */
import { createCallers } from './callers.ts'
import { createSimulatedDatabase } from './connections.ts'
import { createCrew } from './crew.ts'
import type { Asked, RealDatabase } from './database.ts'
import { createSharedFlows } from './flow-store.ts'
import { simulatedFlow } from './flows.ts'
import { createJobs } from './jobs.ts'
import { createLines } from './line.ts'
import { createNode } from './nodes.ts'
import { createOracle } from './oracle.ts'
import { createOutside } from './outside.ts'
import type { Plan } from './plan.ts'
import { randomOf } from './random.ts'
import { CALM, checkCalm, checkEnd, checkTables, whatIsLeft } from './rest.ts'
import type { Scheduler } from './scheduler.ts'
import { createTrouble } from './trouble.ts'
import { Violation } from './violation.ts'
import { hasJobs } from './written.ts'

export interface History {
  readonly events: number
  readonly steps: number
  readonly statements: number
  readonly faults: number
  /** Equal for equal histories. */
  readonly trace: string
}

export interface World {
  /** People are active, and things go wrong. Rejects with the first `Violation`. */
  live(): Promise<void>
  /** Nothing goes wrong any more, and all that was begun ends. Rejects with a `Violation`, likewise. */
  comeToRest(): Promise<void>
  history(): History
}

/** Steps after which a world that has not come to rest never will. */
const ENDLESS = 200_000
/** Rounds in which all that was left must come to rest, and what passes in one and between some. */
const ROUNDS = 90
const ROUND = 2_500
const LEAP = 2 * 60_000
const LONG_LEAP = 20 * 60_000

export function createWorld(plan: Plan, real: RealDatabase, scheduler: Scheduler): World {
  const { seed, faults } = plan
  const random = (purpose: string) => randomOf(seed, purpose)
  const failures: unknown[] = []
  const failed = (error: unknown): void => void failures.push(error)
  const oracle = createOracle(plan, real, scheduler)
  const database = createSimulatedDatabase({
    scheduler,
    random: random('statements'),
    real,
    async executed(asked, answered, place) {
      try {
        await oracle.executed(asked, answered, place)
      } catch (error) {
        failed(error)
      }
      if (addsJobs(asked)) jobs.nudge()
    },
  })
  const jobs = createJobs(scheduler, random('jobs'), database)
  const lines = createLines(scheduler, random('hints'))
  const outside = createOutside(scheduler, random('outside'), oracle)
  const flows = createSharedFlows()
  flows.publish(simulatedFlow(plan, random('flow'), 1))
  const nodes = Array.from({ length: plan.nodes }, (_, index) =>
    createNode(`node${index}`, {
      scheduler,
      database,
      lines,
      jobs,
      outside,
      flows: flows.store,
      failed,
      databaseTime: faults.jumps > 0,
    }),
  )
  const callers = createCallers(scheduler, random('callers'), nodes, oracle, failed)
  const crew = createCrew({ plan, scheduler, random: random('crew'), callers, oracle, nodes, flows, failed })
  const trouble = createTrouble(plan.faults, plan.length, {
    scheduler,
    random: random('faults'),
    nodes,
    database,
    lines,
    outside,
    callers,
  })

  async function runUntil(time: number): Promise<void> {
    let isThere = false
    scheduler.after(time - scheduler.now(), 'until', undefined, () => {
      isThere = true
    })
    while (!isThere) {
      if (scheduler.steps > ENDLESS) throw new Violation('I9', 'it does not come to rest')
      await scheduler.step()
      if (failures.length > 0) throw failures[0]
    }
  }

  async function rest(): Promise<void> {
    let restless: Violation | undefined
    for (let round = 0; round < ROUNDS; round++) {
      await runUntil(scheduler.now() + ROUND)
      restless = await whatIsLeft(plan, real, scheduler, oracle, callers.open)
      if (!restless) return
      // What fails again and again is tried again after long. Otherwise offers must have their time to be taken.
      if (restless.law === 'I15') scheduler.leap(LONG_LEAP)
      else if (round % 3 === 2) scheduler.leap(LEAP)
    }
    if (restless) throw restless
  }

  return {
    async live(): Promise<void> {
      for (const node of nodes) node.begin()
      crew.begin()
      trouble.begin()
      await runUntil(scheduler.now() + plan.length)
    },
    async comeToRest(): Promise<void> {
      await checkTables(real, scheduler)
      trouble.end()
      if (plan.calm) {
        crew.rest()
        await runUntil(scheduler.now() + CALM)
        await checkCalm(real, scheduler, oracle)
      }
      crew.finish()
      // Twice: the second time after a leap, by which deadlines come.
      await rest()
      scheduler.leap(LEAP)
      await rest()
      await checkEnd(real, scheduler, oracle, crew.followed, flows.store)
    },
    history: () => ({
      events: oracle.events,
      steps: scheduler.steps,
      statements: database.statements,
      faults: trouble.count + database.faulted,
      trace: scheduler.trace,
    }),
  }
}

function addsJobs({ text, values }: Asked): boolean {
  return text.includes('commit_event') ? hasJobs(values) : /add_job|arm_wakes|queue_mail/.test(text)
}
