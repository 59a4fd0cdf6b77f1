/**
 * Commands that connect. Law: an outlet leads to one node; what cannot be led to is refused; a node may lead to
 * itself.
 */
import { words } from '../../words/en.ts'
import { cardOf, mainOutlet, takesEdges } from '../card.ts'
import { nodeOf, type FlowDocument, type FlowEdge, type FlowNode } from '../document.ts'
import { freshEdgeId } from '../ids.ts'
import type { Command } from './command.ts'
import { withDeclared } from './variables.ts'

/** Leads an outlet to a node; an edge that left by it gives way. */
export function connect(source: string, outlet: string, target: string): Command {
  return {
    name: 'connect',
    label: words.document.connect,
    apply(document) {
      const edge = edgeBetween(document, source, outlet, target)
      return edge ? withEdge(document, edge) : document
    },
  }
}

/** Takes an end of an edge elsewhere; the edge keeps its id. */
export function reconnect(
  id: string,
  to: { readonly source?: string; readonly outlet?: string; readonly target?: string },
): Command {
  return {
    name: 'reconnect',
    label: words.document.reconnect,
    apply(document) {
      const edge = document.edges.find((each) => each.id === id)
      if (!edge) return document
      const { source = edge.source, outlet = edge.sourceHandle, target = edge.target } = to
      if (source === edge.source && outlet === edge.sourceHandle && target === edge.target) return document
      if (!canConnect(document, source, outlet, target)) return document
      const others = document.edges.filter(
        (each) => each.id === id || each.source !== source || each.sourceHandle !== outlet,
      )
      return {
        ...document,
        edges: others.map((each) => (each.id === id ? { ...each, source, sourceHandle: outlet, target } : each)),
      }
    },
  }
}

export function disconnect(ids: Iterable<string>): Command {
  const gone = new Set(ids)
  return {
    name: 'disconnect',
    label: words.document.disconnect,
    apply(document) {
      const edges = document.edges.filter((edge) => !gone.has(edge.id))
      return edges.length === document.edges.length ? document : { ...document, edges }
    },
  }
}

/**
 * Puts a node in the middle of an edge: the edge leads to it, and it leads on by its main outlet. Nodes that nothing
 * leads to, or that lead nowhere, do not fit in between.
 */
export function insertOnEdge(id: string, node: FlowNode): Command {
  return {
    name: 'insertOnEdge',
    label: words.document.insert(cardOf(node).title),
    selects: [node.id],
    apply(document) {
      const edge = document.edges.find((each) => each.id === id)
      const outlet = mainOutlet(node)
      if (!edge || !outlet || !takesEdges(node) || nodeOf(document, node.id)) return document
      const onward: FlowEdge = {
        id: freshEdgeId(document, node.id, outlet.id),
        source: node.id,
        sourceHandle: outlet.id,
        target: edge.target,
      }
      const edges = document.edges.map((each) => (each === edge ? { ...edge, target: node.id } : each))
      return withDeclared({ ...document, nodes: [...document.nodes, node], edges: [...edges, onward] }, node)
    },
  }
}

/** Whether an outlet may lead to a node; the canvas asks while an edge is drawn. */
export function canConnect(document: FlowDocument, source: string, outlet: string, target: string): boolean {
  const [from, to] = [nodeOf(document, source), nodeOf(document, target)]
  return (
    from !== undefined && to !== undefined && takesEdges(to) && cardOf(from).outlets.some((each) => each.id === outlet)
  )
}

/** The edge that would connect them; undefined where that may not be. */
export function edgeBetween(
  document: FlowDocument,
  source: string,
  outlet: string,
  target: string,
): FlowEdge | undefined {
  if (!canConnect(document, source, outlet, target)) return undefined
  const present = document.edges.find((edge) => edge.source === source && edge.sourceHandle === outlet)
  return { id: present?.id ?? freshEdgeId(document, source, outlet), source, sourceHandle: outlet, target }
}

/** With the edge, in the place of one that left by the same outlet. */
export function withEdge(document: FlowDocument, edge: FlowEdge): FlowDocument {
  const index = document.edges.findIndex(
    (each) => each.source === edge.source && each.sourceHandle === edge.sourceHandle,
  )
  if (index < 0) return { ...document, edges: [...document.edges, edge] }
  return document.edges[index]?.target === edge.target
    ? document
    : { ...document, edges: document.edges.with(index, edge) }
}
