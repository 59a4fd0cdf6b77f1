import { z } from 'zod'
import { defineFace } from './face.ts'

export const botAskedFace = defineFace({
  name: 'botAsked',
  title: 'Bot asks for help',
  doc: 'The **bot itself asks** for a person. `signals.botAsked` is true until the customer’s next message.',
  gives: 'bool',
  config: z.strictObject({ signal: z.literal('botAsked') }),
  fields: [],
})
