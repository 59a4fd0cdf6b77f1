import { faceOf } from '../../kinds/faces.ts'
import { brief, changedAt, withData, type Operator } from '../mutant.ts'

/** A condition says the contrary. */
export const negate: Operator = {
  name: 'negate',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) =>
      faceOf(node)
        .conditions(node.data)
        .flatMap(({ path, source, returns }) => {
          if (returns !== 'bool') return []
          const change = `“${node.id}” asks for the contrary of “${brief(source)}”`
          return [
            {
              node: node.id,
              place: path,
              change,
              flow: withData(flow, node, changedAt(node.data, path, `!(${source})`)),
            },
          ]
        }),
    ),
}
