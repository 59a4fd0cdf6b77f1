/**
 * A flow as shapes: cards where they stand, wires from the ways out, the phases' areas behind. The editor's miniatures,
 * its exported pictures and the server's are drawn from it. Law: no drawing has a measure that is not finite.
 */
import type { Phase } from '../../conversation/owner.ts'
import type { Edge } from '../../flow/document.ts'
import type { Flow } from '../../flow/parse.ts'
import { cardOf, CARD_WIDTH, inputPoint, rowPoint, type CardFace } from './card.ts'
import { around, padded, type Point, type Rect } from './rect.ts'
import { zonesOf, type Zone } from './zones.ts'

export interface DrawnCard extends Rect {
  readonly id: string
  readonly phase: Phase
  readonly face: CardFace
}

export interface DrawnWire {
  readonly phase: Phase
  readonly path: string
}

export interface DrawnNote extends Rect {
  readonly text: string
}

export interface Drawing {
  readonly bounds: Rect
  readonly zones: readonly Zone[]
  readonly cards: readonly DrawnCard[]
  readonly wires: readonly DrawnWire[]
  readonly notes: readonly DrawnNote[]
}

/** What is drawn: steps with their cards, and what connects them. */
export interface Drawable {
  readonly nodes: readonly { readonly id: string; readonly position: Point; readonly face: CardFace }[]
  readonly edges: readonly Pick<Edge, 'source' | 'sourceHandle' | 'target'>[]
  readonly notes?: NonNullable<Flow['notes']> | undefined
}

/** A note as it first lies on the canvas. */
export const NOTE_SIZE = { width: 220, height: 120 } as const

const MARGIN = 48
/** Steps farther apart than this are no picture. */
const WIDEST = 1e6
/** Of larger flows the areas say nothing at this size, and cost the most. */
const ZONES_UP_TO = 1_500
/** Steps that nobody placed: so many side by side, so far apart. */
const COLUMNS = 5
const STRIDE = { x: 380, y: 320 } as const

/** The drawing of a sound flow. Steps that nobody placed, or that lie too far apart, stand in rows as in the document. */
export function drawingOf({ nodes, edges, notes }: Flow): Drawing {
  const faced = nodes.map((node) => ({ id: node.id, position: node.position, face: cardOf(node) }))
  const placed = isPlaced(faced) ? drawn({ nodes: faced, edges, notes }) : undefined
  return placed ?? assembled({ nodes: faced.map((each, index) => ({ ...each, position: inRows(index) })), edges })
}

/** The drawing of steps where they stand; none when there is nothing to draw, or it lies too far apart. */
export function drawn(drawable: Drawable): Drawing | undefined {
  if (drawable.nodes.length === 0 && !drawable.notes?.length) return undefined
  const drawing = assembled(drawable)
  const { x, y, width, height } = drawing.bounds
  return [x, y, width, height].every((side) => Math.abs(side) < WIDEST) ? drawing : undefined
}

function assembled({ nodes, edges, notes = [] }: Drawable): Drawing {
  const cards = nodes.map(({ id, position, face }): DrawnCard => {
    return { id, phase: face.phase, face, ...position, width: face.width, height: face.height }
  })
  const lying = notes.map(({ text, position, width, height }): DrawnNote => {
    return { text, ...position, width: width ?? NOTE_SIZE.width, height: height ?? NOTE_SIZE.height }
  })
  const bounds = around([...cards, ...lying]) ?? { x: 0, y: 0, width: 0, height: 0 }
  const zones = cards.length > ZONES_UP_TO ? [] : zonesOf(cards.map((card) => ({ ...card, rect: card })))
  return { bounds: padded(bounds, MARGIN), zones, cards, wires: wiresOf(edges, cards), notes: lying }
}

/** A document written by hand names no positions: all of its steps stand at one place. */
function isPlaced([first, ...others]: Drawable['nodes']): boolean {
  return (
    others.length === 0 || others.some(({ position: { x, y } }) => x !== first?.position.x || y !== first.position.y)
  )
}

function inRows(index: number): Point {
  return { x: (index % COLUMNS) * STRIDE.x, y: Math.floor(index / COLUMNS) * STRIDE.y }
}

function wiresOf(edges: Drawable['edges'], cards: readonly DrawnCard[]): readonly DrawnWire[] {
  const byId = new Map(cards.map((card) => [card.id, card]))
  return edges.flatMap((edge): readonly DrawnWire[] => {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)]
    if (!source || !target) return []
    const row = source.face.rows.findIndex((each) => each.id === edge.sourceHandle)
    const out = row < 0 ? { x: CARD_WIDTH, y: source.height / 2 } : rowPoint(source.face, row)
    const lowest = Math.max(source.y + source.height, target.y + target.height)
    return [{ phase: source.phase, path: wire(plus(source, out), plus(target, inputPoint), lowest) }]
  })
}

/** A soft curve onward; below both cards where it leads back. */
function wire(from: Point, to: Point, lowest: number): string {
  const start = `M${short(from.x)} ${short(from.y)}`
  const end = `${short(to.x)} ${short(to.y)}`
  if (to.x >= from.x) {
    const bend = Math.max(24, (to.x - from.x) / 2)
    return `${start}C${short(from.x + bend)} ${short(from.y)} ${short(to.x - bend)} ${short(to.y)} ${end}`
  }
  const lane = short(lowest + 18)
  return `${start}H${short(from.x + 24)}V${lane}H${short(to.x - 24)}V${short(to.y)}L${end}`
}

function plus(one: Point, other: Point): Point {
  return { x: one.x + other.x, y: one.y + other.y }
}

/** A tenth of a unit is finer than any screen shows. */
export function short(value: number): number {
  return Math.round(value * 10) / 10
}
