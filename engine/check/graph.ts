/**
 * The compiled chart as a graph of nodes: what is proved of it is proved of the machine that runs.
 *
 * Law: whatever some customer can do is a step here, so what the graph does not come to nobody comes to. Guards are taken
 * as free, with three exceptions that the chart itself decides:
 *   1. Behind a way that is always open nothing is taken: neither later ways for the same event, nor those of the phase.
 *   2. A state that is left at once takes no event. Of a ladder only the rungs that are climbed to take any.
 *   3. Nobody comes back (a handback, a transfer, a promise) to where they have not been.
 *
 * Many steps lead through few junctions: from anywhere with the bot to any trigger, from any handback to any step that
 * was left. `arcs` keeps the junctions and grows with the flow; `stepsFrom` shows what lies behind them as single steps.
 */
import type { Compiled } from '../compile/compiled.ts'
import type { WayOut } from '../compile/config.ts'
import { arcsOf, isJunction } from './arcs.ts'

export interface Step {
  readonly from: string
  readonly to: string
  /** The event that takes it; empty for a transition that waits for nothing. */
  readonly event: string
  /** The outlet of `from` by which it leaves; absent where the machine goes without one: a trigger's firing, a way back. */
  readonly outlet?: string
  /** Every outlet passed, in order. */
  readonly ways: readonly WayOut[]
  /** Whether something must hold for it: taken as free here, so one customer's way may not be another's. */
  readonly guarded: boolean
  /** Whether what was said is said again to where it leads: who enters `from` with it pending passes at once. */
  readonly again: boolean
  /** Whether it leads back to where the conversation has been before: what it leads to was come to otherwise. */
  readonly returns: boolean
}
export interface Graph {
  readonly start: string
  /** Every node that some conversation may come to. */
  readonly reachable: ReadonlySet<string>
  /** All steps that are come to, those through a junction as one into it and one out of it: linear in the size of the flow. */
  readonly arcs: readonly Step[]
  /** The steps from node to node. */
  stepsFrom(node: string): readonly Step[]
  /** The same as `stepsFrom` and short of the junctions: to look at all nodes by it is linear. */
  arcsFrom(place: string): readonly Step[]
  /** What leads to a place from those that are come to; its `from` may be a junction. */
  arcsTo(place: string): readonly Step[]
  /** The nodes that can be come to from these, themselves included; where `follow` is given, by such steps only. */
  ahead(from: Iterable<string>, follow?: (step: Step) => boolean): ReadonlySet<string>
  /** The reachable nodes from which one of these can be come to, themselves included. */
  behind(to: Iterable<string>, follow?: (step: Step) => boolean): ReadonlySet<string>
  /** A shortest way from the beginning, as steps; undefined where none leads there. */
  wayTo(node: string): readonly Step[] | undefined
}

export function graphOf(compiled: Compiled): Graph {
  const known = graphs.get(compiled)
  if (known) return known
  const graph = new ChartGraph(compiled)
  graphs.set(compiled, graph)
  return graph
}
const graphs = new WeakMap<Compiled, Graph>()

class ChartGraph implements Graph {
  readonly start: string
  readonly arcs: readonly Step[]
  readonly reachable: ReadonlySet<string>
  readonly #out: ReadonlyMap<string, readonly Step[]>
  readonly #into: ReadonlyMap<string, readonly Step[]>
  readonly #cameBy: ReadonlyMap<string, Step | undefined>
  readonly #steps = new Map<string, readonly Step[]>()

  constructor(compiled: Compiled) {
    this.start = compiled.flow.nodes.find((node) => node.type === 'start')?.id ?? ''
    const arcs = arcsOf(compiled)
    this.#out = grouped(arcs, (arc) => arc.from)
    // Where one comes back only to where one has been, coming back makes nothing reachable.
    this.#cameBy = this.#sweep([this.start], (arc) => !arc.returns)
    this.reachable = new Set([...this.#cameBy.keys()].filter((place) => !isJunction(place)))
    this.arcs = arcs.filter((arc) => this.#cameBy.has(arc.from) && this.#cameBy.has(arc.to))
    this.#into = grouped(this.arcs, (arc) => arc.to)
  }

  stepsFrom(node: string): readonly Step[] {
    const known = this.#steps.get(node)
    if (known) return known
    const steps = this.arcsFrom(node).flatMap((arc) => this.#throughJunctions(arc))
    this.#steps.set(node, steps)
    return steps
  }

  arcsFrom(place: string): readonly Step[] {
    return this.#out.get(place) ?? []
  }

  arcsTo(place: string): readonly Step[] {
    return this.#into.get(place) ?? []
  }

  ahead(from: Iterable<string>, follow: (step: Step) => boolean = () => true): ReadonlySet<string> {
    const places = this.#sweep(from, (arc) => follow(arc) && (!arc.returns || this.#cameBy.has(arc.to)))
    return new Set([...places.keys()].filter((place) => !isJunction(place)))
  }

  behind(to: Iterable<string>, follow: (step: Step) => boolean = () => true): ReadonlySet<string> {
    const seen = new Set<string>(to)
    const open = [...seen]
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      for (const arc of this.arcsTo(place))
        if (!seen.has(arc.from) && follow(arc)) {
          seen.add(arc.from)
          open.push(arc.from)
        }
    }
    return new Set([...seen].filter((place) => this.reachable.has(place)))
  }

  wayTo(node: string): readonly Step[] | undefined {
    if (!this.reachable.has(node)) return undefined
    const way: Step[] = []
    for (let last = this.#cameBy.get(node); last !== undefined; last = this.#cameBy.get(last.from)) {
      const [next] = way
      if (next !== undefined && isJunction(last.to)) way[0] = joined(last, next)
      else way.unshift(last)
    }
    return way
  }

  /** Breadth first: each place with the arc by which it was come to first. */
  #sweep(from: Iterable<string>, follow: (arc: Step) => boolean): ReadonlyMap<string, Step | undefined> {
    const cameBy = new Map<string, Step | undefined>([...from].map((place) => [place, undefined]))
    // A map goes on with what is added to it while it is walked.
    for (const place of cameBy.keys()) {
      for (const arc of this.arcsFrom(place)) if (!cameBy.has(arc.to) && follow(arc)) cameBy.set(arc.to, arc)
    }
    return cameBy
  }

  #throughJunctions(arc: Step): readonly Step[] {
    if (!isJunction(arc.to)) return [arc]
    const onward = this.arcsFrom(arc.to).filter((next) => !next.returns || this.#cameBy.has(next.to))
    return onward.flatMap((next) => this.#throughJunctions(joined(arc, next)))
  }
}

function joined(into: Step, out: Step): Step {
  const { outlet } = into
  return {
    from: into.from,
    to: out.to,
    event: into.event === '' ? out.event : into.event,
    ...(outlet === undefined ? {} : { outlet }),
    ways: [...into.ways, ...out.ways],
    guarded: into.guarded || out.guarded,
    again: into.again || out.again,
    returns: into.returns || out.returns,
  }
}

function grouped(arcs: readonly Step[], by: (arc: Step) => string): ReadonlyMap<string, readonly Step[]> {
  const groups = new Map<string, Step[]>()
  for (const arc of arcs) {
    const group = groups.get(by(arc))
    if (group) group.push(arc)
    else groups.set(by(arc), [arc])
  }
  return groups
}
