/** How far it is to a goal from each node, in events, on the chart with all guards taken as free: no way is shorter. */
import { graphOf, type Step } from '../check/graph.ts'
import type { Compiled } from '../compile/compiled.ts'
import type { StateConfig, WayOut } from '../compile/config.ts'
import { kindOf } from '../kinds/index.ts'

/** Where to: a node, or by an outlet of one. */
export type Aim = { readonly node: string; readonly outlet?: string }

export interface Bearings {
  /** Events to the goal at least; Infinity where no conversation comes to it. */
  from(node: string): number
  /**
   * The same, once the event has been taken there, by an outlet where that is known; undefined where it leads nowhere
   * else.
   */
  after(node: string, event: string, outlet?: string): number | undefined
  /** The outlets of a nearest way from the beginning. */
  readonly ways: readonly WayOut[]
}

export function bearingsTo(compiled: Compiled, aim: Aim): Bearings {
  const { start } = graphOf(compiled)
  const { out, into } = arcsAround(compiled)
  const passes = (ways: readonly WayOut[]): boolean =>
    ways.some((way) => way.node === aim.node && way.outlet === aim.outlet)
  const hits = (arc: Step): boolean => aim.outlet !== undefined && passes(arc.ways)
  // An outlet may also be passed without leaving the node: it has no arc, but its events.
  const last = new Set(aim.outlet === undefined ? [] : eventsIn(stateOf(compiled, aim.node), passes))
  // From elsewhere too, such as on the way back to a node that is not entered again.
  const nearby = graphOf(compiled).arcs.filter(hits)
  const left = distances(
    into,
    new Map<string, number>([
      [aim.node, aim.outlet === undefined || last.has('') ? 0 : 1],
      ...nearby.map((arc): [string, number] => [arc.from, costOf(arc)]),
    ]),
  )
  const beyond = (arc: Step): number => (hits(arc) ? 0 : (left.get(arc.to) ?? Infinity))
  const from = (node: string): number => left.get(node) ?? Infinity
  return {
    from,
    after: (node, event, outlet) => {
      if (node === aim.node && last.has(event) && (outlet === undefined || outlet === aim.outlet)) return 0
      if (event.startsWith('trigger.')) return from(event.slice('trigger.'.length))
      const { arcs, stays } = exitsBy(compiled, node, event)
      const meant = outlet === undefined ? arcs : arcs.filter((arc) => arc.ways.some((way) => way.outlet === outlet))
      const onward = meant.map(beyond)
      return nearest(onward.length > 0 && stays ? [...onward, from(node)] : onward)
    },
    get ways() {
      return waysFrom(start, aim, out, beyond)
    },
  }
}

/** The event of the chart by which a deadline comes. */
export function deadlineEvent({ timers }: Compiled, id: string): string {
  const timer = timers.get(id)
  return timer === undefined ? '' : timer.isAfter ? timer.id : timer.event
}

/** Where an event may lead from a node. */
export function exitsBy(compiled: Compiled, node: string, event: string): Exits {
  const { exits, out } = arcsAround(compiled)
  const key = `${node}\n${event}`
  const found = exits.get(key) ?? {
    arcs: arcsBy(out, node, event),
    stays: mayStay(stateOf(compiled, node), event),
    passes: eventsIn(stateOf(compiled, node), (ways) => ways.length > 0).includes(event),
  }
  exits.set(key, found)
  return found
}
/** The arcs that it may take, whether some stay, and whether any outlet may be passed by it. */
export interface Exits {
  readonly arcs: readonly Step[]
  readonly stays: boolean
  readonly passes: boolean
}

/** What an event takes, also through a junction that waits for nothing. */
function arcsBy(out: Arcs, node: string, event: string): readonly Step[] {
  return (out.get(node) ?? []).flatMap((arc) => {
    if (arc.event === event) return [arc]
    return arc.event === '' ? (out.get(arc.to) ?? []).filter((next) => next.event === event) : []
  })
}

