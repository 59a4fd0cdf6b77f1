import { z } from '@hono/zod-openapi'
import { agentName, conversationView } from './conversation.ts'
import { isoTime } from './list.ts'
import { maybe } from './maybe.ts'

const about = z.object({
  customer: z.object({ name: z.string().nullable(), email: z.string().nullable(), id: z.string().nullable() }),
  summary: z.string().openapi({ description: 'One line.' }),
  reason: z.string().nullable().openapi({ description: 'Why it came to people; null before it did.' }),
  language: z.string(),
  channel: z.string(),
  page: z.string().nullable(),
  startedAt: isoTime,
  last: z.object({ from: z.enum(['bot', 'agent', 'customer', 'system']), text: z.string(), at: isoTime }).nullable(),
  waitingSince: isoTime.nullable().openapi({
    description: 'Since when the customer waits for a person’s first words; null when it does not.',
  }),
  sla: z
    .object({
      due: isoTime,
      state: z.enum(['ok', 'warned', 'breached']).openapi({ description: '`warned` when the time comes near.' }),
    })
    .nullable()
    .openapi({
      description: 'By when a person must have taken it, in business time, where the queue says so; null once one has.',
    }),
  answerOwed: z
    .boolean()
    .openapi({ description: 'Whether the customer waits for words of whoever has the conversation.' }),
  offer: z
    .object({ agent: agentName, until: isoTime, reason: maybe(z.string()) })
    .nullable()
    .openapi({ description: 'To whom it rings now, until when.' }),
})

export const deskConversation = conversationView.extend({ about }).openapi('DeskConversation')
