/** What goes wrong in a world, when, and that it ends. */
import type { Callers } from './callers.ts'
import type { SimulatedDatabase } from './connections.ts'
import type { Lines } from './line.ts'
import type { SimulatedNode } from './nodes.ts'
import type { Outside } from './outside.ts'
import { noFaults, type Faults } from './plan.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export interface Trouble {
  begin(): void
  end(): void
  /** Of what happens at a moment; lost statements are counted where they are lost. */
  readonly count: number
}

interface Troubled {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly nodes: readonly SimulatedNode[]
  readonly database: SimulatedDatabase
  readonly lines: Lines
  readonly outside: Outside
  readonly callers: Callers
}

export function createTrouble(faults: Faults, length: number, world: Troubled): Trouble {
  const { scheduler, random, nodes, database, lines, outside, callers } = world
  let count = 0

  function some(times: number, what: string, run: () => void): void {
    for (let each = 0; each < times; each++)
      scheduler.after(random.between(300, length), what, undefined, () => {
        count++
        run()
      })
  }

  function set({ lost, contended, slow, hints, trouble, doubled }: Faults): void {
    database.faults = { lost, contended, slow }
    lines.loss = hints
    outside.trouble = trouble
    callers.doubled = doubled
  }

  function crash(node: SimulatedNode | undefined): void {
    node?.crash()
    scheduler.after(random.between(100, 4_000), 'is begun anew', undefined, () => node?.begin())
  }

  /** What it has been answered may be written by then, and not yet be done with. */
  function strike(times: number): void {
    let left = times
    outside.answered = (place) => {
      if (left === 0 || !random.chance(0.3)) return
      left--
      scheduler.after(random.between(2, 40), 'struck', undefined, () => {
        count++
        crash(nodes.find(({ ready }) => ready?.place === place))
      })
    }
  }

  return {
    begin() {
      some(faults.crashes, 'crash', () => crash(random.pick(nodes)))
      strike(faults.struck)
      some(faults.restarts, 'restart', () => {
        const node = random.pick(nodes)
        node?.close(() => node.begin())
      })
      some(faults.outages, 'outage', () => database.awayUntil(scheduler.now() + random.between(200, 4_000)))
      some(faults.jumps, 'jump', () => random.pick(nodes)?.jump(random.between(-10 * 60_000, 10 * 60_000)))
      some(faults.leaps, 'leap', () => scheduler.leap(random.between(1_000, 15 * 60_000)))
      set(faults)
    },
    end() {
      set(noFaults)
      strike(0)
      for (const node of nodes)
        if (!node.ready) scheduler.after(1_000, 'is begun', undefined, () => node.ready ?? node.begin())
    },
    get count() {
      return count
    },
  }
}
