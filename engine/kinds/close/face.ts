import { z } from 'zod'
import { name, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'

export const closeFace = defineFace({
  name: 'close',
  phase: 'closed',
  title: 'Close',
  doc: 'Ends the conversation, with a reason for your figures.',
  data: z.strictObject({ text: text.optional(), reason: name.optional() }),
  form: [
    { path: 'text', label: 'Last message', type: 'template' },
    { path: 'reason', label: 'Reason', type: 'line' },
  ],
  initial: { text: 'Thank you, and goodbye.', reason: 'resolved' },
  outlets: () => [],
  sentence: (close) => `Ends${close.reason === undefined ? '' : ` as ${close.reason}`}`,
  texts: (close) => textsAt(close, 'text'),
})
