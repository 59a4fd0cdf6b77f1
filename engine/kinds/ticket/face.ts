import { z } from 'zod'
import { listOf, positiveDuration, text } from '../../flow/values.ts'
import { defineFace, textsAt } from '../face.ts'

const fields = ['name', 'email', 'brief'] as const
export type FieldName = (typeof fields)[number]
const data = z.strictObject({
  text,
  collect: listOf(z.enum(fields)).default(fields),
  to: z
    .strictObject({
      email: z.email('must be an email address').optional(),
      webhook: z.url({ protocol: /^https?$/, error: 'must be a web address' }).optional(),
    })
    .optional(),
  replyWithin: positiveDuration,
})
export type Data = z.infer<typeof data>

export const ticketFace = defineFace({
  name: 'ticket',
  phase: 'queued',
  title: 'Ticket',
  doc: 'A promise instead of a wait: asks only for what is missing, sends everything known, and says when the answer comes.',
  data,
  form: [
    { path: 'text', label: 'Message', type: 'template', help: 'Say when the answer comes: {{ hours.opens }}' },
    { path: 'collect', label: 'Ask for, if missing', type: 'collect', options: fields },
    { path: 'to', label: 'Send to', type: 'to' },
    { path: 'replyWithin', label: 'We reply within', type: 'duration' },
  ],
  initial: { text: 'We will answer you by email{% if hours.opens %} {{ hours.opens }}{% endif %}.', replyWithin: '1d' },
  outlets: () => [
    { id: 'created', label: 'created', need: 'required' },
    { id: 'failed', label: 'failed', need: 'optional', otherwise: 'the bot goes on, and says so' },
  ],
  sentence: (ticket) => `Leave a message; we reply within ${ticket.replyWithin}`,
  texts: (ticket) => textsAt(ticket, 'text'),
})
