/** What the server answers, as the screens read it. Times are ISO 8601 in UTC, durations milliseconds. */
import type {
  AgentName,
  Attachment,
  ConversationView,
  Fault,
  Json,
  LogEntry,
  Message,
  Schedule,
} from '#engine/index.ts'

/** A list of the API; `next` is the cursor of the following page. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

export interface FlowSummary {
  readonly id: string
  readonly name: string
  readonly etag: string
  /** The live version. */
  readonly published: number | null
  readonly updatedAt: string
  /** Set when the saved file cannot be read as a flow. */
  readonly broken?: { readonly file: string; readonly faults: readonly Fault[] }
}

/** A draft: `flow` is JSON of whatever shape, for the reader to judge. */
export interface FlowDraft {
  readonly flow: unknown
  readonly etag: string
  readonly published: number | null
}

export interface SavedFlow {
  readonly etag: string
  readonly published: number | null
}

export interface FlowVersion {
  readonly version: number
  readonly publishedAt: string
  readonly note?: string
  readonly live: boolean
}

export interface ConversationQuery {
  readonly phase?: string
  readonly team?: string
  readonly agent?: string
  readonly flow?: string
  readonly node?: string
  readonly q?: string
  readonly cursor?: string
  readonly limit?: number
}

type Shown<Item> = Item extends { readonly at: number } ? Omit<Item, 'at'> & { readonly at: string } : Item
export type ShownEntry = Shown<LogEntry>
export type ShownMessage = Shown<Message>
export type { Attachment, ConversationView }

export interface QueueView {
  readonly team: string
  readonly waiting: number
  readonly offered: number
  readonly longestWait: number | null
  /** What somebody who joins now is told as “about” and as “within”; null when nobody can say. */
  readonly eta: number | null
  readonly within: number | null
  /** How true it was over the last waits that a person ended: `share` ended within what was told. */
  readonly kept: { readonly over: number; readonly share: number | null; readonly medianError: number | null }
  readonly agents: { readonly online: number; readonly away: number; readonly capacity: number; readonly load: number }
}

export interface TeamView {
  readonly id: string
  readonly name: string
  /** A duration such as `30s`. */
  readonly offerFor?: string
  readonly routing?: 'leastLoaded' | 'longestIdle'
  /** The room that a conversation of a channel takes, where it is not 1. */
  readonly weights?: Readonly<Record<string, number>>
  readonly awayAfter?: number
}

export interface AgentView {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
  readonly skills: Readonly<Record<string, number>>
  readonly languages: readonly string[]
  readonly channels: readonly string[]
  readonly tiers: readonly string[]
  readonly capacity: number
  /** The bot that answers for this agent; a person when left out. */
  readonly bot?: string
  readonly presence: 'online' | 'away' | 'offline'
  /** Why they are away, where it was not they who said so. */
  readonly because?: 'missed'
  readonly load: number
}

/** What of an agent is set up, and not how they are now. */
export type AgentProfile = Omit<AgentView, 'presence' | 'because' | 'load'>

type Sending = 'none' | 'pending' | 'sent' | 'failed'

/** A promised answer. */
export interface TicketView {
  readonly id: string
  readonly conversation: string
  readonly subject: string
  readonly name: string | null
  readonly email: string | null
  readonly page: string | null
  /** In the customer's own words. */
  readonly brief: string
  /** One line. */
  readonly summary: string
  readonly language: string
  /** Null: whoever may. */
  readonly team: string | null
  readonly state: 'open' | 'taken' | 'resolved'
  /** Who has it, or had it last. */
  readonly agent: AgentName | null
  readonly createdAt: string
  readonly waitingSince: string
  /** By when an answer was promised. */
  readonly due: string
  readonly calledAt: string | null
  readonly takenAt: string | null
  readonly resolvedAt: string | null
  readonly mailTo: string | null
  readonly mail: Sending
  readonly webhook: Sending
}

/** A booked call. */
export interface CallbackView {
  readonly id: string
  readonly conversation: string
  readonly schedule: string
  readonly team: string | null
  readonly at: string
  readonly length: number
  readonly state: 'booked' | 'due' | 'kept' | 'missed' | 'ticket' | 'cancelled'
  readonly tries: number
  readonly customer: Readonly<Record<string, Json>>
  readonly bookedAt: string
  readonly ticket: string | null
}

export interface PromiseQuery {
  readonly state?: string
  readonly team?: string
  readonly cursor?: string
  readonly limit?: number
}

/** Who was offered a conversation and why, and why it waits now. */
export interface Routing {
  readonly decisions: readonly {
    readonly at: string
    readonly agent: AgentName
    readonly reason: string | null
    readonly skipped: readonly PassedOver[]
    readonly outcome: 'open' | 'accepted' | 'declined' | 'missed' | 'withdrawn'
  }[]
  /** Null when it waits for nobody. */
  readonly now: {
    readonly position: number
    readonly expected: number | null
    readonly within: number | null
    readonly fits: readonly { readonly agent: AgentName; readonly room: boolean; readonly why: string }[]
    readonly lacks: readonly PassedOver[]
  } | null
}

export interface PassedOver {
  readonly agent: AgentName
  readonly why: string
}

export type ScheduleView = Schedule & { readonly id: string; readonly name?: string }

/** Whom a key speaks for. */
export interface Self {
  readonly role: 'admin' | 'designer' | 'supervisor' | 'agent' | 'bot' | 'customer'
  readonly agent?: string
  /** The agent's name; without an agent, the key's. */
  readonly name?: string
  /** Who has signed in, where it is a person's session. */
  readonly user?: Person
}

/** Somebody who signs in. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email?: string
  readonly role: Exclude<Self['role'], 'bot' | 'customer'>
  readonly agent?: string
}

/** A conversation with what a desk's list says of it. */
export type DeskConversation = ConversationView & { readonly about: About }

export interface About {
  readonly customer: { readonly id: string | null; readonly name: string | null; readonly email: string | null }
  readonly summary: string
  /** Why it left the bot, as a sentence; null before it did. */
  readonly reason: string | null
  readonly language: string
  readonly channel: string
  readonly page: string | null
  readonly startedAt: string
  readonly last: { readonly from: ShownMessage['from']; readonly text: string; readonly at: string } | null
  readonly waitingSince: string | null
  /** The first answer of a person is due then; null once it was given, or none is promised. */
  readonly sla: { readonly due: string; readonly state: 'ok' | 'warned' | 'breached' } | null
  /** The customer spoke last. */
  readonly answerOwed: boolean
  readonly offer: { readonly agent: AgentName; readonly until: string; readonly reason?: string } | null
}

/** A text an agent may send; `because` says why a suggested one is suggested. */
export interface Reply {
  readonly id: string
  readonly source: 'canned' | 'package' | 'similar' | 'model'
  readonly title: string
  readonly text: string
  readonly because?: string
}

/** A text kept for all agents; `text` is Liquid, and so is not what is said but how. */
export interface CannedReply {
  readonly id: string
  readonly shortcut: string
  readonly title: string
  readonly text: string
  /** For these only; for all when empty. */
  readonly teams?: readonly string[]
}

export interface SignInLink {
  readonly url: string
  readonly key: string
  readonly expires: string
}
