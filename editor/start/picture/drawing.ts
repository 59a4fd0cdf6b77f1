/**
 * A document as shapes: cards where they stand, wires from the ways out, the phases' areas behind. Pure; the miniature
 * and the exported pictures are drawn from it. Law: no drawing has a measure that is not finite.
 */
import type { Phase } from '#engine/index.ts'
import { CARD_WIDTH, faceOf, inputPoint, rowPoint, type Face } from '../../canvas/model/face.ts'
import { NOTE_SIZE } from '../../canvas/model/note.ts'
import { around, padded, type Point, type Rect } from '../../canvas/model/parts.ts'
import { zonesOf, type Zone } from '../../canvas/model/zones.ts'
import type { FlowDocument, FlowNode } from '../../document/document.ts'

export interface DrawnCard extends Rect {
  readonly id: string
  readonly phase: Phase
  readonly face: Face
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

const MARGIN = 48
/** Steps farther apart than this are no picture. */
const WIDEST = 1e6
/** Of larger flows the areas say nothing at this size, and cost the most. */
const ZONES_UP_TO = 1_500

/** The drawing of a document; none when there is nothing to draw, or its steps lie too far apart. */
export function drawingOf(document: FlowDocument): Drawing | undefined {
  const cards = document.nodes.map(cardOf)
  const notes = (document.notes ?? []).map(({ text, position, width, height }) => ({
    text,
    ...position,
    width: width ?? NOTE_SIZE.width,
    height: height ?? NOTE_SIZE.height,
  }))
  const bounds = around([...cards, ...notes])
  if (!bounds || ![bounds.x, bounds.y, bounds.width, bounds.height].every((side) => Math.abs(side) < WIDEST))
    return undefined
  const zones = cards.length > ZONES_UP_TO ? [] : zonesOf(cards.map((card) => ({ ...card, rect: card })))
  return { bounds: padded(bounds, MARGIN), zones, cards, wires: wiresOf(document, cards), notes }
}

function cardOf(node: FlowNode): DrawnCard {
  const face = faceOf(node)
  return { id: node.id, phase: face.phase, face, ...node.position, width: face.width, height: face.height }
}

function wiresOf({ edges }: FlowDocument, cards: readonly DrawnCard[]): readonly DrawnWire[] {
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
