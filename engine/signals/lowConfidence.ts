import { inARow, rows } from './distance.ts'
import { lowConfidenceFace } from './faces/lowConfidence.ts'
import { figure, times } from './sentence.ts'
import { defineSignal } from './signal.ts'
import { NO_TURNS, hearTurn } from './turn.ts'
import type { TurnRule } from './turn.ts'

export { POOR_BELOW } from './faces/lowConfidence.ts'

const RULE: TurnRule = { counts: (answering) => !answering, pick: (nlu) => nlu.confidence, guess: () => undefined }

/**
 * The bot is unsure what the customer wants, several turns in a row.
 * Law 1: a turn without a reported confidence neither counts nor breaks the row; an answer to a question of the flow
 * is no such turn. Law 2: a turn at or above `below` ends the row.
 */
export const lowConfidence = defineSignal({
  ...lowConfidenceFace,
  start: NO_TURNS,

  hear(state, heard) {
    return hearTurn(state, heard, RULE)
  },

  see({ figures }, config) {
    const lastSure = figures.findLastIndex((confidence) => confidence >= config.below)
    const unsure = figures.length - 1 - lastSure
    const latest = figures[figures.length - 1]
    return {
      value: unsure,
      threshold: config.times,
      matched: unsure >= config.times,
      sentence: () => sentenceOf(unsure, latest, config.below),
    }
  },

  distance({ figures }, { below, times: of }) {
    const latest = figures[figures.length - 1]
    const said = latest === undefined ? undefined : `confidence ${figure(latest)}`
    const { row, rowBefore } = rows(figures, (confidence) => confidence < below)
    const limit = `below ${figure(below)}`
    return inARow(row, { of, rowBefore, said, limit, isPossible: below > 0 }, (1 - (latest ?? 1)) / (1 - below))
  },
})

function sentenceOf(unsure: number, latest: number | undefined, below: number): string {
  if (latest === undefined) return 'the bot has not said how sure it is'
  if (unsure === 0) return `the bot is sure enough (${figure(latest)})`
  const row = unsure > 1 ? ' in a row' : ''
  return `the bot was unsure ${times(unsure)}${row} (confidence ${figure(latest)}, below ${figure(below)})`
}
