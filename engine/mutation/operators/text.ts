import { faceOf } from '../../kinds/faces.ts'
import { brief, changedAt, withData, type Operator } from '../mutant.ts'

/** Kinds whose texts customers read; a call’s address and body are for a service. */
const unsaid: ReadonlySet<string> = new Set(['call'])

/** Something else is said. */
export const otherText: Operator = {
  name: 'text',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) =>
      unsaid.has(node.type)
        ? []
        : faceOf(node)
            .texts(node.data)
            .map(({ path, source }) => ({
              node: node.id,
              place: path,
              change: `“${node.id}” does not say “${brief(source)}”`,
              flow: withData(flow, node, changedAt(node.data, path, '…')),
            })),
    ),
}
