import { kindOf, type AnyNode } from '../../kinds/index.ts'
import { climbed } from '../arcs.ts'
import type { CheckRule, Examined, Problem } from '../rule.ts'

/** A node, an outlet or a rung that no conversation comes to is a forgotten edge or a leftover. */
export const unreachable: CheckRule = {
  name: 'unreachable',
  title: 'Every node can be reached',
  find: (examined) => {
    const {
      compiled: { flow },
      graph,
    } = examined
    const drawn = new Map<string, string[]>(flow.nodes.map(({ id }) => [id, []]))
    for (const { source, sourceHandle } of flow.edges) drawn.get(source)?.push(sourceHandle)
    return flow.nodes.flatMap((node) =>
      graph.reachable.has(node.id)
        ? [...outletsNeverTaken(node, drawn.get(node.id) ?? [], examined), ...rungsNeverClimbed(node, examined)]
        : [problemAt(node, `No conversation comes to “${node.id}”; lead an edge to it or take it out`, examined)],
    )
  },
}

/** What is drawn but no transition of the chart passes, whatever its guards say. */
function outletsNeverTaken(node: AnyNode, drawn: readonly string[], examined: Examined): readonly Problem[] {
  const passed = new Set(
    examined.graph
      .arcsFrom(node.id)
      .flatMap(({ ways }) => ways.flatMap((way) => (way.node === node.id ? [way.outlet] : []))),
  )
  return drawn
    .filter((outlet) => !passed.has(outlet))
    .map((outlet) =>
      problemAt(
        node,
        `Nobody leaves “${node.id}” by “${outlet}”: whatever happens there goes another way; take the edge out`,
        examined,
      ),
    )
}

function rungsNeverClimbed(node: AnyNode, examined: Examined): readonly Problem[] {
  const state = examined.compiled.chart.config.states?.[kindOf(node).phase]?.states?.[node.id]
  if (state === undefined) return []
  const come = new Set(climbed(state).map(([id]) => id))
  return Object.keys(state.states ?? {})
    .filter((rung) => !come.has(rung))
    .map((rung) =>
      problemAt(
        node,
        `Nobody climbs to “${rung}” of “${node.id}”: the rung before it leads elsewhere; put it earlier or take it out`,
        examined,
      ),
    )
}

function problemAt({ id }: AnyNode, message: string, { pointerOf }: Examined): Problem {
  return { rule: 'unreachable', severity: 'warning', node: id, pointer: pointerOf(id), message }
}
