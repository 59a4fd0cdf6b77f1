import type { Edge } from '../../flow/document.ts'
import type { Flow } from '../../flow/parse.ts'
import { withEdges, type Operator } from '../mutant.ts'

/** A way leads to another node: to the one drawn next, as a hand slips. */
export const sendElsewhere: Operator = {
  name: 'sendElsewhere',
  mistakes: (flow) => {
    const may = flow.nodes.filter(({ type }) => type !== 'start' && type !== 'trigger').map(({ id }) => id)
    return flow.edges.flatMap((edge) => {
      const other = otherThan(edge, may, flow)
      if (other === undefined) return []
      const edges = flow.edges.map((each) => (each === edge ? { ...each, target: other } : each))
      const change = `“${edge.sourceHandle}” of “${edge.source}” leads to “${other}” instead of “${edge.target}”`
      return [{ node: edge.source, place: edge.id, change, flow: withEdges(flow, edges) }]
    })
  },
}

/** Where another way out of the same node leads, else the next node of the document. */
function otherThan({ source, target }: Edge, may: readonly string[], { edges }: Flow): string | undefined {
  const beside = edges.find((each) => each.source === source && each.target !== target && may.includes(each.target))
  if (beside !== undefined) return beside.target
  const from = may.indexOf(target)
  return [...may.slice(from + 1), ...may.slice(0, from)].find((id) => id !== source && id !== target)
}
