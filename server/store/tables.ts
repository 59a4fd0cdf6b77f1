/** The tables of the migrations as Kysely sees them. Times are epoch milliseconds; documents are JSON as text. */
import type { ColumnType, Generated } from 'kysely'
import type { ErrandTables } from '../effects/tables.ts'
import type { IdentityTables } from '../identity/tables.ts'
import type { Presence, TeamPolicy } from '../runtime/runtime.ts'

export interface Tables extends ErrandTables, IdentityTables {
  readonly 'baton.conversations': ConversationRow
  readonly 'baton.queue': QueueRow
  readonly 'baton.log': LogRow
  readonly 'baton.keys': KeyRow
  readonly 'baton.agents': AgentRow
  readonly 'baton.teams': TeamRow
  readonly 'baton.schedules': ScheduleRow
  readonly 'baton.handoffs': HandoffRow
  readonly 'baton.dead_letters': DeadLetterRow
  readonly 'baton.attachments': AttachmentRow
  readonly 'baton.mails': MailRow
  readonly 'baton.erasures': ErasureRow
}

export interface ConversationRow {
  id: string
  flow: string
  flow_version: number
  version: number
  seq: number
  epoch: number
  snapshot: string
  phase: string
  state: string
  node: string
  owner: string
  channel: string
  language: string
  customer: string
  /** The customer's own id or address, by which earlier conversations are found. */
  customer_key: string | null
  started_at: number
  at: number
  /** Who holds it. */
  agent: string | null
  /** The queue it waits in, or came from. */
  team: string | null
  priority: number | null
  /** Null unless it waits for a person. */
  waiting_since: number | null
  /** The room it takes of whoever has it. */
  weight: Generated<number>
  offered_to: string | null
  offered_until: number | null
  next_due: number | null
  wake_at: number | null
  wake_earlier: boolean
  closed_at: number | null
  close_reason: string | null
}

/** Who waits for a person. */
export interface QueueRow {
  /** The conversation. */
  id: string
  team: string
  /** Overflow teams that time has opened besides. */
  teams: string[]
  priority: number
  waiting_since: number
  /** The place in the order: smaller goes first. */
  turn: number
  channel: string
  /** What the person must bring: `Asking` of `server/runtime/needs.ts`. */
  needs: string
  /** What the person must bring, alike for all who ask for the same; null unless it may be offered now. */
  needs_key: string | null
  weight: number
  offered: boolean
  /** When the last offer ended without a person. */
  asked_at: number | null
}

export interface LogRow {
  conversation: string
  /** The last entry's number; the first's is `first_seq`. */
  seq: number
  first_seq: number
  version: number
  at: number
  token: number
  entries: string
}

export interface KeyRow {
  conversation: string
  key: string
  body: string
  answer: string
  at: number
}

export interface AgentRow {
  id: string
  name: string
  teams: string[]
  skills: string
  languages: string[]
  channels: string[]
  tiers: string[]
  capacity: number
  /** The bot that answers for it; null: a person. */
  bot: string | null
  presence: Generated<Presence>
  /** Epoch ms; 0: they have not said anything yet. */
  presence_at: number
  /** Offers that passed unanswered, in a row. */
  missed: Generated<number>
  away_because: Generated<'missed' | null>
  /** Grows with every change of the profile. */
  saved: Generated<number>
}

export interface TeamRow {
  id: string
  name: string
  offer_for: string | null
  policy: TeamPolicy
  /** JSON: the room that a conversation of a channel takes, where it is not 1. */
  weights: ColumnType<Readonly<Record<string, number>>, string, string>
  /** Offers that an agent lets pass in a row before they are away; 0: never. */
  away_after: number
}
export interface ScheduleRow {
  id: string
  name: string | null
  schedule: string
}

export interface HandoffRow {
  id: Generated<number>
  conversation: string
  flow: string
  team: string
  reason: string
  signals: string[]
  waiting_since: number
  entered_at: number
  agent: string | null
  accepted_at: number | null
  left_at: number | null
  left_why: string | null
  finished_at: number | null
  /** As in the conversation's row, on joining. */
  needs: string | null
  priority: number | null
  channel: string | null
  weight: Generated<number>
  /** What was expected of the wait on joining, and the time in which nine of ten are served; null: nobody could say. */
  expected: number | null
  within: number | null
  /** What `within` was stretched by. */
  stretch: Generated<number>
  /** Until when the agent wraps it up and keeps the room it took. */
  wrap_until: number | null
}

export interface AttachmentRow {
  conversation: string
  id: string
  name: string
  type: string
  size: number
  /** SHA-256 of the bytes, in base64url. */
  hash: string
  sender: 'customer' | 'staff'
  at: number
  bytes: Buffer
}

export interface MailRow {
  id: string
  conversation: string
  kind: string
  recipient: string
  reply_to: string | null
  subject: string
  body: string
  html: string | null
  language: string
  at: number
  state: 'pending' | 'sent' | 'failed'
  tries: number
  error: string | null
}

export interface DeadLetterRow {
  id: string
  conversation: string
  type: string
  attempts: number
  error: string
  effect: string
  at: number
  /** Of the owner when the effect was decided; null of a mail, and of one that was listed by an older server. */
  epoch: number | null
  /** When a person set it aside. */
  aside_at: Generated<number | null>
}

/** Whose conversations were erased, without saying who. */
export interface ErasureRow {
  id: Generated<number>
  customer: string
  at: number
  conversations: number
  /** JSON: how many rows went, by table. */
  rows: ColumnType<Readonly<Record<string, number>>, string, string>
}
