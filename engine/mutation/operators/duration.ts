import { parseDuration } from '../../flow/values.ts'
import { durationText } from '../../simulate/duration.ts'
import { changedAt, keyOf, leavesOf, withData, type Operator } from '../mutant.ts'

/** A time is twice as long. */
export const lengthen: Operator = timesChanged('lengthen', 2)
/** A time is half as long. */
export const shorten: Operator = timesChanged('shorten', 1 / 2)

/** No conversation shows these: what agents do afterwards, what is worth what in a line, how long a service is tried. */
const unseen: ReadonlySet<string> = new Set(['wrapUp', 'ageing', 'call.timeout'])
/** They hold words, where “5m” is no time. */
const wordy: ReadonlySet<string> = new Set([
  'text',
  'retryText',
  'updateText',
  'commentText',
  'label',
  'value',
  'when',
  'url',
  'body',
])

function timesChanged(name: string, factor: number): Operator {
  return {
    name,
    mistakes: (flow) =>
      flow.nodes.flatMap((node) =>
        leavesOf(node.data).flatMap(({ path, value }) => {
          const key = keyOf(path)
          const length = typeof value === 'string' && !wordy.has(key) ? parseDuration(value) : undefined
          if (length === undefined || length === 0 || unseen.has(key) || unseen.has(`${node.type}.${key}`)) return []
          const other = durationText(Math.round(length * factor))
          if (parseDuration(other) === undefined || other === value) return []
          const change = `“${key}” of “${node.id}” is ${other} instead of ${String(value)}`
          return [{ node: node.id, place: path, change, flow: withData(flow, node, changedAt(node.data, path, other)) }]
        }),
      ),
  }
}
