/**
 * From the document to what React Flow is given. Law: what did not change is the very same object as before, a card, a
 * wire or the list of either: so a key typed in a step's form renders that step's card and no other, and no wire unless
 * the card grows.
 */
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react'
import type { Group, Note } from '../../document/document.ts'
import type { Selection } from '../../document/history.ts'
import type { Phase } from '#engine/conversation/owner.ts'
import { faceOf, inputPoint, rowPoint, type Face } from './face.ts'
import { NOTE_SIZE } from './note.ts'
import { around, padded, type FlowDocument, type FlowEdge, type FlowNode, type Point, type Rect } from './parts.ts'
import { within } from './window.ts'

export type CardNode = Node<{ readonly face: Face; readonly ways: Ways }, 'card'>
export type NoteNode = Node<{ readonly note: Note }, 'note'>
export type FrameNode = Node<{ readonly group: Group }, 'frame'>
export type DrawnNode = CardNode | NoteNode | FrameNode
/** How far the cards reach above and below the two ends of a wire: a wire that leads back goes around them. */
export interface Ends {
  readonly sourceHead: number
  readonly sourceFoot: number
  readonly targetHead: number
  readonly targetFoot: number
}
export type WireEdge = Edge<{ readonly phase: Phase; readonly ends: Ends }, 'wire'>
export interface Scene {
  readonly nodes: DrawnNode[]
  readonly edges: WireEdge[]
}

/** The one handle of a card where wires come in. */
export const INPUT = 'in'
const HANDLE = 12
const FRAME_PADDING = 16
const FRAME_HEAD = 28
/** The class of the part of a frame that it is dragged by. */
export const FRAME_GRIP = 'baton-frame-grip'

/** The ways out in use: the edge that leaves by each. */
export type Ways = ReadonlyMap<string, string>

/** Where things stand while they are dragged, before the document knows. */
export type Moved = ReadonlyMap<string, Point>
const still: Moved = new Map()
const nothing: ReadonlySet<string> = new Set()

export interface Seen {
  readonly selection: Selection
  readonly notes?: ReadonlySet<string>
  readonly moved?: Moved
  /** What a wire is being drawn from. */
  readonly connecting?: string | undefined
  /** Of a large flow only what is near is drawn; undefined: all of it. */
  readonly area?: Rect | undefined
}
export type SceneOf = (document: FlowDocument, seen: Seen) => Scene

/** A function that draws documents one after the other and keeps what stays the same. */
export function createScene(): SceneOf {
  const cards = keeper<CardNode>()
  const wires = keeper<WireEdge>()
  const notes = keeper<NoteNode>()
  const groups = keeper<FrameNode>()
  const allNodes = listKeeper<DrawnNode>()
  const allEdges = listKeeper<WireEdge>()
  const before = new Map<string, Ways>()
  let last: { edges: readonly FlowEdge[]; used: ReadonlyMap<string, Ways> } | undefined

  return (document, { selection, notes: chosen = nothing, moved = still, connecting, area }) => {
    if (last?.edges !== document.edges) last = { edges: document.edges, used: waysInUse(document.edges, before) }
    const { used } = last
    const held = (id: string): boolean =>
      selection.nodes.has(id) || selection.edges.has(id) || moved.has(id) || id === connecting
    const near = area === undefined ? document : within(document, area, held)
    const face = (node: FlowNode): Face => faceOf(node, used.get(node.id)?.keys())
    const faces = new Map(near.nodes.map((node) => [node.id, face(node)]))
    const drawn = near.nodes.map((node) => {
      const position = moved.get(node.id) ?? node.position
      const own = faces.get(node.id) ?? face(node)
      const ways = used.get(node.id) ?? none
      const selected = selection.nodes.has(node.id)
      return cards.keep(node.id, [own, ways, selected, position.x, position.y], () =>
        card(node.id, own, ways, selected, position),
      )
    })
    const edges = near.edges.flatMap((edge) => {
      const [from, to] = [faces.get(edge.source), faces.get(edge.target)]
      if (from === undefined || to?.hasInput !== true) return []
      const selected = selection.edges.has(edge.id)
      const ends = endsAt(edge, from, to)
      return [
        wires.keep(edge.id, [edge, from.phase, selected, ...Object.values(ends)], () =>
          wire(edge, from.phase, ends, selected),
        ),
      ]
    })
    const remarks = (document.notes ?? []).map((note) => {
      const position = moved.get(`${NOTE_PREFIX}${note.id}`) ?? note.position
      const selected = chosen.has(note.id)
      return notes.keep(note.id, [note, position, selected], () => remark(note, position, selected))
    })
    const frames = framesOf(document, (node) => {
      const { width, height } = face(node)
      return { ...(moved.get(node.id) ?? node.position), width, height }
    }).map(({ group, rect }) => groups.keep(group.id, [group, ...Object.values(rect)], () => frame(group, rect)))
    return { nodes: allNodes([...frames, ...remarks, ...drawn]), edges: allEdges(edges) }
  }
}

const none: Ways = new Map()

