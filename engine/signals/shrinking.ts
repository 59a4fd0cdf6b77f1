import { share } from './distance.ts'
import { shrinkingFace, MOST_QUESTIONS } from './faces/shrinking.ts'
import { defineSignal } from './signal.ts'

export interface ShrinkingState {
  /** Words in each question of the customer, latest last; at most eight. */
  readonly lengths: readonly number[]
}

const start: ShrinkingState = { lengths: [] }

/**
 * The customer's questions get shorter and shorter: a sign of giving up.
 * Law 1: `times` questions in a row, each with fewer words than the one before, the last at most half as long as the
 * first of them. Law 2: courtesies ("ok thanks") and answers to a question of the flow are no questions.
 */
export const shrinking = defineSignal({
  ...shrinkingFace,
  start,

  hear(state: ShrinkingState, heard): ShrinkingState {
    if (heard.type !== 'customer.message' || heard.answering || heard.tokens.content.length === 0) return state
    return { lengths: [...state.lengths.slice(1 - MOST_QUESTIONS), heard.tokens.words.length] }
  },

  see({ lengths }, config) {
    const { row, from, to } = rowOf(lengths)
    return {
      value: row,
      threshold: config.times,
      matched: row >= config.times && to * 2 <= from,
      sentence: () =>
        row > 1
          ? `the last ${row} questions got shorter, from ${from} to ${to} words`
          : 'the questions do not get shorter',
    }
  },

  distance({ lengths }, { times: of }) {
    const { row, to } = rowOf(lengths)
    const missing = Math.max(of - row, 1)
    // Below one word there is no shorter question: another row must begin.
    const turns = to > missing ? missing : of
    const on = turns === 1 ? 'one question more' : `${turns} questions more`
    const which = turns === of && row < 2 ? `${of} questions in a row` : on
    const needs = `${which}, each shorter, the last at most half as long as the first`
    return { near: share(of - turns, of), needs, turns }
  },
})

/** The latest questions of which each is shorter than the one before. */
function rowOf(lengths: readonly number[]): { readonly row: number; readonly from: number; readonly to: number } {
  let first = lengths.length - 1
  while (first > 0 && (lengths[first - 1] ?? 0) > (lengths[first] ?? 0)) first -= 1
  return { row: lengths.length - Math.max(0, first), from: lengths[first] ?? 0, to: lengths[lengths.length - 1] ?? 0 }
}
