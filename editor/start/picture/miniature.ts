/** A drawing as a few paths, one of each sort for each phase: also a flow of a thousand steps is a small picture. */
import { phases, type Phase } from '#engine/conversation/owner.ts'
import type { Rect } from '../../canvas/model/parts.ts'
import type { FlowDocument } from '../../document/document.ts'
import { drawingOf, short } from './drawing.ts'

export interface Miniature {
  readonly viewBox: string
  readonly layers: readonly MiniatureLayer[]
}

/** What a phase draws: paths, empty where it has none. */
export interface MiniatureLayer {
  readonly phase: Phase
  readonly zones: string
  readonly wires: string
  readonly cards: string
}

/** Few cards are not blown up to fill the picture. */
const LEAST = { width: 1_100, height: 620 }

export function miniatureOf(document: FlowDocument): Miniature | undefined {
  const drawing = drawingOf(document)
  if (!drawing) return undefined
  const { bounds, zones, wires, cards } = drawing
  const of = <Part extends { readonly phase: Phase }>(parts: readonly Part[], phase: Phase): readonly Part[] =>
    parts.filter((part) => part.phase === phase)
  const layers = phases.map((phase) => ({
    phase,
    zones: of(zones, phase)
      .map((zone) => box(zone.rect))
      .join(''),
    wires: of(wires, phase)
      .map((wire) => wire.path)
      .join(''),
    cards: of(cards, phase).map(box).join(''),
  }))
  return { viewBox: viewBoxOf(bounds), layers: layers.filter((layer) => layer.cards !== '') }
}

function viewBoxOf({ x, y, width, height }: Rect): string {
  const [wide, high] = [Math.max(width, LEAST.width), Math.max(height, LEAST.height)]
  return [x - (wide - width) / 2, y - (high - height) / 2, wide, high].map(short).join(' ')
}

function box({ x, y, width, height }: Rect): string {
  return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}z`
}
