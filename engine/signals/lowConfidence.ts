import { z } from 'zod'
import { figure, times } from './sentence.ts'
import { defineSignal } from './signal.ts'
import { MOST_TURNS, NO_TURNS, hearTurn } from './turn.ts'
import type { TurnRule } from './turn.ts'

const RULE: TurnRule = { counts: (answering) => !answering, pick: (nlu) => nlu.confidence, guess: () => undefined }

/** Under this confidence of the bot's own, an answer counts as poor: the figure platforms settle on (60-70 %). */
export const POOR_BELOW = 0.6

/**
 * The bot is unsure what the customer wants, several turns in a row.
 * Law 1: a turn without a reported confidence neither counts nor breaks the row; an answer to a question of the flow
 * is no such turn. Law 2: a turn at or above `below` ends the row.
 */
export const lowConfidence = defineSignal({
  name: 'lowConfidence',
  title: 'Bot is unsure',
  doc: 'The bot reports a **confidence** under `below` for `times` turns in a row. '
    + '`signals.lowConfidence` counts the latest turns in a row under 0.6.',
  config: z.strictObject({
    signal: z.literal('lowConfidence'),
    below: z.number().min(0).max(1).default(POOR_BELOW),
    times: z.int().min(1).max(MOST_TURNS).default(2),
  }),
  fields: [
    {
      key: 'below', label: 'Confidence below', help: 'From 0 (a guess) to 1 (sure).',
      kind: 'number', min: 0, max: 1, step: 0.05,
    },
    {
      key: 'times', label: 'Turns in a row', help: 'How many unsure turns it takes.',
      kind: 'number', min: 1, max: MOST_TURNS, step: 1,
    },
  ],
  start: NO_TURNS,

  hear(state, heard) {
    return hearTurn(state, heard, RULE)
  },

  read({ figures }, config) {
    const lastSure = figures.findLastIndex((confidence) => confidence >= config.below)
    const unsure = figures.length - 1 - lastSure
    const latest = figures[figures.length - 1]
    const sentence = sentenceOf(unsure, latest, config.below)
    return { value: unsure, threshold: config.times, matched: unsure >= config.times, sentence }
  },
})

function sentenceOf(unsure: number, latest: number | undefined, below: number): string {
  if (latest === undefined) return 'the bot has not said how sure it is'
  if (unsure === 0) return `the bot is sure enough (${figure(latest)})`
  const row = unsure > 1 ? ' in a row' : ''
  return `the bot was unsure ${times(unsure)}${row} (confidence ${figure(latest)}, below ${figure(below)})`
}
