import { z } from 'zod'
import { defineFace } from './face.ts'

export const MOST_MESSAGES = 5

export const shoutingFace = defineFace({
  name: 'shouting',
  title: 'Writes in capitals',
  doc:
    'At least the share `above` of the letters is **capitals**, for `times` messages in a row. ' +
    '`signals.shouting` is the share in the latest message that tells, 0 to 1.',
  gives: 'number',
  config: z.strictObject({
    signal: z.literal('shouting'),
    above: z.number().min(0.1).max(1).default(0.7),
    times: z.int().min(1).max(MOST_MESSAGES).default(1),
  }),
  fields: [
    {
      key: 'above',
      label: 'Share of capitals',
      help: 'From 0.1 (a tenth of the letters) to 1 (all).',
      kind: 'number',
      min: 0.1,
      max: 1,
      step: 0.05,
    },
    {
      key: 'times',
      label: 'Messages in a row',
      help: 'How many such messages it takes.',
      kind: 'number',
      min: 1,
      max: MOST_MESSAGES,
      step: 1,
    },
  ],
})