/** Keeps what was made of the same parts; forgets nothing but by replacement, as ids are few and come back with undo. */
function keeper<Made>(): { keep(id: string, parts: readonly unknown[], make: () => Made): Made } {
  const kept = new Map<string, { readonly parts: readonly unknown[]; readonly made: Made }>()
  return {
    keep(id, parts, make) {
      const known = kept.get(id)
      if (known !== undefined && known.parts.every((part, index) => part === parts[index])) return known.made
      const made = make()
      kept.set(id, { parts, made })
      return made
    },
  }
}

/** The same list while it holds the same. */
function listKeeper<Made>(): (list: Made[]) => Made[] {
  let last: Made[] = []
  return (list) => {
    if (list.length !== last.length || list.some((each, index) => each !== last[index])) last = list
    return last
  }
}

function card(id: string, face: Face, ways: Ways, selected: boolean, position: Point): CardNode {
  const { width, height } = face
  return {
    id,
    type: 'card',
    position: { ...position },
    width,
    height,
    handles: handlesOf(face),
    selected,
    data: { face, ways },
  }
}

function handlesOf(face: Face): NodeHandle[] {
  const size = { width: HANDLE, height: HANDLE }
  const at = ({ x, y }: Point): Point => ({ x: x - HANDLE / 2, y: y - HANDLE / 2 })
  const outlets = face.rows.map((row, index): NodeHandle => ({
    id: row.id,
    type: 'source',
    position: Position.Right,
    ...at(rowPoint(face, index)),
    ...size,
  }))
  const input: NodeHandle = { id: INPUT, type: 'target', position: Position.Left, ...at(inputPoint), ...size }
  return face.hasInput ? [input, ...outlets] : outlets
}

function endsAt({ sourceHandle }: FlowEdge, from: Face, to: Face): Ends {
  const row = from.rows.findIndex((each) => each.id === sourceHandle)
  return endsOf(from, rowPoint(from, row), to)
}

function wire({ id, source, sourceHandle, target }: FlowEdge, phase: Phase, ends: Ends, selected: boolean): WireEdge {
  return {
    id,
    type: 'wire',
    source,
    sourceHandle,
    target,
    targetHandle: INPUT,
    selected,
    reconnectable: selected ? 'target' : false,
    data: { phase, ends },
  }
}

/** The reach of two cards around a wire that leaves the first at `out`. */
export function endsOf(from: Face, out: Point, to: Face): Ends {
  return {
    sourceHead: out.y,
    sourceFoot: from.height - out.y,
    targetHead: inputPoint.y,
    targetFoot: to.height - inputPoint.y,
  }
}

function remark(note: Note, position: Point, selected: boolean): NoteNode {
  return {
    id: `${NOTE_PREFIX}${note.id}`,
    type: 'note',
    position: { ...position },
    width: note.width ?? NOTE_SIZE.width,
    height: note.height ?? NOTE_SIZE.height,
    selected,
    data: { note },
  }
}

/** Set before the ids of notes and groups: a node's id has no dot, so they never meet. */
export const NOTE_PREFIX = 'note.'
export const FRAME_PREFIX = 'frame.'

/** The upper left corner of the frame around these cards. */
export function cornerOf({ x, y }: Rect): Point {
  return { x: x - FRAME_PADDING, y: y - FRAME_PADDING - FRAME_HEAD }
}

interface Framed {
  readonly group: Group
  /** Around its members. */
  readonly rect: Rect
}

function framesOf({ groups, nodes }: FlowDocument, rectOf: (node: FlowNode) => Rect): readonly Framed[] {
  if (groups === undefined || groups.length === 0) return []
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return groups.flatMap((group) => {
    const rect = around(group.nodes.flatMap((id) => byId.get(id) ?? []).map(rectOf))
    return rect === undefined ? [] : [{ group, rect }]
  })
}

function frame(group: Group, rect: Rect): FrameNode {
  const { width, height } = padded(rect, FRAME_PADDING)
  return {
    id: `${FRAME_PREFIX}${group.id}`,
    type: 'frame',
    position: cornerOf(rect),
    width,
    height: height + FRAME_HEAD,
    zIndex: -1,
    selectable: false,
    dragHandle: `.${FRAME_GRIP}`,
    style: { pointerEvents: 'none' },
    data: { group },
  }
}

function waysInUse(edges: readonly FlowEdge[], before: Map<string, Ways>): ReadonlyMap<string, Ways> {
  const used = new Map<string, Map<string, string>>()
  for (const { id, source, sourceHandle } of edges) {
    const ways = used.get(source)
    if (ways === undefined) used.set(source, new Map([[sourceHandle, id]]))
    else ways.set(sourceHandle, id)
  }
  return new Map(
    [...used].map(([id, ways]) => {
      const known = before.get(id)
      const kept =
        known !== undefined &&
        known.size === ways.size &&
        [...ways].every(([outlet, edge]) => known.get(outlet) === edge)
          ? known
          : ways
      before.set(id, kept)
      return [id, kept]
    }),
  )
}
