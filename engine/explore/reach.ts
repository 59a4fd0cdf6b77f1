/**
 * Looks for a conversation that comes to a place of a flow. It plays the engine itself, in a simulation: what is found is
 * no guess. Best first: what is nearest to the goal on the chart is tried first, what took the fewest events first among
 * equals. Laws:
 *   1. The same question has the same answer: no clock, no chance, a budget of events.
 *   2. A path that is found replays: `replay` of the engine runs it to its last step's state.
 *   3. What the chart cannot come to is not looked for.
 */
import { nodeOfState } from '../conversation/state.ts'
import type { Compiled } from '../compile/compiled.ts'
import type { WayOut } from '../compile/config.ts'
import type { Json } from '../flow/values.ts'
import type { SimulatedStep } from '../simulate/course.ts'
import { simulate, type Simulation } from '../simulate/simulation.ts'
import { Refusal } from '../step/result.ts'
import type { Snapshot } from '../step/snapshot.ts'
import { bearingsTo, deadlineEvent, exitsBy, type Bearings } from './bearings.ts'
import { movesAt, type Move } from './moves.ts'
import type { Path } from './path.ts'
import { premisesFor, type Premise } from './premise.ts'

/**
 * Where a path is to lead: to a node, by an outlet, or to any state of which something holds (`at` says of which node, where
 * it is known: the search is steered there). A trigger's firing is its outlet `fired`.
 */
export type Goal =
  | { readonly node: string }
  | { readonly outlet: WayOut }
  | { readonly holds: (snapshot: Snapshot) => boolean; readonly at?: string }

export interface ReachOptions {
  /** Events tried at most; 2,000 when left out. Counted, never timed, so that the answer is the same everywhere. */
  readonly budget?: number
  /** Outlets of a way there, whose demands are met first; left out: those of a nearest one. */
  readonly by?: readonly WayOut[]
}

/**
 * A path that really leads there: found by running the engine itself with what customers, bots, people and the world may
 * do, nearest first. Undefined where none was found within the budget: some guard on the way is not met.
 */
export function reach(compiled: Compiled, goal: Goal, options: ReachOptions = {}): Path | undefined {
  const found = explore(compiled, goal, options)
  if (found === undefined) return undefined
  const isThere = arrival(compiled, goal)
  return pathOf(found.steps.slice(0, found.steps.findIndex(isThere) + 1))
}

/** The same as the conversation that was found, to its end: it can be gone on with, and saved as a scenario. */
export function explore(
  compiled: Compiled,
  goal: Goal,
  { budget = 2_000, by }: ReachOptions = {},
): Simulation | undefined {
  const bearings = bearingsOf(compiled, goal)
  const isThere = arrival(compiled, goal)
  const open = new Frontier()
  const seen = new Set<string>()
  const read = readBy(compiled)
  let left = budget
  const visit = (place: Place): void => {
    const { simulation, premise, cost } = place
    const key = `${place.index}\n${keyOf(compiled, simulation, read)}`
    const node = nodeOfState(simulation.snapshot.state)
    const far = bearings?.from(node) ?? 0
    if (seen.has(key) || !Number.isFinite(far)) return
    seen.add(key)
    for (const move of movesAt(compiled, simulation, premise)) {
      const after = bearings?.after(node, move.event, move.outlet) ?? far
      if (Number.isFinite(after)) open.add(cost + move.length + STEER * after, { place, move })
    }
  }
  if (bearings !== undefined && bearings.from(startOf(compiled)) === Infinity) return undefined
  for (const [index, premise] of premisesFor(compiled, by ?? bearings?.ways ?? []).entries()) {
    const begun = attempt(() => simulate(compiled.flow, premise.options))
    if (begun === undefined) continue
    if (begun.steps.some(isThere)) return begun
    visit({ simulation: begun, premise, index, cost: 2 * index })
  }
  for (let next = open.take(); next !== undefined && left > 0; next = open.take(), left--) {
    const { place, move } = next
    const { simulation } = place
    const after = attempt(() =>
      move.play(simulation, () => {
        left--
      }),
    )
    if (after === undefined) continue
    if (after.steps.slice(simulation.steps.length).some(isThere)) return after
    visit({ ...place, simulation: after, cost: place.cost + move.length })
  }
  return undefined
}

/** How much nearness counts against the length of the way so far. */
const STEER = 6

