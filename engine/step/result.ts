import type { WayOut } from '../compile/config.ts'
import type { AgentName, Attachment, ConversationEvent, OutsideType } from '../conversation/events.ts'
import type { Reason, Snapshot } from './snapshot.ts'
import type { Effect, ExpectedInput, QuickReply } from './effect.ts'
import type { Timer } from './timer.ts'

/** A text of the transcript. `from: "customer"` is the customer's own. */
export interface Message {
  readonly seq: number
  readonly at: number
  readonly from: 'bot' | 'agent' | 'customer' | 'system'
  readonly text: string
  readonly quickReplies?: readonly QuickReply[]
  readonly input?: ExpectedInput
  readonly agent?: AgentName
  readonly attachments?: readonly Attachment[]
}

/**
 * What a log holds, in order; `seq` counts up by one over the whole conversation. `event` is what happened, `message`
 * what the transcript shows, `moved` what it did to the statechart, `note` what only people at the desk read (`whisper`:
 * from `by`, who does not hold the conversation).
 */
export type LogEntry =
  | { readonly seq: number; readonly at: number; readonly kind: 'event'; readonly event: ConversationEvent }
  | ({ readonly kind: 'message' } & Message)
  | {
      readonly seq: number
      readonly at: number
      readonly kind: 'moved'
      readonly from: string | null
      readonly to: string
      readonly reason?: Reason
    }
  | {
      readonly seq: number
      readonly at: number
      readonly kind: 'note'
      readonly agent: string | null
      readonly text: string
      readonly by?: AgentName | null
      readonly whisper?: true
    }
  | { readonly seq: number; readonly at: number; readonly kind: 'effect'; readonly effect: Effect }

/**
 * Facts that a step looked for and did not find: `queue:<team>`, `hours:<schedule>`, `slots:<schedule>:<length>:<days>`,
 * `booked:<calendar>`, `agent:<id>`, `last:` (who helped this customer last), `due:<schedule>:<from, epoch ms>:<length, ms>`.
 */
export type Want =
  | `queue:${string}`
  | `hours:${string}`
  | `slots:${string}`
  | `booked:${string}`
  | `agent:${string}`
  | 'last:'
  | `due:${string}`

/** The outcome of one accepted event. `messages` are those it produced for the customer, `ways` the outlets it passed, in order. */
export interface Stepped {
  readonly snapshot: Snapshot
  readonly log: readonly LogEntry[]
  readonly effects: readonly Effect[]
  readonly timers: readonly Timer[]
  readonly messages: readonly Message[]
  readonly wants: readonly Want[]
  readonly ways: readonly WayOut[]
}

export type RefusalCode =
  'not-owner' | 'closed' | 'not-expected' | 'stale' | 'unknown-event' | 'stuck' | 'invalid-opening'

/** An event that the conversation does not take. Nothing has changed; `detail` says why and what would cure it. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly expects: readonly OutsideType[]
  /** Each fault with its pointer into what was sent, where there may be several. */
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
  constructor(code: RefusalCode, detail: string, expects: readonly OutsideType[] = [], errors: Refusal['errors'] = []) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.expects = expects
    this.errors = errors
  }
}
