/**
 * One conversation as the effects see it, in memory, with the promises of the runtime that they rest on: a key is
 * answered once, an old epoch is stale, and the end of an effect is taken while the state waits for it.
 */
import {
  nodeOfState,
  type Advance,
  type HandoffPackage,
  type LogEntry,
  type Message,
  type OutsideEvent,
  type ServerEvent,
  type Snapshot,
} from '#engine/index.ts'
import type { EffectDeps } from '#server/effects/index.ts'
import { RuntimeError, type AcceptOptions } from '#server/runtime/runtime.ts'

export interface KeptConversation {
  readonly conversations: EffectDeps['conversations']
  /** All that was told and taken, in order. */
  readonly told: readonly (OutsideEvent | ServerEvent)[]
  snapshot: Snapshot
  transcript: readonly Message[]
  log: readonly LogEntry[]
  /** While true, the database does not answer. */
  lost: boolean
}

export function keptConversation(snapshot: Snapshot, advance: Advance, handoff: HandoffPackage): KeptConversation {
  const told: (OutsideEvent | ServerEvent)[] = []
  const keys = new Map<string, string>()
  const awake = (): void => {
    if (kept.lost) throw new RuntimeError('unavailable', 'The database does not answer.')
  }
  /** True when the event is new and to be taken. */
  const isNew = (event: OutsideEvent | ServerEvent, key: string | undefined): boolean => {
    const known = key === undefined ? undefined : keys.get(key)
    if (known === undefined) return true
    if (known !== JSON.stringify(event)) throw new RuntimeError('key-reused', 'This key was used for another event.')
    return false
  }
  const take = (event: OutsideEvent | ServerEvent, key: string | undefined): void => {
    told.push(event)
    if (key !== undefined) keys.set(key, JSON.stringify(event))
  }
  const kept: KeptConversation = {
    told,
    snapshot,
    transcript: [],
    log: [],
    lost: false,
    conversations: {
      async accept(_id, event, { epoch, node, idempotencyKey }: AcceptOptions = {}) {
        awake()
        if (!isNew(event, idempotencyKey)) return advance
        if (epoch !== undefined && epoch !== kept.snapshot.epoch)
          throw new RuntimeError('stale', 'The owner has changed.')
        if (node !== undefined && node !== nodeOfState(kept.snapshot.state))
          throw new RuntimeError('stale', 'The flow has gone on.')
        take(event, idempotencyKey)
        return advance
      },
      async tell(_id, event, { idempotencyKey }: AcceptOptions = {}) {
        awake()
        if (!isNew(event, idempotencyKey)) return advance
        if (event.type === 'effect.done' && event.effect !== kept.snapshot.awaiting) return undefined
        take(event, idempotencyKey)
        kept.snapshot = { ...kept.snapshot, awaiting: null }
        return advance
      },
      async snapshot() {
        awake()
        return kept.snapshot
      },
      async view() {
        awake()
        return advance.conversation
      },
      async transcript() {
        awake()
        return kept.transcript
      },
      async handoff() {
        awake()
        return handoff
      },
      async log(_id, after = 0, limit = 100) {
        awake()
        return kept.log.filter(({ seq }) => seq > after).slice(0, limit)
      },
    },
  }
  return kept
}
