import { withData, type Operator } from '../mutant.ts'

/** One of a trigger’s signals is enough where all are needed, or the other way round. */
export const otherMatch: Operator = {
  name: 'match',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) => {
      if (node.type !== 'trigger' || node.data.signals.length < 2) return []
      const match = node.data.match === 'any' ? 'all' : 'any'
      const change = `“${node.id}” fires when ${match} of its signals match${match === 'any' ? 'es' : ''}`
      return [{ node: node.id, place: 'match', change, flow: withData(flow, node, { ...node.data, match }) }]
    }),
}
