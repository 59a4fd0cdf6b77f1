import { z } from 'zod'
import { MOST_TURNS } from '../turn.ts'
import { defineFace } from './face.ts'

/** Under this confidence of the bot's own, an answer counts as poor: the figure platforms settle on (60-70 %). */
export const POOR_BELOW = 0.6

export const lowConfidenceFace = defineFace({
  name: 'lowConfidence',
  title: 'Bot is unsure',
  doc:
    'The bot reports a **confidence** under `below` for `times` turns in a row. ' +
    '`signals.lowConfidence` counts the latest turns in a row under 0.6.',
  gives: 'number',
  config: z.strictObject({
    signal: z.literal('lowConfidence'),
    below: z.number().min(0).max(1).default(POOR_BELOW),
    times: z.int().min(1).max(MOST_TURNS).default(2),
  }),
  fields: [
    {
      key: 'below',
      label: 'Confidence below',
      help: 'From 0 (a guess) to 1 (sure).',
      kind: 'number',
      min: 0,
      max: 1,
      step: 0.05,
    },
    {
      key: 'times',
      label: 'Turns in a row',
      help: 'How many unsure turns it takes.',
      kind: 'number',
      min: 1,
      max: MOST_TURNS,
      step: 1,
    },
  ],
})
