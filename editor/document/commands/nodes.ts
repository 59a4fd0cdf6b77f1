/** Commands that add, move, size and remove nodes. */
import { words } from '../../words/en.ts'
import { cardOf, mainOutlet, takesEdges } from '../card.ts'
import type { FlowDocument, FlowEdge, FlowNode, Point } from '../document.ts'
import { freshNodeId } from '../ids.ts'
import { sameJson } from '../same-json.ts'
import type { Command } from './command.ts'
import { edgeBetween, withEdge } from './edges.ts'
import { withoutMembers } from './groups.ts'
import { withDeclared } from './variables.ts'

/** A node of a kind as a designer first gets it, with an id that is free. */
export function freshNode(document: FlowDocument, type: string, position: Point): FlowNode {
  const draft: FlowNode = { id: freshNodeId(document, type), type, position, data: {} }
  const initial = cardOf(draft).kind?.initial
  return initial === undefined ? draft : { ...draft, data: initial }
}

/**
 * Puts a node on the canvas (`freshNode` makes one); `from` also connects it, taking the place of an edge that leaves
 * by
 * that outlet. A second start is refused: a flow has one.
 */
export function addNode(node: FlowNode, from?: { readonly node: string; readonly outlet: string }): Command {
  return {
    name: 'addNode',
    label: words.document.add(cardOf(node).title),
    selects: [node.id],
    apply(document) {
      if (document.nodes.some((each) => each.id === node.id || (node.type === 'start' && each.type === 'start')))
        return document
      const added = withDeclared({ ...document, nodes: [...document.nodes, node] }, node)
      const edge = from && edgeBetween(added, from.node, from.outlet, node.id)
      return edge ? withEdge(added, edge) : added
    },
  }
}

/** Moves nodes to new places; one gesture, however many nodes and however long the way. */
export function moveNodes(places: ReadonlyMap<string, Point>, burst?: string): Command {
  return {
    name: 'moveNodes',
    label: words.document.move(places.size),
    ...(burst === undefined ? {} : { burst }),
    apply: (document) => moved(document, places),
  }
}

/** Puts every node where the layout says. */
export function tidyApplied(places: ReadonlyMap<string, Point>): Command {
  return { name: 'tidyApplied', label: words.document.tidy, apply: (document) => moved(document, places) }
}

/**
 * Removes nodes and closes the gap: where one node led into a removed one and that led on by its main outlet, they are
 * joined; chains of removed nodes are passed through. The start stays.
 */
export function removeNodes(ids: Iterable<string>): Command {
  const wanted = new Set(ids)
  return {
    name: 'removeNodes',
    label: words.document.remove(wanted.size),
    selects: [],
    apply(document) {
      const gone = new Map(
        document.nodes.filter((node) => wanted.has(node.id) && node.type !== 'start').map((node) => [node.id, node]),
      )
      if (gone.size === 0) return document
      const nodes = document.nodes.filter((node) => !gone.has(node.id))
      return withoutMembers({ ...document, nodes, edges: rejoined(document, gone) }, gone)
    },
  }
}

/** Replaces a node's data. `burst` groups typing into one entry of the history, for example the field's path. */
export function changeData(id: string, data: unknown, burst?: string): Command {
  return {
    name: 'changeData',
    label: words.document.change(id),
    ...(burst === undefined ? {} : { burst: `${id} ${burst}` }),
    apply: (document) => withNode(document, id, (node) => (sameJson(node.data, data) ? node : { ...node, data })),
  }
}

/**
 * Gives a node another id and leads its edges and its group along. Refused when the id is taken. Conversations that
 * stand at the node keep the version they began with, so none is lost.
 */
export function renameNode(from: string, to: string): Command {
  return {
    name: 'renameNode',
    label: words.document.renameStep,
    selects: [to],
    apply(document) {
      if (
        from === to ||
        document.nodes.some((node) => node.id === to) ||
        !document.nodes.some((node) => node.id === from)
      )
        return document
      const renamed = (id: string): string => (id === from ? to : id)
      const nodes = document.nodes.map((node) => (node.id === from ? { ...node, id: to } : node))
      const edges = document.edges.map((edge) =>
        edge.source === from || edge.target === from
          ? { ...edge, source: renamed(edge.source), target: renamed(edge.target) }
          : edge,
      )
      const groups = document.groups?.map((group) =>
        group.nodes.includes(from) ? { ...group, nodes: group.nodes.map(renamed) } : group,
      )
      return { ...document, nodes, edges, ...(groups === undefined ? {} : { groups }) }
    },
  }
}

function moved(document: FlowDocument, places: ReadonlyMap<string, Point>): FlowDocument {
  const stays = (node: FlowNode): boolean => {
    const to = places.get(node.id)
    return to === undefined || (to.x === node.position.x && to.y === node.position.y)
  }
  if (document.nodes.every(stays)) return document
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      stays(node) ? node : { ...node, position: places.get(node.id) ?? node.position },
    ),
  }
}

export function withNode(document: FlowDocument, id: string, change: (node: FlowNode) => FlowNode): FlowDocument {
  const index = document.nodes.findIndex((node) => node.id === id)
  const node = document.nodes[index]
  const next = node && change(node)
  return node === next || next === undefined ? document : { ...document, nodes: document.nodes.with(index, next) }
}

/** The edges that remain, those into removed nodes led on to where they lead. */
function rejoined(document: FlowDocument, gone: ReadonlyMap<string, FlowNode>): readonly FlowEdge[] {
  const onward = new Map<string, string>()
  for (const edge of document.edges) {
    const node = gone.get(edge.source)
    if (node && mainOutlet(node)?.id === edge.sourceHandle) onward.set(node.id, edge.target)
  }
  const byId = new Map(document.nodes.map((node) => [node.id, node]))
  return document.edges.flatMap((edge) => {
    if (gone.has(edge.source)) return []
    const target = gone.has(edge.target) ? passing(edge.target, onward, gone) : edge.target
    const node = target === undefined ? undefined : byId.get(target)
    if (target === undefined || (target !== edge.target && (!node || !takesEdges(node) || target === edge.source)))
      return []
    return [target === edge.target ? edge : { ...edge, target }]
  })
}

/** Where a removed node leads, through all that are removed; undefined where it leads nowhere, or in a circle. */
function passing(
  from: string,
  onward: ReadonlyMap<string, string>,
  gone: ReadonlyMap<string, FlowNode>,
): string | undefined {
  const seen = new Set<string>()
  let at: string | undefined = from
  while (at !== undefined && gone.has(at)) {
    if (seen.has(at)) return undefined
    seen.add(at)
    at = onward.get(at)
  }
  return at
}
