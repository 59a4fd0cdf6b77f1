import { z } from 'zod'
import { defineFace } from './face.ts'

export const MOST_QUESTIONS = 8

export const shrinkingFace = defineFace({
  name: 'shrinking',
  title: 'Shorter and shorter',
  doc:
    '`times` questions in a row are each **shorter** than the one before, the last at most half as long as the ' +
    'first. `signals.shrinking` counts the latest questions in such a row.',
  gives: 'number',
  config: z.strictObject({ signal: z.literal('shrinking'), times: z.int().min(3).max(MOST_QUESTIONS).default(3) }),
  fields: [
    {
      key: 'times',
      label: 'Questions in a row',
      help: 'How many questions, each shorter than the one before.',
      kind: 'number',
      min: 3,
      max: MOST_QUESTIONS,
      step: 1,
    },
  ],
})
