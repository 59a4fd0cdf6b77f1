import { z } from 'zod'
import { defineFace } from './face.ts'

export const turnsFace = defineFace({
  name: 'turns',
  title: 'Many turns',
  doc: 'The customer has written **more than** `over` messages to the bot. `signals.turns` is their count.',
  gives: 'number',
  config: z.strictObject({ signal: z.literal('turns'), over: z.int().min(1).max(1000).default(12) }),
  fields: [
    {
      key: 'over',
      label: 'More messages than',
      help: 'Messages of the customer to the bot.',
      kind: 'number',
      min: 1,
      max: 1000,
      step: 1,
    },
  ],
})
