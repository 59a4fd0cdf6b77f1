import type { Snapshot } from '#engine/index.ts'
import type { Channels } from '../channels/index.ts'
import type { Endpoints, Network, Pause } from '../network/index.ts'
import type { Log } from '../runtime/log.ts'
import type { Conversations } from '../runtime/runtime.ts'
import type { CallbackBook } from './callbacks.ts'
import type { FollowUps } from './follow-ups.ts'
import type { TicketStore } from './tickets.ts'

/** What the effects stand on. */
export interface EffectDeps {
  readonly conversations: Pick<
    Conversations,
    'accept' | 'tell' | 'snapshot' | 'view' | 'transcript' | 'handoff' | 'log'
  >
  readonly network: Network
  /** `bots.json`: whom a `listen` node's bot is. */
  readonly bots: Endpoints
  readonly channels: Channels
  /** `webhooks.json`: one secret for each origin that gets tickets. */
  readonly webhooks: Endpoints
  readonly tickets: TicketStore
  readonly callbacks: CallbackBook
  readonly followUps: FollowUps
  /** The team that a conversation's promises are kept by; null where its flow has no queue. */
  teamOf(snapshot: Snapshot): Promise<string | null>
  readonly log: Log
  readonly clock: { now(): number }
  /** Waits between tries; real time when left out. */
  readonly pause?: Pause
}
