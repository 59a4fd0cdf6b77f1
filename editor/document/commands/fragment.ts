/**
 * Parts of a flow that travel: copied, pasted (also into another flow, also as text), duplicated. A fragment is plain
 * JSON, so that it can be sent in a message and read by a person. Pasted nodes get ids that are free; edges among them
 * come along, edges to others do not; a second start stays behind.
 */
import { words } from '../../words/en.ts'
import {
  isRecord,
  readDocument,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type Point,
  type Variable,
} from '../document.ts'
import { freshEdgeId, freshNodeId } from '../ids.ts'
import type { Command } from './command.ts'

export interface Fragment {
  readonly batonFragment: 1
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  /** The variables of the flow it came from that it speaks of. */
  readonly variables: Readonly<Record<string, Variable>>
}

/** What is copied: the nodes, the edges among them, the variables they name. */
export function fragmentOf(document: FlowDocument, ids: ReadonlySet<string>): Fragment {
  const nodes = document.nodes.filter((node) => ids.has(node.id))
  const spoken = JSON.stringify(nodes.map((node) => node.data))
  const named = Object.entries(document.variables).filter(([name]) => spoken.includes(name))
  return {
    batonFragment: 1,
    nodes,
    variables: Object.fromEntries(named),
    edges: document.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
  }
}

/** Reads a fragment from text, as the clipboard gives it; a whole flow is one too. Undefined: it is neither. */
export function readFragment(text: string): Fragment | undefined {
  const json = parse(text)
  if (!isRecord(json)) return undefined
  const document = readDocument(json['batonFragment'] === 1 ? { ...json, id: 'fragment', name: 'fragment' } : json)
  if (!document || document.nodes.length === 0) return undefined
  const { nodes, edges, variables } = document
  return { batonFragment: 1, nodes, edges, variables }
}

/** Pastes a fragment with its upper left corner at `at`; what is pasted is selected. */
export function paste(document: FlowDocument, fragment: Fragment, at: Point): Command {
  return { name: 'paste', label: words.document.paste(fragment.nodes.length), ...pasted(document, fragment, at) }
}

/** Pastes a copy of nodes beside them. */
export function duplicate(document: FlowDocument, ids: ReadonlySet<string>): Command {
  const fragment = fragmentOf(document, ids)
  const corner = cornerOf(fragment.nodes)
  return {
    name: 'duplicate',
    label: words.document.duplicate,
    ...pasted(document, fragment, { x: corner.x + 32, y: corner.y + 32 }),
  }
}

function pasted(into: FlowDocument, fragment: Fragment, at: Point): Pick<Command, 'selects' | 'apply'> {
  const taken = new Set<string>()
  const ids = new Map<string, string>()
  const hasStart = into.nodes.some((node) => node.type === 'start')
  const coming = fragment.nodes.filter(
    (node, index, all) =>
      node.type !== 'start' || (!hasStart && all.findIndex((each) => each.type === 'start') === index),
  )
  for (const node of coming) {
    if (ids.has(node.id)) continue
    const id = freshNodeId(into, node.id, taken)
    taken.add(id)
    ids.set(node.id, id)
  }
  const corner = cornerOf(coming)
  const nodes = [...ids].flatMap(([from, id]): readonly FlowNode[] => {
    const node = coming.find((each) => each.id === from)
    return node
      ? [{ ...node, id, position: { x: at.x + node.position.x - corner.x, y: at.y + node.position.y - corner.y } }]
      : []
  })
  const edges = edgesAmong(into, fragment, ids)
  return {
    selects: [...taken],
    apply(document) {
      if (nodes.length === 0 || document.nodes.some((node) => taken.has(node.id))) return document
      return {
        ...document,
        nodes: [...document.nodes, ...nodes],
        edges: [...document.edges, ...edges],
        variables: { ...fragment.variables, ...document.variables },
      }
    },
  }
}

function edgesAmong(into: FlowDocument, fragment: Fragment, ids: ReadonlyMap<string, string>): readonly FlowEdge[] {
  const [taken, outlets] = [new Set<string>(), new Set<string>()]
  return fragment.edges.flatMap((edge) => {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)]
    const outlet = `${edge.source}\n${edge.sourceHandle}`
    if (source === undefined || target === undefined || outlets.has(outlet)) return []
    outlets.add(outlet)
    const id = freshEdgeId(into, source, edge.sourceHandle, taken)
    taken.add(id)
    return [{ ...edge, id, source, target }]
  })
}

function cornerOf(nodes: readonly FlowNode[]): Point {
  const least = (axis: 'x' | 'y'): number => nodes.reduce((low, node) => Math.min(low, node.position[axis]), Infinity)
  return nodes.length === 0 ? { x: 0, y: 0 } : { x: least('x'), y: least('y') }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
