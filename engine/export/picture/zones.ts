/**
 * The phases as areas behind the cards, drawn from where the cards of each phase stand. Laws:
 * 1. Every card lies in an area of its own phase.
 * 2. No area covers a card of another phase, unless the cards themselves overlap.
 * An area that would is parted at its widest gap until none does.
 */
import { phases, type Phase } from '../../conversation/owner.ts'
import { around, overlap, padded, type Rect } from './rect.ts'

export interface Standing {
  readonly id: string
  readonly phase: Phase
  readonly rect: Rect
}
export interface Zone {
  readonly key: string
  readonly phase: Phase
  readonly rect: Rect
  readonly cards: number
}

export const ZONE_PADDING = 28
const FAR = 900

/** The areas of all phases, largest first within a phase. */
export function zonesOf(cards: readonly Standing[]): readonly Zone[] {
  return phases.flatMap((phase) => {
    const own = cards.filter((card) => card.phase === phase)
    const others = cards.filter((card) => card.phase !== phase)
    return part(own, others)
      .sort((a, b) => b.cards.length - a.cards.length)
      .map(({ rect, cards: within }, index) => ({
        key: `${phase}-${index}`,
        phase,
        rect: padded(rect, ZONE_PADDING),
        cards: within.length,
      }))
  })
}

interface Area {
  readonly rect: Rect
  readonly cards: readonly Standing[]
}

function part(own: readonly Standing[], others: readonly Standing[]): Area[] {
  const done: Area[] = []
  const open: { own: readonly Standing[]; others: readonly Standing[] }[] = [{ own, others }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const rect = around(next.own.map((card) => card.rect))
    if (rect === undefined) continue
    const inside = next.others.filter((other) => overlap(rect, other.rect))
    const parted = inside.length > 0 || isSparse(next.own) ? halves(next.own) : []
    if (parted.length < 2) done.push({ rect, cards: next.own })
    else open.push(...parted.map((half) => ({ own: half, others: inside })))
  }
  return done
}

/** Two far corners of a canvas are no area. */
function isSparse(cards: readonly Standing[]): boolean {
  return Math.max(widestGap(cards, 'x').gap, widestGap(cards, 'y').gap) > FAR
}

function halves(cards: readonly Standing[]): readonly (readonly Standing[])[] {
  const across = widestGap(cards, 'x')
  const down = widestGap(cards, 'y')
  const [axis, { at }] = across.gap >= down.gap ? ['x' as const, across] : ['y' as const, down]
  const before = cards.filter((card) => card.rect[axis] < at)
  const after = cards.filter((card) => card.rect[axis] >= at)
  return before.length === 0 || after.length === 0 ? cards.map((card) => [card]) : [before, after]
}

/** The widest stretch between neighbours along an axis, and where the second side begins. Overlapping: below zero. */
function widestGap(cards: readonly Standing[], axis: 'x' | 'y'): { readonly gap: number; readonly at: number } {
  const side = axis === 'x' ? 'width' : 'height'
  const sorted = [...cards].sort((a, b) => a.rect[axis] - b.rect[axis])
  let best = { gap: -Infinity, at: -Infinity }
  let reach = -Infinity
  for (const { rect } of sorted) {
    // Cards that begin at the same place cannot be parted between them.
    if (reach > -Infinity && rect[axis] - reach > best.gap && rect[axis] > (sorted[0]?.rect[axis] ?? 0))
      best = { gap: rect[axis] - reach, at: rect[axis] }
    reach = Math.max(reach, rect[axis] + rect[side])
  }
  return best
}
