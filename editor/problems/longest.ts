/** The longest wait, as it is painted: its steps lit in their order, and the connections between them numbered. */
import type { FlowDocument } from '../document/document.ts'
import type { LongestWait } from '../document/findings.ts'
import type { Marks } from '../document/marks.ts'

export function paintOfWait({ way }: LongestWait, document: FlowDocument, at: number): Marks {
  const between = new Map(document.edges.map((edge) => [`${edge.source}\n${edge.target}`, edge.id]))
  const passed = way.slice(1).flatMap(({ node }, index) => {
    const edge = between.get(`${way[index]?.node ?? ''}\n${node}`)
    return edge === undefined ? [] : [[edge, String(index + 1)] as const]
  })
  return {
    active: way[at]?.node ?? '',
    litNodes: new Set(way.map(({ node }) => node)),
    litEdges: new Set(passed.map(([edge]) => edge)),
    edgeSteps: Object.fromEntries(passed),
  }
}
