import { z } from 'zod'
import { defineFace } from './face.ts'

export const MOST_QUESTIONS = 8

export const loopFace = defineFace({
  name: 'loop',
  title: 'Same question again',
  doc:
    'The customer asks the **same question** `times` times, reworded or not, within the last eight questions. ' +
    '`signals.loop` counts how often the latest question was asked.',
  gives: 'number',
  config: z.strictObject({ signal: z.literal('loop'), times: z.int().min(2).max(MOST_QUESTIONS).default(3) }),
  fields: [
    {
      key: 'times',
      label: 'Times asked',
      help: 'How often the same question comes, the first time included.',
      kind: 'number',
      min: 2,
      max: MOST_QUESTIONS,
      step: 1,
    },
  ],
})
