import type { AgentName, OutsideType } from './events.ts'
import type { Owner, Phase } from './owner.ts'
import type { ExpectedInput } from '../step/effect.ts'
import type { Message } from '../step/result.ts'

/** A conversation as its callers see it: API.md's `Advance.conversation`. Times are ISO 8601 UTC. */
export interface ConversationView {
  readonly id: string
  readonly flow: { readonly id: string; readonly version: number }
  readonly phase: Phase
  /** `<phase>.<node>`, as in `queued.billing`. */
  readonly state: string
  readonly owner: Owner
  /** Accepted events; the ETag. */
  readonly version: number
  /** The types of outside events the present state takes. */
  readonly expects: readonly OutsideType[]
  /** How the customer may answer, while a node asks. */
  readonly input?: ExpectedInput
  /** `eta` (told as “about”) and `within` (in which nine of ten are served) in milliseconds, null when nobody can say. */
  readonly queue?: {
    readonly team: string
    readonly position: number | null
    readonly eta: number | null
    readonly within: number | null
    readonly waitingSince: string
    readonly priority: number
    readonly offeredTo?: string
    readonly offeredUntil?: string
    /** True where the flow has a way on for who does not want to wait: `customer.left` leads there. */
    readonly mayLeave?: true
  }
  readonly agent?: AgentName
  readonly closed?: { readonly at: string; readonly reason: string }
}

/** The answer to every accepted event. */
export interface Advance {
  readonly conversation: ConversationView
  readonly messages: readonly (Omit<Message, 'at'> & { readonly at: string })[]
  /** Whether a bot may speak to the customer now. A bot that asks this first never talks over a person. */
  readonly botMayReply: boolean
}
