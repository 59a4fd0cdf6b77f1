/**
 * What can happen to a conversation. `outsideEvent` is what customers, bots and agents may send; `ServerEvent` is what
 * only the server itself may say: time, the queue's offers and the results of effects.
 */
import { z } from 'zod'
import { LIMITS, type Json } from '../flow/values.ts'

const spoken = z
  .string()
  .min(1, 'must say something')
  .max(LIMITS.textLength, `must be ${LIMITS.textLength} characters at most`)
/** What a message with files may say: nothing, when the files say it. */
const besideFiles = z.string().max(LIMITS.textLength, `must be ${LIMITS.textLength} characters at most`)
const label = z.string().min(1, 'must not be empty').max(200, 'must be 200 characters at most')

/** Of one entity, as JSON: fifty are kept with the conversation (`step/memory.ts`) and written with each event. */
const LARGEST_ENTITY = 2_000
const entity = z
  .json()
  .refine((value) => JSON.stringify(value).length <= LARGEST_ENTITY, 'must be 2000 characters of JSON at most')

/** What a bot (or the caller's language understanding) reports of a customer's message. */
export const nlu = z.strictObject({
  intent: label.optional(),
  confidence: z.number().min(0).max(1).optional(),
  sentiment: z.number().min(-1).max(1).optional(),
  entities: z.record(label, entity).optional(),
  language: z.string().min(2).max(35).optional(),
})
export type Nlu = z.infer<typeof nlu>

const agentId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,99}$/,
    'must be an agent’s id: letters, digits, “_”, “-”, “.” and “@” (100 at most)',
  )
const teamId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be a team’s id: letters, digits, “_”, “-” and “.” (100 at most)')

/** A file that was sent with a message. Its bytes are kept apart, under the conversation and this id. */
export const attachment = z.strictObject({
  id: label,
  name: z.string().min(1).max(300),
  type: label,
  /** Bytes. */
  size: z.number().int().min(0),
})
export type Attachment = z.infer<typeof attachment>

const attachments = z
  .array(attachment)
  .min(1, 'must hold a file; leave it out')
  .max(10, 'must hold 10 files at most')
  .optional()

/** A message says something or brings something. */
function saysSomething({
  text,
  attachments,
}: {
  readonly text: string
  readonly attachments?: readonly Attachment[] | undefined
}): boolean {
  return text !== '' || attachments !== undefined
}
const SILENT = { path: ['text'], message: 'must say something' }

/** Who sends an event: decides what it may say. */
export type Speaker = 'customer' | 'bot' | 'agent'

/** Every event from outside, one schema each; the part before the dot says who may send it. */
export const outsideEvents = {
  'customer.message': z
    .strictObject({
      type: z.literal('customer.message'),
      text: besideFiles,
      choice: label.optional(),
      nlu: nlu.optional(),
      attachments,
    })
    .refine(saysSomething, SILENT),
  'customer.left': z.strictObject({ type: z.literal('customer.left') }),
  'customer.returned': z.strictObject({ type: z.literal('customer.returned') }),
  'bot.message': z.strictObject({
    type: z.literal('bot.message'),
    text: spoken,
    nlu: nlu.optional(),
    fallback: z.boolean().optional(),
    suggestedResolution: z.string().max(2_000).optional(),
  }),
  'bot.intent': z.strictObject({ type: z.literal('bot.intent'), intent: label }),
  'bot.done': z.strictObject({ type: z.literal('bot.done') }),
  'bot.failed': z.strictObject({ type: z.literal('bot.failed') }),
  'bot.escalate': z.strictObject({
    type: z.literal('bot.escalate'),
    reason: spoken,
    summary: z.string().max(2_000).optional(),
  }),
  'agent.accept': z.strictObject({ type: z.literal('agent.accept'), agent: agentId }),
  'agent.decline': z.strictObject({ type: z.literal('agent.decline'), agent: agentId.optional() }),
  'agent.message': z
    .strictObject({ type: z.literal('agent.message'), text: besideFiles, attachments })
    .refine(saysSomething, SILENT),
  'agent.note': z.strictObject({ type: z.literal('agent.note'), text: spoken }),
  'agent.transfer': z.union([
    z.strictObject({ type: z.literal('agent.transfer'), team: teamId, note: z.string().max(2_000).optional() }),
    z.strictObject({ type: z.literal('agent.transfer'), agent: agentId, note: z.string().max(2_000).optional() }),
  ]),
  'agent.handback': z.strictObject({ type: z.literal('agent.handback'), note: z.string().max(2_000).optional() }),
  'agent.resolve': z.strictObject({ type: z.literal('agent.resolve'), resolution: z.string().max(2_000) }),
  'survey.answer': z.strictObject({
    type: z.literal('survey.answer'),
    score: z.number().int().min(0).max(10),
    comment: z.string().max(2_000).optional(),
  }),
} as const

export type OutsideType = keyof typeof outsideEvents
export type OutsideEvent = { [Type in OutsideType]: z.infer<(typeof outsideEvents)[Type]> }[OutsideType]

/** Every type an outside event may have, in the contract's order. */
// Object.keys widens to string[]; the object is literal and frozen by `as const`.
export const outsideTypes = Object.keys(outsideEvents) as readonly OutsideType[]

export function isOutsideType(type: string): type is OutsideType {
  return Object.hasOwn(outsideEvents, type)
}

/**
 * An agent as a conversation knows one. `bot`: it is no person but the bot of that name, which has a place of its own in
 * a team and is offered conversations like everybody else.
 */
export interface AgentName {
  readonly id: string
  readonly name: string
  readonly bot?: string
}

