import { z } from 'zod'
import { moodOf } from './language/mood.ts'
import { excerpt, figure, quote } from './sentence.ts'
import { defineSignal } from './signal.ts'
import { MOST_TURNS, NO_TURNS, hearTurn } from './turn.ts'
import type { TurnRule, Turns } from './turn.ts'

export interface SentimentState extends Turns {
  readonly said: string
}

const start: SentimentState = { ...NO_TURNS, said: '' }
const RULE: TurnRule = {
  counts: () => true,
  pick: (nlu) => nlu.sentiment,
  guess: (heard) => moodOf(heard.tokens, heard.text),
}

/**
 * The customer is unhappy, or grows so. The bot's figure wins over our own guess, see `language/mood.ts`.
 * Law 1: the score is that of the latest `times` messages, each below. Law 2: with `falling`, a fall of that much from
 * the best of the last eight messages to the latest, ending below 0, matches too.
 */
export const sentiment = defineSignal({
  name: 'sentiment',
  title: 'Unhappy customer',
  doc: 'The customer’s **mood** is under `below` (from -1, awful, to 1, wonderful), or has fallen by `falling` within '
    + 'the last eight messages. `signals.sentiment` is the score of the latest message.',
  config: z.strictObject({
    signal: z.literal('sentiment'),
    below: z.number().min(-1).max(1).default(-0.4),
    times: z.int().min(1).max(MOST_TURNS).default(1),
    falling: z.number().min(0.1).max(2).optional(),
  }),
  fields: [
    {
      key: 'below', label: 'Mood below', help: 'From -1 (awful) to 1 (wonderful).',
      kind: 'number', min: -1, max: 1, step: 0.1,
    },
    {
      key: 'times', label: 'Messages in a row', help: 'How many unhappy messages it takes.',
      kind: 'number', min: 1, max: MOST_TURNS, step: 1,
    },
    {
      key: 'falling', label: 'Or falls by', help: 'A worsening by this much matches too.',
      kind: 'number', min: 0.1, max: 2, step: 0.1,
    },
  ],
  start,

  hear(state: SentimentState, heard): SentimentState {
    const turns = hearTurn(state, heard, RULE)
    if (turns === state) return state
    const said = heard.type === 'customer.message' ? excerpt(heard.text) : state.said
    return { figures: turns.figures, turn: turns.turn, said }
  },

  read({ figures, said }, config) {
    const score = figures[figures.length - 1]
    if (score === undefined) return { value: 0, threshold: config.below, matched: false, sentence: 'nothing said yet' }
    const recent = figures.slice(-config.times)
    const unhappy = recent.length === config.times && recent.every((each) => each < config.below)
    const fall = Math.max(...figures) - score
    const fell = config.falling !== undefined && score < 0 && fall >= config.falling
    const sentence = unhappy
      ? `unhappy (${figure(score)}): ${quote(said)}`
      : fell ? `the mood fell by ${figure(fall)} to ${figure(score)}: ${quote(said)}` : `the mood is ${figure(score)}`
    return { value: score, threshold: config.below, matched: unhappy || fell, sentence }
  },
})
