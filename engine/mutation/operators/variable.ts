import { faceOf } from '../../kinds/faces.ts'
import { changedAt, withData, type Operator } from '../mutant.ts'

/** A text leaves out what it would say of this customer. */
export const dropVariable: Operator = {
  name: 'dropVariable',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) =>
      faceOf(node)
        .texts(node.data)
        .flatMap(({ path, source }) =>
          [...source.matchAll(/\{\{-?\s*(.*?)\s*-?\}\}/gs)].map((found) => {
            const without = `${source.slice(0, found.index)}${source.slice(found.index + found[0].length)}`
            return {
              node: node.id,
              place: `${path}@${found.index}`,
              change: `“${node.id}” does not say “${found[1] ?? ''}” in its ${path}`,
              flow: withData(flow, node, changedAt(node.data, path, without.trim() === '' ? '…' : without)),
            }
          }),
        ),
    ),
}
