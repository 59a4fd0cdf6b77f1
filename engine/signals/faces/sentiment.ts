import { z } from 'zod'
import { MOST_TURNS } from '../turn.ts'
import { defineFace } from './face.ts'

export const sentimentFace = defineFace({
  name: 'sentiment',
  title: 'Unhappy customer',
  doc:
    'The customer’s **mood** is under `below` (from -1, awful, to 1, wonderful), or has fallen by `falling` within ' +
    'the last eight messages. `signals.sentiment` is the score of the latest message.',
  gives: 'number',
  config: z.strictObject({
    signal: z.literal('sentiment'),
    below: z.number().min(-1).max(1).default(-0.4),
    times: z.int().min(1).max(MOST_TURNS).default(1),
    falling: z.number().min(0.1).max(2).optional(),
  }),
  fields: [
    {
      key: 'below',
      label: 'Mood below',
      help: 'From -1 (awful) to 1 (wonderful).',
      kind: 'number',
      min: -1,
      max: 1,
      step: 0.1,
    },
    {
      key: 'times',
      label: 'Messages in a row',
      help: 'How many unhappy messages it takes.',
      kind: 'number',
      min: 1,
      max: MOST_TURNS,
      step: 1,
    },
    {
      key: 'falling',
      label: 'Or falls by',
      help: 'A worsening by this much matches too.',
      kind: 'number',
      min: 0.1,
      max: 2,
      step: 0.1,
    },
  ],
})
