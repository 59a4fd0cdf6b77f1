/**
 * The path a conversation took, as nodes and edges to be lit.
 *
 * The log says where a conversation rests; what it passed on the way (messages, branches, assignments) is found in the
 * graph. Where several ways lead from one rest to the next, the one that explains best what was said and what was
 * assigned is taken, and of those the shortest.
 */
import { compiledFlow, kindOf, type Compiled, type Flow } from '#engine/index.ts'
import { graphOf, type Graph } from '#engine/check/graph.ts'
import type { SimulatedStep, Simulation } from '#engine/simulate/index.ts'
import { clues, cost, type Clues } from './clues.ts'

export interface Trail {
  /** The node where it stands. */
  readonly active: string
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

/** What was passed up to step `shown`. */
export function trailOf({ flow, steps }: Pick<Simulation, 'flow' | 'steps'>, shown: number): Trail {
  const map = mapOf(flow)
  const nodes = new Set<string>()
  const edges = new Set<string>()
  let before: SimulatedStep | undefined
  for (const step of steps.slice(0, shown + 1)) {
    const hop = hopOf(map, before, step)
    for (const node of hop.nodes) nodes.add(node)
    for (const edge of hop.edges) edges.add(edge)
    before = step
  }
  return { active: before === undefined ? '' : nodeIn(before.snapshot.state), nodes, edges }
}

/** The node of a state such as `queued.billing`. */
export function nodeIn(state: string): string {
  return state.slice(state.indexOf('.') + 1)
}

interface Hop {
  readonly nodes: readonly string[]
  readonly edges: readonly string[]
}

interface FlowMap {
  readonly compiled: Compiled
  readonly graph: Graph
  readonly edges: ReadonlyMap<string, Flow['edges']>
  readonly hops: WeakMap<SimulatedStep, Hop>
}

const maps = new WeakMap<Flow, FlowMap>()

function mapOf(flow: Flow): FlowMap {
  const known = maps.get(flow)
  if (known) return known
  const compiled = compiledFlow(flow)
  const edges = new Map<string, Flow['edges'][number][]>()
  for (const edge of flow.edges) {
    const pair = `${edge.source}\n${edge.target}`
    const row = edges.get(pair)
    if (row) row.push(edge)
    else edges.set(pair, [edge])
  }
  const map: FlowMap = { compiled, graph: graphOf(compiled), edges, hops: new WeakMap() }
  maps.set(flow, map)
  return map
}

function hopOf(map: FlowMap, before: SimulatedStep | undefined, step: SimulatedStep): Hop {
  const known = map.hops.get(step)
  if (known) return known
  const told = clues(before, step)
  const found = pathOf(map, before, step, told)
  const hop = { nodes: found, edges: drawnAlong(map, found, told).flatMap((edges) => taken(map, edges, step)) }
  map.hops.set(step, hop)
  return hop
}

/** The nodes from one rest to the next, both included. */
function pathOf(map: FlowMap, before: SimulatedStep | undefined, step: SimulatedStep, told: Clues): readonly string[] {
  const to = nodeIn(step.snapshot.state)
  const moved = step.log.find((entry) => entry.kind === 'moved')
  if (moved?.kind !== 'moved') return [to]
  const from = before === undefined ? map.graph.start : nodeIn(before.snapshot.state)
  if (from === to && before === undefined) return [to]
  const fired = moved.reason?.trigger
  // A trigger that fires brings a new reason; one that fired before is still the reason of what follows.
  const isFired = fired !== undefined && before?.snapshot.machine.context.reason !== moved.reason
  const found = bestPath(map, isFired ? fired : from, to, { isFirst: !isFired && before !== undefined, clues: told })
  return isFired ? [from, ...found] : found
}

/** More than this many ways are not looked at: the best of them is shown. */
const MOST_WAYS = 2_000
const LONGEST = 40

interface Walk {
  readonly path: readonly string[]
  readonly seen: ReadonlySet<string>
}

/** `isFirst`: the first hop may wait for an event; those after it pass at once. */
function bestPath(
  map: FlowMap,
  from: string,
  to: string,
  { isFirst, clues }: { readonly isFirst: boolean; readonly clues: Clues },
): readonly string[] {
  let best: { readonly path: readonly string[]; readonly cost: number } | undefined
  let open: readonly Walk[] = [{ path: [from], seen: new Set([from]) }]
  // Breadth first: of ways that explain equally well, the shortest is found first.
  for (let ways = 0, length = 1; open.length > 0 && ways < MOST_WAYS && length < LONGEST; length++) {
    const next: Walk[] = []
    for (const { path, seen } of open) {
      for (const node of nextNodes(map, path, isFirst)) {
        ways += 1
        if (node === to) {
          const found = [...path, node]
          const price =
            cost(
              found.map((id) => map.compiled.nodes.get(id)),
              clues,
            ) + drawnAlong(map, found, clues).filter((edges) => edges.length === 0).length
          if (best === undefined || price < best.cost) best = { path: found, cost: price }
          if (best.cost === 0) return best.path
        } else if (!seen.has(node)) next.push({ path: [...path, node], seen: new Set([...seen, node]) })
      }
    }
    open = next
  }
  return best?.path ?? [from, to]
}

/** For each hop of a way the edges that can have been taken; none where a kind went by its default. */
function drawnAlong(map: FlowMap, path: readonly string[], { known }: Clues): readonly Flow['edges'][] {
  return path.slice(1).map((target, index) => {
    const source = path[index] ?? ''
    const between = map.edges.get(`${source}\n${target}`) ?? []
    const sets = setsOf(map, source)
    // What a later node of the way assigned anew, or took away, was an answer all the same.
    const later = new Set(path.slice(index + 1).flatMap((id) => setsOf(map, id)))
    const isAnswered = sets.length === 0 || sets.some((name) => known.has(name) || later.has(name))
    return isAnswered ? between : between.filter((edge) => edge.sourceHandle === 'failed')
  })
}

function setsOf({ compiled }: FlowMap, id: string): readonly string[] {
  const node = compiled.nodes.get(id)
  return node === undefined ? [] : kindOf(node).sets(node.data)
}

function nextNodes({ graph, compiled }: FlowMap, path: readonly string[], isFirst: boolean): ReadonlySet<string> {
  const node = path.at(-1) ?? ''
  const steps = graph
    .stepsFrom(node)
    .filter((step) => step.event === '' || (isFirst && path.length === 1 && !step.event.startsWith('trigger.')))
  const drawn = new Set(compiled.flow.edges.filter((edge) => edge.source === node).map((edge) => edge.target))
  // What is drawn comes before what a kind does by default.
  const targets = steps.map((step) => step.to).sort((one, other) => Number(drawn.has(other)) - Number(drawn.has(one)))
  return new Set(targets)
}

/** The edge that was taken; where several join the same two nodes, the one that the event speaks of. */
function taken(map: FlowMap, between: Flow['edges'], { doing, snapshot }: SimulatedStep): readonly string[] {
  const first = between[0]
  if (first === undefined || between.length === 1) return first === undefined ? [] : [first.id]
  const event = doing.type === 'event' ? doing.event : undefined
  const [variable] = setsOf(map, first.source)
  const chosen = variable === undefined ? undefined : snapshot.machine.context.vars[variable]
  const spoken = [
    event?.type === 'bot.intent' ? `intent:${event.intent}` : '',
    event?.type === 'customer.message' ? `choice:${event.choice ?? String(chosen)}` : '',
    event?.type === 'bot.done' ? 'done' : '',
    event?.type === 'bot.failed' || (event?.type === 'effect.done' && !event.ok) ? 'failed' : '',
    ...(event?.type === 'timer' ? ['timeout', 'silent'] : []),
  ]
  return [(between.find((edge) => spoken.includes(edge.sourceHandle)) ?? first).id]
}
