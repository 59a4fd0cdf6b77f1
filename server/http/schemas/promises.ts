import { z } from '@hono/zod-openapi'
import { outsideEvents } from '#engine/index.ts'
import { callbackStates, ticketStates } from '#server/promises/promises.ts'
import { agentName, message } from './conversation.ts'
import { isoTime } from './list.ts'
import { maybe } from './maybe.ts'

// Spelled out for the documents: the generator does not end on values within values.
const values = z
  .record(z.string(), z.json())
  .openapi({ type: 'object', additionalProperties: true, example: { name: 'Ada', tier: 'gold' } })
const limit = z.coerce.number().int().min(1).max(200).openapi({ type: 'integer' })
const cursor = z.string().min(1).max(1_000).openapi({ description: '`next` of the page before.' })
const team = outsideEvents['agent.transfer'].options[0].shape.team.clone()
const agent = outsideEvents['agent.accept'].shape.agent.clone()

export const ticketQuery = z.strictObject({
  state: maybe(z.enum(ticketStates)).openapi({ description: 'Those that are not resolved when left out.' }),
  team: maybe(team),
  agent: maybe(agent),
  cursor: maybe(cursor),
  limit: maybe(limit),
})

export const callbackQuery = z.strictObject({
  state: maybe(z.enum(callbackStates)).openapi({ description: 'Those that are still to come when left out.' }),
  team: maybe(team),
  cursor: maybe(cursor),
  limit: maybe(limit),
})

/** `POST /v1/tickets/{id}/take`. */
export const takeBody = z
  .strictObject({ agent: maybe(agent).openapi({ description: 'Needed of whoever is no agent.' }) })
  .openapi('TakeTicket')

const sending = z
  .enum(['none', 'pending', 'sent', 'failed'])
  .openapi({ description: '`none`: not asked for; `failed`: given up, see GET /v1/dead-letters.' })

export const ticketView = z
  .object({
    id: z.string(),
    conversation: z.string(),
    subject: z.string().openapi({ example: 'Chat escalation from /orders - refund' }),
    name: z.string().nullable(),
    email: z.string().nullable(),
    page: z.string().nullable(),
    brief: z.string().openapi({ description: 'In the customer’s own words.' }),
    summary: z.string().openapi({ description: 'One line.' }),
    language: z.string(),
    team: z.string().nullable().openapi({ description: 'Who answers it; null: whoever may.' }),
    state: z.enum(ticketStates),
    agent: agentName.nullable().openapi({ description: 'Who has it, or had it last.' }),
    createdAt: isoTime,
    waitingSince: isoTime.openapi({ description: 'Since when the customer waits; coming back takes up this place.' }),
    due: isoTime.openapi({ description: 'By when an answer was promised.' }),
    calledAt: isoTime.nullable().openapi({ description: 'When the customer was told that somebody is there now.' }),
    takenAt: isoTime.nullable(),
    resolvedAt: isoTime.nullable(),
    mailTo: z.string().nullable(),
    mail: sending,
    webhook: sending,
  })
  .openapi('Ticket')

export const wholeTicket = ticketView
  .extend({
    transcript: z.array(message).readonly().openapi({ description: 'Word for word, as when it was written.' }),
    profile: values,
  })
  .openapi('WholeTicket')

export const callbackView = z
  .object({
    id: z.string(),
    conversation: z.string(),
    schedule: z.string(),
    team: z.string().nullable(),
    at: isoTime,
    length: z.int().openapi({ description: 'Milliseconds.' }),
    state: z.enum(callbackStates).openapi({
      description:
        '`due`: it waits for an agent now; `missed`: it is offered once more, or becomes a ticket; `ticket`: ' +
        'it became one.',
    }),
    tries: z.int(),
    customer: values,
    bookedAt: isoTime,
    ticket: z.string().nullable().openapi({ description: 'The ticket that it became.' }),
  })
  .openapi('Callback')
