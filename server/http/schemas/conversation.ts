import { z } from '@hono/zod-openapi'
import {
  outsideEvents,
  outsideTypes,
  phases,
  type HandoffPackage,
  type LogEntry,
  type Message,
  type OutsideEvent,
  type Snapshot,
} from '#engine/index.ts'
import { attachment } from './attachment.ts'
import { isoTime, PRINTABLE } from './list.ts'
import { documentOf, maybe } from './maybe.ts'

const names = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,99}$/,
    'must begin with a letter or digit and hold only those, “_”, “-”, “.”, “:” and “@” (100 at most)',
  )
/** In characters of JSON: they are written with each event of the conversation. */
const LARGEST_VALUES = 100_000
const values = z
  .record(z.string().min(1).max(200), z.json())
  .refine((all) => JSON.stringify(all).length <= LARGEST_VALUES, 'must be 100000 characters of JSON at most')

/** `POST /v1/conversations`. */
export const openBody = z
  .strictObject({
    flow: names.openapi({ description: 'The id of a flow with a published version.', example: 'support' }),
    id: maybe(names).openapi({ description: 'Chosen by the caller; made when left out.', example: 'chat-42' }),
    channel: maybe(names).openapi({ description: '`web` when left out.', example: 'web' }),
    language: maybe(z.string().min(2).max(35)).openapi({ example: 'en' }),
    page: maybe(z.string().max(2_000)).openapi({
      description: 'Where the customer is.',
      example: 'https://example.com/pricing',
    }),
    customer: maybe(values).openapi({
      type: 'object',
      additionalProperties: true,
      description: 'What is known of the customer.',
      example: { name: 'Ada', email: 'ada@example.com', tier: 'gold' },
    }),
    variables: maybe(values).openapi({
      type: 'object',
      additionalProperties: true,
      description: 'Variables of the flow that are known already.',
      example: { orderNumber: '10042' },
    }),
  })
  .openapi('Open')

export const agentName = z.object({ id: z.string(), name: z.string() })
const quickReply = z.object({ id: z.string(), label: z.string(), url: maybe(z.string()) })
const input = z.object({
  node: z.string(),
  as: z.enum(['text', 'number', 'email', 'phone', 'date', 'yesno', 'choice', 'score']),
  choices: maybe(z.array(quickReply).readonly()),
  score: maybe(z.int()).openapi({
    description:
      'Given before the comment that is asked for now: sent as `survey.answer`, it is an answer without one.',
  }),
})

export const message = z
  .object({
    seq: z.int().openapi({ description: 'Its place in the log.' }),
    at: isoTime,
    from: z.enum(['bot', 'agent', 'customer', 'system']),
    text: z.string(),
    quickReplies: maybe(z.array(quickReply).readonly()),
    input: maybe(input),
    agent: maybe(agentName),
    attachments: maybe(z.array(attachment).readonly()),
  })
  .openapi('Message')

export const conversationView = z
  .object({
    id: z.string(),
    flow: z.object({ id: z.string(), version: z.int() }),
    phase: z.enum(phases),
    state: z.string().openapi({ description: '`<phase>.<node>`.', example: 'queued.billing' }),
    owner: z.string().openapi({ description: '`bot`, `queue` or `agent:<id>`.', example: 'agent:anna' }),
    version: z.int().openapi({ description: 'Accepted events; the ETag.' }),
    expects: z
      .array(z.enum(outsideTypes))
      .readonly()
      .openapi({ description: 'The events that the present state takes.' }),
    input: maybe(input).openapi({ description: 'How the customer may answer, while a node asks.' }),
    queue: maybe(
      z.object({
        team: z.string(),
        position: z.int().nullable(),
        eta: z
          .number()
          .nullable()
          .openapi({ description: 'About how long it takes: milliseconds; null when nobody can say.' }),
        within: z
          .number()
          .nullable()
          .openapi({ description: 'The time in which nine of ten are served: milliseconds; null if nobody can say.' }),
        waitingSince: isoTime,
        priority: maybe(z.number()).openapi({ description: 'Not shown to customers.' }),
        offeredTo: maybe(z.string()).openapi({ description: 'Not shown to customers.' }),
        offeredUntil: maybe(isoTime).openapi({ description: 'Shown to the staff only.' }),
        mayLeave: maybe(z.literal(true)).openapi({
          description: '`customer.left` leads on, for who does not want to wait.',
        }),
      }),
    ),
    agent: maybe(agentName),
    closed: maybe(z.object({ at: isoTime, reason: z.string() })),
  })
  .openapi('Conversation')