/** The steps of a simulation as a path: the events, without the doings that are none. */
export function pathOf(steps: readonly SimulatedStep[]): Path {
  return steps.flatMap(({ doing, now, snapshot, ways }) =>
    doing.type === 'event' ? [{ event: doing.event, at: now, state: snapshot.state, ways }] : [],
  )
}

function startOf({ flow }: Compiled): string {
  return flow.nodes.find((node) => node.type === 'start')?.id ?? ''
}

/** Undefined: nobody knows where it is, so everything is equally far. */
function bearingsOf(compiled: Compiled, goal: Goal): Bearings | undefined {
  if ('node' in goal) return bearingsTo(compiled, { node: goal.node })
  if ('outlet' in goal) return bearingsTo(compiled, goal.outlet)
  return goal.at === undefined ? undefined : bearingsTo(compiled, { node: goal.at })
}

/** Whether a step comes to the goal, also where it only passes it. */
function arrival({ flow }: Compiled, goal: Goal): (step: SimulatedStep) => boolean {
  if ('holds' in goal) return (step) => goal.holds(step.snapshot)
  if ('outlet' in goal) {
    const { node, outlet } = goal.outlet
    return (step) => step.ways.some((way) => way.node === node && way.outlet === outlet)
  }
  const into = flow.edges.filter((edge) => edge.target === goal.node)
  const leads = (way: WayOut): boolean =>
    into.some((edge) => edge.source === way.node && edge.sourceHandle === way.outlet)
  return ({ snapshot, ways }) =>
    nodeOfState(snapshot.state) === goal.node || ways.some((way) => way.node === goal.node || leads(way))
}

/**
 * What decides how a conversation goes on; how it came there, and when, is left out. Of what is known, the value counts only
 * where a condition reads it, else that it is known: whoever gave another name goes the same ways. Of the deadlines those
 * count that lead on.
 */
function keyOf(compiled: Compiled, { snapshot, standing }: Simulation, read: ReadonlySet<string>): string {
  const { machine, held, timers, awaiting } = snapshot
  const { vars, customer, at, talk, owes, tries, resuming, waiting, agent, errand, score } = machine.context
  const place = waiting && [
    waiting.node,
    waiting.joined,
    waiting.away,
    waiting.offered !== null,
    waiting.skip.length > 0,
  ]
  const node = nodeOfState(snapshot.state)
  const leading = timers.filter(({ id }) => exitsBy(compiled, node, deadlineEvent(compiled, id)).arcs.length > 0)
  const known = (record: Readonly<Record<string, Json>>): Json =>
    Object.entries(record).map(([name, value]) => [name, value === null || read.has(name) ? value : true])
  return JSON.stringify([
    machine.value,
    known(vars),
    known(customer),
    at,
    talk,
    owes,
    tries,
    resuming,
    place,
    agent?.id ?? null,
    score === null,
    errand && [errand.asking, errand.brief === null, errand.offered.length, errand.skipped.length],
    held,
    leading.map((each) => each.id),
    awaiting !== null,
    standing.online,
  ])
}

/** The names of what conditions read of what is known. */
function readBy({ expressions: { conditions } }: Compiled): ReadonlySet<string> {
  const paths = [...conditions.values()].flatMap((condition) => condition.reads)
  return new Set(paths.map((path) => path.split('.')[1] ?? path))
}

/** What is refused leads nowhere; so does a flow that goes round without the customer. */
function attempt(play: () => Simulation): Simulation | undefined {
  try {
    return play()
  } catch (error) {
    if (error instanceof Refusal || error instanceof RangeError) return undefined
    throw error
  }
}

/** Where a conversation stands, in which premise, and what it took to come there. */
interface Place {
  readonly simulation: Simulation
  readonly premise: Premise
  readonly index: number
  readonly cost: number
}
interface Open {
  readonly place: Place
  readonly move: Move
}

/** What is still to be tried, the most promising first, and among those the one that was found first. */
class Frontier {
  readonly #ranks = new Map<number, { readonly all: Open[]; next: number }>()

  add(rank: number, open: Open): void {
    const known = this.#ranks.get(rank)
    if (known) known.all.push(open)
    else this.#ranks.set(rank, { all: [open], next: 0 })
  }

  take(): Open | undefined {
    let best: number | undefined
    for (const rank of this.#ranks.keys()) if (best === undefined || rank < best) best = rank
    const found = best === undefined ? undefined : this.#ranks.get(best)
    if (best === undefined || found === undefined) return undefined
    const open = found.all[found.next++]
    if (found.next >= found.all.length) this.#ranks.delete(best)
    return open
  }
}