/** Who was passed over for an offer, and why: "declined", "full, 3 of 3", "lacks Spanish 4 (has 2)". */
export interface PassedOver {
  readonly agent: AgentName
  readonly why: string
}

/** Who helped this customer last, and whether they are online now. */
export interface LastAgent extends AgentName {
  readonly online: boolean
}

/** How a conversation begins; `at` in API.md's `POST /v1/conversations`. */
export interface Opening {
  readonly id: string
  readonly channel?: string
  readonly language?: string
  readonly page?: string
  readonly customer?: Readonly<Record<string, Json>>
  readonly variables?: Readonly<Record<string, Json>>
}

/**
 * What only the server may say.
 * - `conversation.started`: the first event of every log.
 * - `timer`: the deadline `id` of generation `gen` has come; a stale one changes nothing.
 * - `offer.made`, `offer.ended`: the queue offers the conversation to an agent until a time (epoch ms), and takes the offer back.
 *   `reason` says why this agent, `skipped` why not others.
 * - `effect.done`: the effect `effect` has ended; `value` is what it brought, `error` why it failed.
 * - `agent.gone`: the agent who holds the conversation went offline; or is a bot that fails or asks for a person, then
 *   `note` is what it leaves for the next.
 * - `customer.identified`: who the customer is, proved by a signature; `customer.id` is set and stays.
 * - `conversation.migrated`: it leaves the version `from` of its flow for `version`, which was proved to fit (`migration/`).
 * - `promise.told`: the customer is told how their ticket or callback `id` stands.
 * - `promise.due`: the ticket or callback `id` is taken up: the conversation, ended or not, enters its queue at the place
 *   that it has kept since `since`; with `agent`, that agent takes it there at once.
 */
export type ServerEvent =
  | ({ readonly type: 'conversation.started' } & { readonly opening: Opening })
  | { readonly type: 'timer'; readonly id: string; readonly gen: number }
  | {
      readonly type: 'offer.made'
      readonly agent: AgentName
      readonly until: number
      readonly reason?: string
      readonly skipped?: readonly PassedOver[]
    }
  | { readonly type: 'offer.ended'; readonly agent: string; readonly why: 'declined' | 'expired' | 'vanished' }
  | {
      readonly type: 'effect.done'
      readonly effect: string
      readonly ok: boolean
      readonly value?: Json
      readonly error?: string
    }
  | { readonly type: 'agent.gone'; readonly agent: string; readonly note?: string }
  | { readonly type: 'customer.identified'; readonly customer: Readonly<Record<string, Json>> }
  | { readonly type: 'conversation.migrated'; readonly from: number; readonly version: number }
  | ({ readonly type: 'promise.told' } & Told)
  | {
      readonly type: 'promise.due'
      readonly promise: 'ticket' | 'callback'
      readonly id: string
      readonly since: number
      readonly priority: number
      readonly agent?: string
    }

/**
 * How a promise stands. `ready`: somebody is there now, and the place kept since `since` is the customer's when they come
 * back. `soon`: the call is at `at`, and `team` makes it. `broken`: nobody made the call, and a ticket took its place.
 */
export type Told =
  | { readonly what: 'ready'; readonly id: string; readonly since: number }
  | { readonly what: 'soon'; readonly id: string; readonly at: number; readonly team?: string }
  | { readonly what: 'broken'; readonly id: string }

export const serverTypes = [
  'conversation.started',
  'timer',
  'offer.made',
  'offer.ended',
  'effect.done',
  'agent.gone',
  'customer.identified',
  'conversation.migrated',
  'promise.told',
  'promise.due',
] as const satisfies readonly ServerEvent['type'][]

/**
 * A queue as one conversation sees it, with its own needs. `eta` (expected: told as “about”) and `within` (the time in
 * which nine of ten are served: told as “within”) are milliseconds, null when nobody can say. `online`: agents of the
 * team; `waiting`: conversations that wait for it now, this one left out.
 */
export interface QueueFacts {
  readonly position: number
  readonly eta: number | null
  readonly within: number | null
  readonly online: number
  readonly waiting: number
}

/** A saved schedule at this moment. `opens` is the next opening as epoch ms, null when it never opens. */
export interface HoursFacts {
  readonly open: boolean
  readonly opens: number | null
  readonly timezone: string
}

/**
 * What the engine cannot know by itself. The server supplies it with the event, on demand: `step` names what it missed in
 * `wants`, and is run again. It is logged with the event, so that a replay sees the same world.
 */
export interface Facts {
  readonly queues?: Readonly<Record<string, QueueFacts>>
  readonly hours?: Readonly<Record<string, HoursFacts>>
  /** Bookable times (epoch ms) by schedule. */
  readonly slots?: Readonly<Record<string, readonly number[]>>
  /** Times (epoch ms) that are booked, by calendar: a saved schedule's id, or `<flow>.<node>` of one written in a node. */
  readonly booked?: Readonly<Record<string, readonly number[]>>
  /** The name of an agent who accepts. */
  readonly agents?: Readonly<Record<string, AgentName>>
  /** Who helped this customer last; null: nobody yet. */
  readonly last?: LastAgent | null
  /**
   * When so much business time is over (epoch ms), by `<schedule>:<from, epoch ms>:<length, ms>`; null when the schedule
   * never opens for so long.
   */
  readonly due?: Readonly<Record<string, number | null>>
}

export type ConversationEvent = (OutsideEvent | ServerEvent) & {
  readonly facts?: Facts
  /** Which agent sends an `agent.*` event, when the caller's key says so. */
  readonly by?: string
  /** Set where an `agent.note` comes from somebody who does not hold the conversation: who it is, null when nobody can say. */
  readonly whisper?: AgentName | null
}
