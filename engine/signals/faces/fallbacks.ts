import { z } from 'zod'
import { defineFace } from './face.ts'

export const fallbacksFace = defineFace({
  name: 'fallbacks',
  title: 'No answer',
  doc: 'The bot marked `times` messages as a **fallback**: it had no answer. `signals.fallbacks` is their count.',
  gives: 'number',
  config: z.strictObject({ signal: z.literal('fallbacks'), times: z.int().min(1).max(100).default(2) }),
  fields: [
    {
      key: 'times',
      label: 'Fallbacks',
      help: 'How often the bot had no answer.',
      kind: 'number',
      min: 1,
      max: 100,
      step: 1,
    },
  ],
})
