/**
 * Dragging: what moves is drawn from here until it is dropped, and only then the document knows: one gesture, one entry
 * of the history. What is dragged is caught by what stands near, else by the grid.
 */
import type { NodeChange } from '@xyflow/react'
import { changeNote, moveNodes, type Command } from '../document/commands/index.ts'
import { editor } from '../document/store.ts'
import { words } from '../words/en.ts'
import { faceOf } from './model/face.ts'
import { snap, toGrid } from './model/guides.ts'
import { NOTE_SIZE } from './model/note.ts'
import { around, overlap, type Point, type Rect, type Size } from './model/parts.ts'
import { rectsOf } from './model/place.ts'
import { cornerOf, FRAME_PREFIX, NOTE_PREFIX, type DrawnNode, type Moved } from './model/scene.ts'
import { canvas } from './state.ts'
import { view } from './view.ts'

const CATCH = 6

type PositionChange = Extract<NodeChange<DrawnNode>, { type: 'position' }>

/** Takes in what React Flow says of positions; `zoom` tells how near is near. */
export function drag(changes: readonly PositionChange[], zoom: number): void {
  const raw = new Map(
    changes.flatMap((change) => (change.position === undefined ? [] : places(change.id, change.position))),
  )
  if (raw.size === 0) return
  const moving = around([...raw].map(([id, position]) => ({ ...position, ...sizeOf(id) })))
  if (moving === undefined) return
  const { shift, guides } = snap(moving, standing(raw), CATCH / zoom)
  const moved: Moved = new Map([...raw].map(([id, { x, y }]) => [id, { x: x + shift.x, y: y + shift.y }]))
  canvas.setState({ moved, guides })
}

/** Drops what is dragged where it is. */
export function drop(): void {
  const { moved } = canvas.getState()
  canvas.setState({ moved: new Map(), guides: [] })
  if (moved.size > 0) editor.run(moveTo(moved))
}

/** Moves the selected cards, or the one given, by a step of the keyboard. Presses in a row are one entry. */
export function nudge(cursor: string, step: Point): void {
  const { document, selection } = editor.state()
  const ids = selection.nodes.has(cursor) ? selection.nodes : new Set([cursor])
  const moved = new Map(
    document.nodes
      .filter((node) => ids.has(node.id))
      .map((node) => [node.id, { x: toGrid(node.position.x + step.x), y: toGrid(node.position.y + step.y) }]),
  )
  editor.run(moveNodes(moved, `nudge ${[...ids].join(' ')}`))
}

function moveTo(moved: Moved): Command {
  const cards = new Map([...moved].filter(([id]) => !id.startsWith(NOTE_PREFIX)))
  const notes = [...moved].filter(([id]) => id.startsWith(NOTE_PREFIX))
  const command = moveNodes(cards)
  return {
    ...command,
    label: words.document.move(moved.size),
    apply: (document) =>
      notes.reduce(
        (before, [id, position]) => changeNote(id.slice(NOTE_PREFIX.length), { position }).apply(before),
        command.apply(document),
      ),
  }
}

/** A frame that moves is its members that move. */
function places(id: string, to: Point): readonly (readonly [string, Point])[] {
  if (!id.startsWith(FRAME_PREFIX)) return [[id, to]]
  const { document } = editor.state()
  const group = document.groups?.find((each) => each.id === id.slice(FRAME_PREFIX.length))
  const members = document.nodes.filter((node) => group?.nodes.includes(node.id))
  const inner = around(rectsOf({ nodes: members }))
  const from = inner && cornerOf(inner)
  return from === undefined
    ? []
    : members.map(
        ({ id: member, position }) =>
          [member, { x: position.x + to.x - from.x, y: position.y + to.y - from.y }] as const,
      )
}

/** What stands still and can be seen: the rest is no help to align with. */
function standing(moved: ReadonlyMap<string, Point>): readonly Rect[] {
  const window = view.seen()
  const still = editor.state().document.nodes.filter((node) => !moved.has(node.id))
  return rectsOf({ nodes: still }).filter((rect) => overlap(rect, window))
}

function sizeOf(id: string): Size {
  const { nodes, notes = [] } = editor.state().document
  const node = nodes.find((each) => each.id === id)
  const note = notes.find((each) => `${NOTE_PREFIX}${each.id}` === id)
  return node === undefined
    ? { width: note?.width ?? NOTE_SIZE.width, height: note?.height ?? NOTE_SIZE.height }
    : faceOf(node)
}
