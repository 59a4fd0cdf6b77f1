/**
 * The handoff package: all that whoever takes over must know, so that the customer repeats nothing. Made from the
 * snapshot when a conversation enters the queue and kept true until it leaves; the transcript and the earlier
 * conversations come from the log.
 */
import { compiledFlow } from '../compile/compiled.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'
import type { Message } from '../step/result.ts'
import type { Memory, Reason, Snapshot } from '../step/snapshot.ts'
import { summaryOf } from './summary.ts'

/** An earlier conversation of the same customer. */
export interface EarlierConversation {
  readonly id: string
  readonly at: string
  readonly flow: string
  readonly summary: string
  readonly resolution: string | null
}

export interface HandoffPackage {
  readonly transcript: readonly Message[]
  /** One line. */
  readonly summary: string
  readonly reason: Reason
  readonly intents: Memory['intents']
  readonly entities: Memory['entities']
  readonly sentiment: Memory['sentiment']
  readonly customer: {
    readonly profile: Readonly<Record<string, Json>>
    readonly history: readonly EarlierConversation[]
  }
  readonly variables: Readonly<Record<string, Json>>
  readonly attempted: Memory['attempted']
  readonly suggestedResolution: string | null
  readonly page: string | null
  readonly channel: string
  readonly language: string
  readonly priority: number
  /** ISO 8601; null when it never waited. */
  readonly waitingSince: string | null
  /** What the queue asks to be known and is not. */
  readonly missing: readonly string[]
  /** What the last person left for the bot. */
  readonly note: string | null
}

export function handoffPackage(
  flow: Flow,
  snapshot: Snapshot,
  from: { readonly transcript: readonly Message[]; readonly earlier: readonly EarlierConversation[] },
): HandoffPackage {
  const { context } = snapshot.machine
  const { memory } = snapshot
  const reason = context.reason ?? { sentence: 'No reason is known', signals: [], others: [] }
  const queue = context.waiting === null ? undefined : compiledFlow(flow).nodes.get(context.waiting.node)
  const requires = queue?.type === 'queue' ? (queue.data.requires ?? []) : []
  return {
    transcript: from.transcript,
    summary: summaryOf(context, memory),
    reason,
    intents: memory.intents,
    entities: memory.entities,
    sentiment: memory.sentiment,
    customer: { profile: context.customer, history: from.earlier },
    variables: context.vars,
    attempted: memory.attempted,
    suggestedResolution: memory.suggestedResolution,
    page: context.about.page,
    channel: context.about.channel,
    language: context.about.language,
    priority: context.waiting?.priority ?? 0,
    waitingSince: context.waiting === null ? null : new Date(context.waiting.since).toISOString(),
    missing: requires.filter(
      (name) => !isKnown(context.vars[name]) && !isKnown(context.customer[name]) && !isKnown(memory.entities[name]),
    ),
    note: context.note,
  }
}

function isKnown(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}
