import { compiledFlow, type Flow } from '#engine/index.ts'
import { graphOf } from '#engine/check/graph.ts'
import { arcsAtOnce, knotsIn } from '#engine/check/rules/circles.ts'
import { walk } from './walk.ts'

/** What the proof's graph and the walk of the machine say differently of a flow; empty where they agree. */
export function disagreements(flow: Flow): readonly string[] {
  const compiled = compiledFlow(flow)
  const graph = graphOf(compiled)
  const walked = walk(compiled)
  const atOnce = arcsAtOnce({ graph })
  const circles = knotsIn([...atOnce.keys()], atOnce).length > 0
  const help = flow.nodes
    .filter(({ id }) => id in (compiled.chart.config.states?.['queued']?.states ?? {}))
    .map(({ id }) => id)
  return [
    ...differing('come to', graph.reachable, walked.reachable),
    ...differing('helped', graph.behind(help), walked.helped),
    ...(circles === walked.circles ? [] : [`the proof ${circles ? 'sees' : 'misses'} a circle`]),
  ]
}

function differing(what: string, proved: ReadonlySet<string>, walked: ReadonlySet<string>): readonly string[] {
  return [
    ...[...proved].filter((node) => !walked.has(node)).map((node) => `${node} is ${what} by the proof alone`),
    ...[...walked].filter((node) => !proved.has(node)).map((node) => `${node} is ${what} by the walk alone`),
  ]
}
