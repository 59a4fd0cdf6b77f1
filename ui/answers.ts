/** What the server answers, as the screens read it. Times are ISO 8601 in UTC, durations milliseconds. */
import type { ConversationView, Fault, LogEntry, Message, Schedule } from '#engine/index.ts'

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
export type { ConversationView }

export interface QueueView {
  readonly team: string
  readonly waiting: number
  readonly offered: number
  readonly longestWait: number | null
  readonly eta: number | null
  readonly agents: { readonly online: number; readonly away: number; readonly capacity: number; readonly load: number }
}

export interface TeamView {
  readonly id: string
  readonly name: string
  readonly offerFor?: string
}

export interface AgentView {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
  readonly skills: Readonly<Record<string, number>>
  readonly languages: readonly string[]
  readonly channels: readonly string[]
  readonly capacity: number
  readonly presence: 'online' | 'away' | 'offline'
  readonly load: number
}

export type ScheduleView = Schedule & { readonly id: string; readonly name?: string }

/** Whom a key speaks for. */
export interface Self {
  readonly role: 'admin' | 'designer' | 'supervisor' | 'agent' | 'bot' | 'customer'
  readonly agent?: string
}
