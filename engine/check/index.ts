import { compiledFlow } from '../compile/compiled.ts'
import type { Flow } from '../flow/parse.ts'
import { graphOf } from './graph.ts'
import type { CheckRule, Examined, Problem } from './rule.ts'
import { circles } from './rules/circles.ts'
import { outlets } from './rules/outlets.ts'
import { person } from './rules/person.ts'
import { unreachable } from './rules/unreachable.ts'
import { waits } from './rules/waits.ts'

/** THE list of rules. A new one is its file and a line here. */
export const rules: readonly CheckRule[] = [outlets, circles, person, unreachable, waits]

/** Everything that speaks against publishing a flow, errors first. */
export function check(flow: Flow): readonly Problem[] {
  const compiled = compiledFlow(flow)
  const places = new Map(flow.nodes.map((node, index) => [node.id, `/nodes/${index}`]))
  const examined: Examined = { compiled, graph: graphOf(compiled), pointerOf: (node) => places.get(node) ?? '' }
  const problems = rules.flatMap((rule) => rule.find(examined))
  return [...problems.filter((each) => each.severity === 'error'), ...problems.filter((each) => each.severity === 'warning')]
}

export type { CheckRule, Problem } from './rule.ts'
