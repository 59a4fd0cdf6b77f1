/** What a card of a drawing shows, and its measures. They are computed, never measured, so that whoever draws agrees. */
import type { Phase } from '../../conversation/owner.ts'
import { faceOf, type AnyNode } from '../../kinds/faces.ts'
import type { Point, Size } from './rect.ts'

/** A kind's title, the sentence that sums the step up, and a row for each way out. */
export interface CardFace extends Size {
  readonly title: string
  readonly sentence: string
  readonly phase: Phase
  readonly rows: readonly { readonly id: string; readonly label: string }[]
  /** Why its data cannot be read: shown instead of the sentence. */
  readonly fault?: string
}

export const CARD_WIDTH = 280
export const ROW_HEIGHT = 24
const LINE_HEIGHT = 17
const HEAD_HEIGHT = 30
const FOOT_HEIGHT = 6
/** So many characters surely fit one line of a card. */
const LINE_LENGTH = 34

/** The card of a sound step. */
export function cardOf(node: AnyNode): CardFace {
  const { title, phase, sentence, outlets } = faceOf(node)
  return sized({ title, phase, sentence: oneLine(sentence(node.data)), rows: outlets(node.data) })
}

export function sized<Card extends Omit<CardFace, 'width' | 'height'>>(card: Card): Card & Size {
  const body = linesOf(card.fault ?? card.sentence) * LINE_HEIGHT + card.rows.length * ROW_HEIGHT
  return { ...card, width: CARD_WIDTH, height: HEAD_HEIGHT + body + FOOT_HEIGHT }
}

/** How many lines the sentence takes: never more than two, so that sizes can be known beforehand. */
export function linesOf(sentence: string): 1 | 2 {
  return sentence.length <= LINE_LENGTH ? 1 : 2
}

/** Where the wire of a row leaves, from the card's corner. */
export function rowPoint({ height, rows }: Pick<CardFace, 'height' | 'rows'>, row: number): Point {
  return { x: CARD_WIDTH, y: height - FOOT_HEIGHT - (rows.length - row) * ROW_HEIGHT + ROW_HEIGHT / 2 }
}

/** Where wires come in, from the card's corner. */
export const inputPoint: Point = { x: 0, y: 22 }

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