function stateOf({ chart, nodes }: Compiled, id: string): StateConfig | undefined {
  const node = nodes.get(id)
  return node === undefined ? undefined : chart.config.states?.[kindOf(node).phase]?.states?.[id]
}

/** The events of a state and those inside it whose transitions pass what is looked for; `''`: it waits for nothing. */
function eventsIn(state: StateConfig | undefined, passes: (ways: readonly WayOut[]) => boolean): readonly string[] {
  const { always = [], on = {}, after = {}, states = {} } = state ?? {}
  const named = [['', always] as const, ...Object.entries(on), ...Object.entries(after)]
  return [
    ...named.filter(([, all]) => all.some(({ meta }) => passes(meta?.ways ?? []))).map(([event]) => event),
    ...Object.values(states).flatMap((inner) => eventsIn(inner, passes)),
  ]
}

/** Whether some customer stays where they are by this event, or climbs a rung there. */
function mayStay(state: StateConfig | undefined, event: string): boolean {
  const { on = {}, after = {}, states = {} } = state ?? {}
  const inner = Object.values(states)
  const own = [...(on[event] ?? []), ...(after[event] ?? [])]
  return (
    own.some(({ target }) => target === undefined || target.split('.').length > 3) ||
    inner.some((each) => mayStay(each, event))
  )
}

function nearest(all: readonly number[]): number | undefined {
  return all.length === 0 ? undefined : Math.min(...all)
}

/** Backwards from where the distance is known: what waits for nothing costs nothing, all else one event. */
function distances(into: Arcs, known: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const left = new Map(known)
  const rounds: string[][] = [[], []]
  for (const [place, distance] of left) rounds[distance]?.push(place)
  for (let distance = 0; distance < rounds.length; distance++) {
    // A round grows while it is walked: by what costs nothing.
    for (const place of rounds[distance] ?? []) {
      if (left.get(place) !== distance) continue
      for (const arc of into.get(place) ?? []) {
        const through = distance + costOf(arc)
        if (through >= (left.get(arc.from) ?? Infinity)) continue
        left.set(arc.from, through)
        const later = rounds[through]
        if (later) later.push(arc.from)
        else rounds[through] = [arc.from]
      }
    }
  }
  return left
}

type Arcs = ReadonlyMap<string, readonly Step[]>
export interface ArcMap {
  readonly out: Arcs
  readonly into: Arcs
  readonly exits: Map<string, Exits>
}
const maps = new WeakMap<Compiled, ArcMap>()

/** The arcs by where they begin and by where they end; the same for every goal. */
export function arcsAround(compiled: Compiled): ArcMap {
  const known = maps.get(compiled)
  if (known) return known
  const [out, into] = [new Map<string, Step[]>(), new Map<string, Step[]>()]
  for (const arc of graphOf(compiled).arcs) {
    for (const [map, place] of [
      [out, arc.from],
      [into, arc.to],
    ] as const) {
      const all = map.get(place)
      if (all) all.push(arc)
      else map.set(place, [arc])
    }
  }
  const map: ArcMap = { out, into, exits: new Map() }
  maps.set(compiled, map)
  return map
}

/** Downhill, never to the same place twice. */
function waysFrom(start: string, aim: Aim, out: Arcs, beyond: (arc: Step) => number): readonly WayOut[] {
  const ways: WayOut[] = []
  const seen = new Set<string>()
  for (let place = start; place !== aim.node && !seen.has(place);) {
    seen.add(place)
    const [first, ...others] = out.get(place) ?? []
    if (first === undefined) return ways
    const far = (arc: Step): number => costOf(arc) + beyond(arc)
    const best = others.reduce((one, other) => (far(other) < far(one) ? other : one), first)
    ways.push(...best.ways)
    place = best.to
  }
  return aim.outlet === undefined ? ways : [...ways, { node: aim.node, outlet: aim.outlet }]
}

function costOf(arc: Step): number {
  return arc.event === '' ? 0 : 1
}
