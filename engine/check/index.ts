import { compiledFlow } from '../compile/compiled.ts'
import type { Flow } from '../flow/parse.ts'
import { graphOf } from './graph.ts'
import type { CheckRule, Examined, Problem } from './rule.ts'
import { asks } from './rules/asks.ts'
import { bounded } from './rules/bounded.ts'
import { circles } from './rules/circles.ts'
import { conditions } from './rules/conditions.ts'
import { context } from './rules/context.ts'
import { endings } from './rules/endings.ts'
import { explicit } from './rules/explicit.ts'
import { outlets } from './rules/outlets.ts'
import { person } from './rules/person.ts'
import { queues } from './rules/queues.ts'
import { shadows } from './rules/shadows.ts'
import { unreachable } from './rules/unreachable.ts'
import { unset } from './rules/unset.ts'
import { waits } from './rules/waits.ts'
import { witnesses } from './witness.ts'

/** THE list of rules. A new one is its file and a line here. */
export const rules: readonly CheckRule[] = [
  outlets,
  circles,
  person,
  bounded,
  explicit,
  queues,
  endings,
  unreachable,
  waits,
  unset,
  conditions,
  shadows,
  asks,
  context,
]

/**
 * Everything that speaks against publishing a flow, errors first.
 * @param paths false leaves out the ways to the problems, which take most of the time where there are many; whether one is
 * confirmed or possible is then not said
 */
export function check(flow: Flow, { paths = true }: { readonly paths?: boolean } = {}): readonly Problem[] {
  const compiled = compiledFlow(flow)
  const graph = graphOf(compiled)
  const places = new Map(flow.nodes.map((node, index) => [node.id, `/nodes/${index}`]))
  const examined: Examined = {
    compiled,
    graph,
    pointerOf: (node) => places.get(node) ?? '',
    paths,
    pathTo: paths ? witnesses(compiled, graph) : () => ({}),
  }
  const problems = rules.flatMap((rule) => rule.find(examined)).map(saidAs)
  return [
    ...problems.filter((each) => each.severity === 'error'),
    ...problems.filter((each) => each.severity === 'warning'),
  ]
}

/** What no conversation was found for may still come about: it is said to be possible, not to be so. */
function saidAs(problem: Problem): Problem {
  return problem.confirmed === false ? { ...problem, message: `Possible: ${problem.message}` } : problem
}

export type { CheckRule, Problem } from './rule.ts'
