import { faceOf } from '../../kinds/faces.ts'
import { brief, changedAt, withData, type Operator } from '../mutant.ts'

/** A comparison takes the limit itself in, or leaves it out. */
export const boundary: Operator = {
  name: 'boundary',
  mistakes: (flow) =>
    flow.nodes.flatMap((node) =>
      faceOf(node)
        .conditions(node.data)
        .flatMap(({ path, source }) =>
          comparisonsIn(source).map(({ at, sign }) => {
            const other = sign.endsWith('=') ? sign.slice(0, 1) : `${sign}=`
            const condition = `${source.slice(0, at)}${other}${source.slice(at + sign.length)}`
            return {
              node: node.id,
              place: `${path}@${at}`,
              change: `“${node.id}” asks “${brief(condition)}” with “${other}” instead of “${sign}”`,
              flow: withData(flow, node, changedAt(node.data, path, condition)),
            }
          }),
        ),
    ),
}

/** Signs of comparison outside of quoted words. */
function comparisonsIn(source: string): readonly { readonly at: number; readonly sign: string }[] {
  const plain = source.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, (quoted) => ' '.repeat(quoted.length))
  return [...plain.matchAll(/[<>]=?/g)].map((found) => ({ at: found.index, sign: found[0] }))
}