export const advance = z
  .object({
    conversation: conversationView,
    messages: z.array(message).readonly().openapi({ description: 'What this event produced for the customer.' }),
    botMayReply: z.boolean().openapi({ description: 'Whether a bot may speak to the customer now.' }),
  })
  .openapi('Advance')

export const opened = advance
  .extend({ customerToken: z.string().openapi({ description: 'The customer’s key to this one conversation.' }) })
  .openapi('Opened')

/** The engine reads events itself, by their type, so that each is checked once and its faults are its own. */
export const eventBody = documentOf<OutsideEvent>().openapi('Event', {
  type: 'object',
  // A JSON Schema of draft 2020-12 is a schema of OpenAPI 3.1; the two packages only name the type differently.
  oneOf: Object.values(outsideEvents).map((event) => z.toJSONSchema(event, { io: 'input' }) as Record<string, unknown>),
  discriminator: { propertyName: 'type' },
  example: { type: 'customer.message', text: 'Where is my order?', nlu: { intent: 'order_status', confidence: 0.92 } },
})

export const handoffPackage = documentOf<ShownHandoff>().openapi('HandoffPackage', {
  type: 'object',
  description:
    'What whoever takes over needs: transcript, summary, reason, intents, entities, sentiment, customer, variables, ' +
    'attempted, suggestedResolution, page, channel, language, priority, waitingSince.',
})

export const snapshot = documentOf<Snapshot>().openapi('Snapshot', {
  type: 'object',
  description: 'The engine’s own, exactly as it is stored; its times are epoch milliseconds.',
})

/** The package with its times in ISO 8601. */
export type ShownHandoff = {
  readonly [Name in keyof HandoffPackage]: HandoffPackage[Name] extends readonly (infer Item)[]
    ? readonly Shown<Item>[]
    : HandoffPackage[Name]
}
type Shown<Item> = Item extends { readonly at: number } ? Omit<Item, 'at'> & { readonly at: string } : Item

/** `at` in ISO 8601; what lies deeper (`event`, `effect`) is exactly as it was logged. */
export type ShownEntry = Shown<LogEntry>
export type ShownMessage = Shown<Message>

export const logEntry = documentOf<ShownEntry>().openapi('LogEntry', {
  type: 'object',
  description:
    '`kind` is `event`, `message`, `moved`, `note` or `effect`; `seq` counts up by one over the whole conversation.',
  example: { seq: 7, at: '2026-11-21T08:00:00.000Z', kind: 'moved', from: 'bot.listen', to: 'queued.billing' },
})

const count = (largest: number) => z.coerce.number().int().min(1).max(largest).openapi({ type: 'integer' })
const word = z.string().min(1).max(200).regex(PRINTABLE, 'must not hold control characters')

export const listQuery = z.strictObject({
  phase: maybe(z.enum(phases)),
  team: maybe(word),
  agent: maybe(word),
  flow: maybe(word),
  node: maybe(word),
  q: maybe(word).openapi({ description: 'Words of the transcript or of the customer.' }),
  cursor: maybe(word.max(1_000)).openapi({ description: '`next` of the page before.' }),
  limit: maybe(count(200)),
})

const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).openapi({ type: 'integer' })
export const logQuery = z.strictObject({
  after: maybe(seq).openapi({ description: 'Entries after this `seq`.' }),
  limit: maybe(count(1_000)),
})
export const snapshotQuery = z.strictObject({
  at: maybe(seq).openapi({ description: 'As it was after this entry of the log; now when left out.' }),
})
export const streamQuery = z.strictObject({
  after: maybe(seq).openapi({ description: 'Entries after this `seq`; the header `Last-Event-ID` wins.' }),
})
