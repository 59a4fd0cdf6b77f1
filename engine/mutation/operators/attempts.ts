import { changedAt, keyOf, leavesOf, withData, type Operator } from '../mutant.ts'

/** A customer is asked once more. */
export const moreAttempts: Operator = attemptsChanged('moreAttempts', 1)
/** A customer is asked once less. */
export const fewerAttempts: Operator = attemptsChanged('fewerAttempts', -1)

function attemptsChanged(name: string, by: 1 | -1): Operator {
  return {
    name,
    mistakes: (flow) =>
      flow.nodes.flatMap((node) =>
        leavesOf(node.data).flatMap(({ path, value }) => {
          if (keyOf(path) !== 'attempts' || typeof value !== 'number' || value + by < 1) return []
          const change = `“${node.id}” gives ${value + by} ${value + by === 1 ? 'try' : 'tries'} instead of ${value}`
          return [
            { node: node.id, place: path, change, flow: withData(flow, node, changedAt(node.data, path, value + by)) },
          ]
        }),
      ),
  }
}
