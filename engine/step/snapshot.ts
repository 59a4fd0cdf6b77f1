/**
 * All that is known of a conversation between two events, as plain JSON. XState's own snapshot is inside, behind our
 * envelope: it names no flow, no version and no timers, and its shape changes between releases. The transcript is not
 * here (a step would cost more with every message): it is the log; here are bounded summaries.
 */
import type { Json } from '../flow/values.ts'
import type { Phase } from '../conversation/owner.ts'
import type { AgentName } from '../conversation/events.ts'
import type { SignalStates } from '../signals/index.ts'
import type { Timer } from './timer.ts'

/** A signal that spoke for an escalation, with the plain sentence an agent reads. */
export interface ReasonSignal {
  readonly signal: string
  readonly value: number | boolean | string | null
  readonly threshold?: number
  readonly sentence: string
}

/** Why a conversation left the bot. `others` are triggers that matched the same message and came after in the document. */
export interface Reason {
  /** The trigger's node id; absent when the flow led to a person by itself. */
  readonly trigger?: string
  readonly sentence: string
  readonly signals: readonly ReasonSignal[]
  readonly others: readonly { readonly trigger: string; readonly signals: readonly ReasonSignal[] }[]
}

/** An agent who declined it, let the offer pass, or had it and lost it. */
export interface SkippedAgent {
  readonly agent: string
  readonly why: 'declined' | 'missed' | 'lost'
}

/**
 * The agent who is asked first: `asked` for by a transfer, or who helped this customer the `lastTime`. Until `until`
 * (epoch ms) nobody else is asked as long as this one is online; null: this one only goes first.
 */
export interface PreferredAgent {
  readonly agent: string
  readonly why: 'asked' | 'lastTime'
  readonly until: number | null
}

/** A first answer is promised by `due` (epoch ms); `warn` is when that comes near. Both count business time. */
export interface Sla {
  readonly due: number
  readonly warn: number
  readonly state: 'ok' | 'warned' | 'breached'
}

/** The customer's place in a queue. `since` (epoch ms) survives a decline, a lost agent and a transfer. */
export interface Waiting {
  readonly node: string
  readonly team: string
  /** Overflow teams that time has opened, besides `team`. */
  readonly teams: readonly string[]
  readonly since: number
  /** When it came to wait at this node, now: its steps with time count from here (epoch ms). */
  readonly entered: number
  readonly priority: number
  /** What one point of priority is worth in waiting, in ms. */
  readonly ageing: number
  readonly language: string | null
  /** The customer's tier, where the agent must serve it. */
  readonly tier: string | null
  /** Skills that are required, at the levels asked for now. */
  readonly skills: Readonly<Record<string, number>>
  /** Skills of which more goes first; nobody must have them. */
  readonly prefer: Readonly<Record<string, number>>
  /** Needs that time has relaxed: names of skills, `language` or `tier`. */
  readonly dropped: readonly string[]
  /** How many of the node's steps time has taken. */
  readonly relaxed: number
  readonly offered: { readonly agent: AgentName; readonly until: number } | null
  /** Asked last. */
  readonly skip: readonly SkippedAgent[]
  readonly preferred: PreferredAgent | null
  readonly sla: Sla | null
  /** What was expected on joining, in ms, told as “about”; null when nobody could say. */
  readonly expected: number | null
  /** The time in which nine of ten are served, as on joining, in ms; null when nobody could say. */
  readonly within: number | null
  readonly away: boolean
  /** True while a transfer or a lost agent brings it back: the queue keeps team, needs and waiting time. */
  readonly returning: boolean
  /** False when nobody was there at entry and the flow goes on by `empty`. */
  readonly joined: boolean
}

/**
 * The customer was called back to the chat, for the place that they have kept since then: by the `notice` that somebody
 * is there now, or by the `reply` of an agent who took their ticket.
 */
export interface Called {
  readonly since: number
  readonly priority: number
  readonly by: 'notice' | 'reply'
}

/** What the machine itself keeps: small, flat, no undefined. */
export interface MachineContext {
  readonly vars: Readonly<Record<string, Json>>
  readonly customer: Readonly<Record<string, Json>>
  readonly about: {
    readonly id: string
    readonly channel: string
    readonly language: string
    readonly page: string | null
    readonly startedAt: number
  }
  /** Where a handback resumes: the step of the bot that waits for the customer, or waited last. */
  readonly at: string | null
  /** The bot that talked last: where a step that is done gives way to. */
  readonly talk: string | null
  /** True while the customer's last message has no answer from the bot. */
  readonly owes: boolean
  /** Tries used up at the node or rung that asks now. */
  readonly tries: number
  /** True while a step is resumed with the customer's message still to be taken: it does not ask again. */
  readonly resuming: boolean
  readonly reason: Reason | null
  readonly waiting: Waiting | null
  readonly agent: AgentName | null
  /** The `hours` node looked at last: what `hours.opens` means in texts. */
  readonly hours: string | null
  /** What a ticket or a callback is collecting or doing. */
  readonly errand: {
    readonly asking: string | null
    readonly brief: string | null
    readonly offered: readonly number[]
    readonly skipped: readonly string[]
  } | null
  readonly score: number | null
  readonly comment: string | null
  /** How the last person left it, for the bot that takes over. */
  readonly note: string | null
  /** How an agent resolved it. */
  readonly resolution: string | null
  /** What the person who left last still has to do about it, until when (epoch ms); null while a person holds it. */
  readonly wrapUp: { readonly agent: string; readonly until: number } | null
  /** Not there until somebody was called back the first time. */
  readonly called?: Called | null
  /**
   * The queue in which the conversation waited when it was promised a ticket or a callback last: there it is taken up.
   * Null: it waited in none. Not there until something was promised after a wait.
   */
  readonly promisedIn?: string | null
}

/** Bounded summaries for the handoff package. */
export interface Memory {
  readonly turns: number
  readonly lastText: string | null
  readonly topic: string | null
  readonly intents: readonly { readonly intent: string; readonly confidence: number | null; readonly at: number }[]
  readonly entities: Readonly<Record<string, Json>>
  readonly sentiment: readonly { readonly at: number; readonly score: number }[]
  readonly attempted: readonly { readonly what: string; readonly result: string; readonly at: number }[]
  readonly suggestedResolution: string | null
  readonly botSummary: string | null
  readonly handoffs: number
}

export interface Closed {
  readonly at: number
  readonly reason: string
}

export interface Snapshot {
  readonly engine: 1
  readonly conversation: string
  readonly flow: { readonly id: string; readonly version: number }
  /** Accepted events; the ETag. */
  readonly version: number
  /** The last number given out in the log. */
  readonly seq: number
  /** Raised whenever the owner changes. */
  readonly epoch: number
  readonly phase: Phase
  /** `<phase>.<node>`, as in `queued.billing`. */
  readonly state: string
  readonly owner: string
  readonly at: number
  readonly machine: MachineSnapshot
  readonly timers: readonly Timer[]
  readonly generation: number
  /** The effect whose end the present state waits for. */
  readonly awaiting: string | null
  readonly signals: SignalStates
  /** Triggers on a `value` that have fired: they fire again once it has been otherwise. */
  readonly held: readonly string[]
  readonly memory: Memory
  readonly closed: Closed | null
}

/** XState's part, reduced to what a restore needs. */
export interface MachineSnapshot {
  readonly value: Json
  readonly history: Readonly<Record<string, readonly string[]>>
  readonly context: MachineContext
}
