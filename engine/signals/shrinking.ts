import { z } from 'zod'
import { defineSignal } from './signal.ts'

const MOST_QUESTIONS = 8

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
  name: 'shrinking',
  title: 'Shorter and shorter',
  doc: '`times` questions in a row are each **shorter** than the one before, the last at most half as long as the '
    + 'first. `signals.shrinking` counts the latest questions in such a row.',
  config: z.strictObject({ signal: z.literal('shrinking'), times: z.int().min(3).max(MOST_QUESTIONS).default(3) }),
  fields: [{
    key: 'times', label: 'Questions in a row', help: 'How many questions, each shorter than the one before.',
    kind: 'number', min: 3, max: MOST_QUESTIONS, step: 1,
  }],
  start,

  hear(state: ShrinkingState, heard): ShrinkingState {
    if (heard.type !== 'customer.message' || heard.answering || heard.tokens.content.length === 0) return state
    return { lengths: [...state.lengths.slice(1 - MOST_QUESTIONS), heard.tokens.words.length] }
  },

  read({ lengths }, config) {
    let first = lengths.length - 1
    while (first > 0 && (lengths[first - 1] ?? 0) > (lengths[first] ?? 0)) first -= 1
    const row = lengths.slice(Math.max(0, first))
    const from = row[0] ?? 0
    const to = row[row.length - 1] ?? 0
    const matched = row.length >= config.times && to * 2 <= from
    const sentence = row.length > 1
      ? `the last ${row.length} questions got shorter, from ${from} to ${to} words`
      : 'the questions do not get shorter'
    return { value: row.length, threshold: config.times, matched, sentence }
  },
})
