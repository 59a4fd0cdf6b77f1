/**
 * Path tests that the machine writes: conversations that together come through every node, outlet and trigger of a flow.
 * `xstate/graph` walks the chart, with guards taken as free, for the shortest way to each of them; the engine itself then
 * looks for a conversation that takes it. Laws:
 *   1. Every scenario passes on the flow that it was written for.
 *   2. What can be covered is covered, or named with the reason why no conversation was found.
 *   3. No scenario is without something that no other covers.
 *   4. The same flow gives the same scenarios.
 */
import { getShortestPaths } from 'xstate/graph'
import { graphOf, type Step } from '../check/graph.ts'
import { compiledFlow, type Compiled } from '../compile/compiled.ts'
import type { WayOut } from '../compile/config.ts'
import { arcsAround } from '../explore/bearings.ts'
import { explore, type Goal } from '../explore/reach.ts'
import { outletsOf } from '../flow/parse.ts'
import { coverageItems, coverageOf, type CoverageItem } from '../simulate/coverage.ts'
import { recordScenario } from '../simulate/record.ts'
import type { Scenario } from '../simulate/scenario.ts'
import type { Simulation } from '../simulate/simulation.ts'

export interface PathTests {
  readonly scenarios: readonly Scenario[]
  readonly covered: readonly CoverageItem[]
  readonly uncovered: readonly Uncovered[]
}
/** What no conversation came to, and why. */
export interface Uncovered {
  readonly item: CoverageItem
  readonly why: string
}

/**
 * Writes the path tests of a flow:
 *
 *   describe.each(pathTests(flow).scenarios)('$name', (scenario) => {
 *     test('goes as it went', () => expect(runScenario(flow, scenario).failures).toEqual([]))
 *   })
 *
 * @param flow a flow, or a flow document as it was read from a file
 * @param budget events tried for each thing to cover, before it is given up
 * @throws FlowFaults when the document is malformed
 */
export function pathTests(flow: object, budget = 2_000): PathTests {
  const compiled = compiledFlow(flow)
  const items = coverageItems(compiled.flow)
  const { ways, distance } = shortestWays(compiled)
  const found: Found[] = []
  const covered = new Set<string>()
  // The farthest first: on the way there much is passed.
  const order = items.toSorted((one, other) => distance(other.node) - distance(one.node))
  for (const item of order) {
    const way = ways(item)
    if (covered.has(item.id) || way === undefined) continue
    const simulation = explore(compiled, goalOf(item), { budget, by: way })
    if (simulation === undefined) continue
    const covers = new Set(coverageOf(compiled.flow, simulation.steps).covered.map((each) => each.id))
    for (const id of covers) covered.add(id)
    found.push({ simulation, covers })
  }
  const chosen = leastOf(found)
  return {
    scenarios: chosen.map(({ simulation }, index) =>
      recordScenario(simulation, nameOf(compiled, simulation, index + 1)),
    ),
    covered: items.filter(({ id }) => covered.has(id)),
    uncovered: items.filter(({ id }) => !covered.has(id)).map((item) => ({ item, why: whyNot(ways(item)) })),
  }
}

interface Found {
  readonly simulation: Simulation
  readonly covers: ReadonlySet<string>
}

function goalOf(item: CoverageItem): Goal {
  switch (item.kind) {
    case 'node':
      return { node: item.node }
    case 'trigger':
      return { outlet: { node: item.node, outlet: 'fired' } }
    case 'outlet':
      return { outlet: item }
    default:
      return item satisfies never
  }
}

/** Whichever covers most of what is still open, one after the other; then without those whose part others cover too. */
function leastOf(found: readonly Found[]): readonly Found[] {
  const open = new Set(found.flatMap(({ covers }) => [...covers]))
  const chosen: Found[] = []
  while (open.size > 0) {
    const gains = found.map(({ covers }) => [...covers].filter((id) => open.has(id)).length)
    const best = found[gains.indexOf(Math.max(...gains))]
    if (best === undefined) break
    chosen.push(best)
    for (const id of best.covers) open.delete(id)
  }
  const times = new Map<string, number>()
  for (const id of chosen.flatMap(({ covers }) => [...covers])) times.set(id, (times.get(id) ?? 0) + 1)
  return chosen
    .toReversed()
    .filter(({ covers }) => {
      const isNeeded = [...covers].some((id) => times.get(id) === 1)
      if (!isNeeded) for (const id of covers) times.set(id, (times.get(id) ?? 0) - 1)
      return isNeeded
    })
    .toReversed()
}

/** Where the conversation ends, and what it took last: a reader knows which one it is. */
function nameOf({ nodes }: Compiled, { steps, snapshot }: Simulation, number: number): string {
  const last = steps.flatMap((step) => step.ways).at(-1)
  const node = last === undefined ? undefined : nodes.get(last.node)
  const label = node === undefined ? undefined : outletsOf(node).find((outlet) => outlet.id === last?.outlet)?.label
  const by = last === undefined ? '' : `, last by “${label ?? last.outlet}” of “${last.node}”`
  return `Path ${number}: it comes to ${snapshot.state}${by}`.slice(0, 120)
}

function whyNot(way: readonly WayOut[] | undefined): string {
  if (way === undefined) return 'No way of the flow leads there, whatever the customer does.'
  const steps = way.map(({ node, outlet }) => `${node}.${outlet}`).join(', ')
  return (
    `The flow draws a way (${steps}), but no conversation was found that takes it: ` +
    'a condition on it was not met by anything that was tried.'
  )
}

interface Ways {
  /** The outlets of a shortest way that takes the item along; undefined where none leads there. */
  ways(item: CoverageItem): readonly WayOut[] | undefined
  distance(node: string): number
}

/** The chart as an actor that goes from place to place: what `xstate/graph` walks. */
interface Place {
  readonly status: 'active'
  readonly output: undefined
  readonly error: undefined
  readonly at: string
}
interface Go {
  readonly type: string
  readonly step: Step
}

function shortestWays(compiled: Compiled): Ways {
  const { start } = graphOf(compiled)
  const { out } = arcsAround(compiled)
  const place = (at: string): Place => ({ status: 'active', output: undefined, error: undefined, at })
  const paths = getShortestPaths(
    {
      transition: (_: Place, { step }: Go) => place(step.to),
      getInitialSnapshot: () => place(start),
      getPersistedSnapshot: (snapshot: Place) => snapshot,
    },
    {
      events: ({ at }) => (out.get(at) ?? []).map((step, index) => ({ type: `${at}#${index}`, step })),
      serializeState: ({ at }) => at,
      serializeEvent: ({ type }) => type,
    },
  )
  const byPlace = new Map(
    paths.map(({ state, steps }) => [state.at, steps.flatMap(({ event }) => ('step' in event ? [event.step] : []))]),
  )
  const to = (node: string): readonly WayOut[] | undefined => byPlace.get(node)?.flatMap((step) => step.ways)
  return {
    distance: (node) => byPlace.get(node)?.length ?? 0,
    ways: (item) => {
      const way = to(item.node)
      if (way === undefined || item.kind === 'node') return way
      return [...way, { node: item.node, outlet: item.kind === 'outlet' ? item.outlet : 'fired' }]
    },
  }
}
