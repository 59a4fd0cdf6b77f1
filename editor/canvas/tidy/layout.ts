/**
 * Tidy: the cards in layers from left to right, the phases after one another as lanes, watchers between the bot and what
 * they lead to. ELK computes; this file says what is wanted and reads the answer. Laws:
 * 1. Cards do not overlap, and each stands right of every card of an earlier phase.
 * 2. With a selection only that moves, and its middle stays where it was.
 * 3. A note keeps its place beside the card that is nearest to it.
 */
import type { ElkNode, LayoutOptions } from 'elkjs/lib/elk-api'
import { phases } from '#engine/conversation/owner.ts'
import { faceOf, inputPoint, rowPoint, type Face } from '../model/face.ts'
import { toGrid } from '../model/guides.ts'
import { around, middle, type FlowDocument, type FlowNode, type Point, type Rect } from '../model/parts.ts'

export type Layout = (graph: ElkNode) => Promise<ElkNode>

/** Where those stand afterwards that move. */
export interface Places {
  readonly nodes: ReadonlyMap<string, Point>
  readonly notes: ReadonlyMap<string, Point>
}

/** Computes the layout; `only`: the selection, when it holds more than one. */
export async function tidy(document: FlowDocument, only: ReadonlySet<string>, layout: Layout): Promise<Places> {
  const chosen = only.size > 1 ? document.nodes.filter((node) => only.has(node.id)) : document.nodes
  if (chosen.length === 0) return { nodes: new Map(), notes: new Map() }
  const laid = onGrid(await layout(graphOf(document, chosen)))
  const shift = shiftOf(chosen, laid)
  const placed = new Map(laid.map(({ id, x, y }) => [id, { x: x + shift.x, y: y + shift.y }]))
  const moved = chosen.flatMap((node) => {
    const to = placed.get(node.id)
    return to === undefined || (to.x === node.position.x && to.y === node.position.y) ? [] : [[node.id, to] as const]
  })
  const nodes = new Map(moved)
  return { nodes, notes: new Map(notesBeside(document, nodes)) }
}

const options: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.partitioning.activate': 'true',
  'elk.spacing.nodeNode': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '100',
  'elk.spacing.edgeNode': '24',
  'elk.spacing.componentComponent': '60',
  'elk.separateConnectedComponents': 'false',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.crossingMinimization.strategy': 'LAYER_SWEEP',
  // The order in which steps were drawn says which way a circle goes round.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.edgeRouting': 'SPLINES',
}

function graphOf(document: FlowDocument, chosen: readonly FlowNode[]): ElkNode {
  const faces = new Map(chosen.map((node) => [node.id, faceOf(node)]))
  const edges = document.edges.filter(
    (edge) =>
      faces.get(edge.target)?.hasInput === true &&
      faces.get(edge.source)?.rows.some((row) => row.id === edge.sourceHandle),
  )
  return {
    id: 'flow',
    layoutOptions: options,
    children: chosen.map((node) => child(node.id, faces.get(node.id) ?? faceOf(node))),
    edges: edges.map((edge) => ({
      id: edge.id,
      sources: [port(edge.source, edge.sourceHandle)],
      targets: [port(edge.target, '')],
    })),
  }
}

function child(id: string, face: Face): ElkNode {
  const outlets = face.rows.map((row, index) => ({
    id: port(id, row.id),
    ...rowPoint(face, index),
    layoutOptions: { 'elk.port.side': 'EAST' },
  }))
  const input = face.hasInput ? [{ id: port(id, ''), ...inputPoint, layoutOptions: { 'elk.port.side': 'WEST' } }] : []
  return {
    id,
    width: face.width,
    height: face.height,
    ports: [...input, ...outlets],
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS', 'elk.partitioning.partition': String(lane(face)) },
  }
}

/** Watchers stand between the bot they watch and the rest of the escalation. */
function lane(face: Face): number {
  return face.watches ? 1 : phases.indexOf(face.phase) * 2
}

function port(node: string, outlet: string): string {
  return `${node}\n${outlet}`
}

interface Laid extends Rect {
  readonly id: string
}

function onGrid({ children = [] }: ElkNode): readonly Laid[] {
  return children.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => ({
    id,
    x: toGrid(x),
    y: toGrid(y),
    width,
    height,
  }))
}

/** So that the middle of what was laid out is where it was. Whole steps of the grid: what is tidy stays as it is. */
function shiftOf(chosen: readonly FlowNode[], laid: readonly Laid[]): Point {
  const before = around(chosen.map(rectOf))
  const after = around(laid)
  if (before === undefined || after === undefined) return { x: 0, y: 0 }
  const [was, is] = [middle(before), middle(after)]
  return { x: toGrid(was.x - is.x), y: toGrid(was.y - is.y) }
}

function notesBeside(document: FlowDocument, moved: ReadonlyMap<string, Point>): readonly (readonly [string, Point])[] {
  return (document.notes ?? []).flatMap((note) => {
    const beside = nearest(document.nodes, note.position)
    const to = beside === undefined ? undefined : moved.get(beside.id)
    if (beside === undefined || to === undefined) return []
    return [
      [
        note.id,
        { x: note.position.x + to.x - beside.position.x, y: note.position.y + to.y - beside.position.y },
      ] as const,
    ]
  })
}

function nearest(nodes: readonly FlowNode[], { x, y }: Point): FlowNode | undefined {
  const far = (node: FlowNode): number => Math.hypot(node.position.x - x, node.position.y - y)
  return nodes.reduce<FlowNode | undefined>(
    (best, node) => (best === undefined || far(node) < far(best) ? node : best),
    undefined,
  )
}

function rectOf(node: FlowNode): Rect {
  const { width, height } = faceOf(node)
  return { ...node.position, width, height }
}
