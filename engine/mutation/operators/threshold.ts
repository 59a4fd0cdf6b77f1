import { changedAt, keyOf, leavesOf, withData, type Operator } from '../mutant.ts'

/** A signal’s figure is a step higher. */
export const raiseThreshold: Operator = figuresChanged('raiseThreshold', 1)
/** A signal’s figure is a step lower. */
export const lowerThreshold: Operator = figuresChanged('lowerThreshold', -1)

/** Counts go by one, shares by two tenths. */
const SHARE = 0.2

function figuresChanged(name: string, sign: 1 | -1): Operator {
  return {
    name,
    mistakes: (flow) =>
      flow.nodes.flatMap((node) => {
        if (node.type !== 'trigger') return []
        return leavesOf(node.data).flatMap(({ path, value }) => {
          if (typeof value !== 'number' || !path.startsWith('signals/')) return []
          const [, place = ''] = path.split('/')
          const { signal } = node.data.signals[Number(place)] ?? {}
          const isCount = Number.isInteger(value) && Math.abs(value) >= 1
          const other = isCount ? value + sign : Math.round((value + sign * SHARE) * 100) / 100
          if (isCount && other < 1) return []
          const change = `“${node.id}” watches ${signal} with “${keyOf(path)}” at ${other} instead of ${value}`
          return [{ node: node.id, place: path, change, flow: withData(flow, node, changedAt(node.data, path, other)) }]
        })
      }),
  }
}
