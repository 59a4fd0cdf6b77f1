import { changedAt, withData, type Operator } from '../mutant.ts'

/** A trigger does not watch for one of its signals; with only one, there is no trigger. */
export const dropSignal: Operator = {
  name: 'dropSignal',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) => {
      if (node.type !== 'trigger') return []
      const { signals } = node.data
      return signals.map(({ signal }, index) => ({
        node: node.id,
        place: String(index),
        change:
          signals.length === 1
            ? `nothing watches as “${node.id}” does (${signal})`
            : `“${node.id}” does not watch for ${signal}`,
        flow:
          signals.length === 1
            ? {
                ...flow,
                nodes: flow.nodes.filter((each) => each !== node),
                edges: flow.edges.filter(({ source, target }) => source !== node.id && target !== node.id),
              }
            : withData(flow, node, changedAt(node.data, `signals/${index}`, undefined)),
      }))
    }),
}
