import { outletsOf } from '../../flow/parse.ts'
import { withEdges, type Operator } from '../mutant.ts'

/** A way is not drawn. */
export const dropEdge: Operator = {
  name: 'dropEdge',
  mistakes: (flow) =>
    flow.edges.map((edge) => {
      const source = flow.nodes.find(({ id }) => id === edge.source)
      const outlet = source && outletsOf(source).find(({ id }) => id === edge.sourceHandle)
      return {
        node: edge.source,
        place: edge.id,
        change: `“${edge.source}” has no way drawn from “${outlet?.label ?? edge.sourceHandle}” to “${edge.target}”`,
        flow: withEdges(
          flow,
          flow.edges.filter((each) => each !== edge),
        ),
      }
    }),
}
