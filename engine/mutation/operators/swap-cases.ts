import { withData, type Operator } from '../mutant.ts'

/** Two cases that follow one another are asked the other way round. */
export const swapCases: Operator = {
  name: 'swapCases',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) => {
      if (node.type !== 'branch') return []
      const { cases } = node.data
      return cases.slice(1).flatMap((second, index) => {
        const first = cases[index]
        if (first === undefined) return []
        const swapped = cases.map((each) => (each === first ? second : each === second ? first : each))
        const change = `“${node.id}” asks “${second.label}” before “${first.label}”`
        return [
          { node: node.id, place: second.id, change, flow: withData(flow, node, { ...node.data, cases: swapped }) },
        ]
      })
    }),
}
