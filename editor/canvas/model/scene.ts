/**
 * From the document to what React Flow is given. Law: what did not change is the very same object as before, so that a
 * selection or a move of one card renders that card and no other.
 */
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react'
import type { Group, Note } from '../../document/document.ts'
import type { Selection } from '../../document/history.ts'
import type { Phase } from '#engine/conversation/owner.ts'
import { faceOf, inputPoint, rowPoint, type Face } from './face.ts'
import { NOTE_SIZE } from './note.ts'
import { around, padded, type FlowDocument, type FlowEdge, type Point, type Rect } from './parts.ts'

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
}
export type SceneOf = (document: FlowDocument, seen: Seen) => Scene

/** A function that draws documents one after the other and keeps what stays the same. */
export function createScene(): SceneOf {
  const cards = keeper<CardNode>()
  const wires = keeper<WireEdge>()
  const notes = keeper<NoteNode>()
  const before = new Map<string, Ways>()
  let last: { edges: readonly FlowEdge[]; used: ReadonlyMap<string, Ways> } | undefined

  return (document, { selection, notes: chosen = nothing, moved = still }) => {
    if (last?.edges !== document.edges) last = { edges: document.edges, used: waysInUse(document.edges, before) }
    const { used } = last
    const faces = new Map(document.nodes.map((node) => [node.id, faceOf(node, used.get(node.id)?.keys())]))
    const drawn = document.nodes.map((node) => {
      const position = moved.get(node.id) ?? node.position
      const face = faces.get(node.id) ?? faceOf(node)
      const ways = used.get(node.id) ?? none
      const selected = selection.nodes.has(node.id)
      return cards.keep(node.id, [node, face, ways, selected, position], () =>
        card(node.id, face, ways, selected, position),
      )
    })
    const edges = document.edges.flatMap((edge) => {
      const [from, to] = [faces.get(edge.source), faces.get(edge.target)]
      if (from === undefined || to?.hasInput !== true) return []
      const selected = selection.edges.has(edge.id)
      return [wires.keep(edge.id, [edge, from, to, selected], () => wire(edge, from, to, selected))]
    })
    const remarks = (document.notes ?? []).map((note) => {
      const position = moved.get(`${NOTE_PREFIX}${note.id}`) ?? note.position
      const selected = chosen.has(note.id)
      return notes.keep(note.id, [note, position, selected], () => remark(note, position, selected))
    })
    return { nodes: [...frames(document, drawn), ...remarks, ...drawn], edges }
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

function wire(edge: FlowEdge, from: Face, to: Face, selected: boolean): WireEdge {
  const { id, source, sourceHandle, target } = edge
  const ends = endsOf(
    from,
    rowPoint(
      from,
      from.rows.findIndex((row) => row.id === sourceHandle),
    ),
    to,
  )
  return {
    id,
    type: 'wire',
    source,
    sourceHandle,
    target,
    targetHandle: INPUT,
    selected,
    reconnectable: selected ? 'target' : false,
    data: { phase: from.phase, ends },
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

function frames(document: FlowDocument, cards: readonly CardNode[]): FrameNode[] {
  if (document.groups === undefined || document.groups.length === 0) return []
  const byId = new Map(cards.map((each) => [each.id, each]))
  return document.groups.flatMap((group) => {
    const members = group.nodes.flatMap((id) => byId.get(id) ?? [])
    const inner = around(members.map(rectOf))
    if (inner === undefined) return []
    const { width, height } = padded(inner, FRAME_PADDING)
    const frame: FrameNode = {
      id: `${FRAME_PREFIX}${group.id}`,
      type: 'frame',
      position: cornerOf(inner),
      width,
      height: height + FRAME_HEAD,
      zIndex: -1,
      selectable: false,
      dragHandle: `.${FRAME_GRIP}`,
      style: { pointerEvents: 'none' },
      data: { group },
    }
    return [frame]
  })
}

function rectOf(node: CardNode): Rect {
  return { ...node.position, width: node.width ?? 0, height: node.height ?? 0 }
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
