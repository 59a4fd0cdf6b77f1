import { z } from 'zod'
import { choice, distinct, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'
import { readable } from '../phrase.ts'

export const sayFace = defineFace({
  name: 'say',
  phase: 'bot',
  title: 'Say',
  doc: 'Sends a message, with quick replies if you like, and goes on at once.',
  data: z.strictObject({ text, quickReplies: distinct(choice).optional() }),
  form: [
    { path: 'text', label: 'Message', type: 'template' },
    {
      path: 'quickReplies',
      label: 'Quick replies',
      type: 'choices',
      help: 'Buttons under the message; the answer goes to the next node that listens.',
    },
  ],
  initial: { text: 'Hello! How can I help?' },
  outlets: () => [{ id: 'next', label: 'then', need: 'required' }],
  sentence: (data) => `Say “${readable(data.text)}”`,
  texts: (data) => textsAt(data, 'text'),
})
