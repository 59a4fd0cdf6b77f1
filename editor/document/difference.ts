/**
 * In what two documents differ for whoever runs them. What a kind fills in by itself and what is left out are the same;
 * places on the canvas do not count.
 */
import { faceNamed } from '#engine/kinds/faces.ts'
import type { FlowDocument, FlowEdge, FlowNode } from './document.ts'
import { sameJson } from './same-json.ts'

export interface Difference {
  /** Nodes only in the first. */
  readonly added: readonly FlowNode[]
  /** Nodes only in the second. */
  readonly removed: readonly FlowNode[]
  /** Nodes in both that say different things; as in the first. */
  readonly changed: readonly FlowNode[]
  /** How many outlets lead elsewhere. */
  readonly edges: number
  /** Whether name, language, time zone or variables differ. */
  readonly head: boolean
}

export function differenceOf(one: FlowDocument, other: FlowDocument): Difference {
  const [mine, theirs] = [byId(one.nodes), byId(other.nodes)]
  return {
    added: one.nodes.filter((node) => !theirs.has(node.id)),
    removed: other.nodes.filter((node) => !mine.has(node.id)),
    changed: one.nodes.filter((node) => {
      const there = theirs.get(node.id)
      return there !== undefined && (there.type !== node.type || !sameJson(readData(node), readData(there)))
    }),
    edges: ways(one.edges, other.edges) + ways(other.edges, one.edges, false),
    head: (['name', 'description', 'language', 'timezone', 'variables'] as const).some(
      (key) => !sameJson(one[key], other[key]),
    ),
  }
}

/** Whether two documents are one and the same drawing: nothing differs, and everything stands where it stood. */
export function sameFlow(one: FlowDocument, other: FlowDocument): boolean {
  const { added, removed, changed, edges, head } = differenceOf(one, other)
  if (added.length + removed.length + changed.length + edges > 0 || head) return false
  const places = (document: FlowDocument): Readonly<Record<string, unknown>> =>
    Object.fromEntries(document.nodes.map((node) => [node.id, node.position]))
  return sameJson(
    [places(one), one.notes ?? [], one.groups ?? []],
    [places(other), other.notes ?? [], other.groups ?? []],
  )
}

/** The data as the kind reads it, its defaults filled in; as it stands where it cannot be read. */
function readData(node: FlowNode): unknown {
  const read = faceNamed(node.type)?.data.safeParse(node.data)
  return read?.success === true ? read.data : node.data
}

/** Ways of `one` that `other` does not have; with `both`, also those that lead elsewhere there. */
function ways(one: readonly FlowEdge[], other: readonly FlowEdge[], both = true): number {
  const there = new Map(other.map((edge) => [`${edge.source}\n${edge.sourceHandle}`, edge.target]))
  return one.filter((edge) => {
    const target = there.get(`${edge.source}\n${edge.sourceHandle}`)
    return target === undefined || (both && target !== edge.target)
  }).length
}

function byId(nodes: readonly FlowNode[]): ReadonlyMap<string, FlowNode> {
  return new Map(nodes.map((node) => [node.id, node]))
}
