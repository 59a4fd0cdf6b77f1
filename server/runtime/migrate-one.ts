/**
 * Moving one conversation to another version of its flow, all of it or nothing. It is an event like any other: proved on
 * the newest snapshot, written by one transaction that checks that it was the newest, and logged. Where the conversation
 * moved on meanwhile, it is judged anew as it stands then.
 */
import { migrationOf, type Flow, type ServerEvent, type Snapshot, type Stays } from '#engine/index.ts'
import type { Outcome } from '../store/commit.ts'
import type { Decision, Held } from './decide.ts'
import type { Flows } from './flows.ts'

/** `moved` also when it runs on that version already: asked again, the answer is the same. */
export type MoveOutcome = { readonly moves: true } | Stays

export interface MoveDeps {
  readonly flows: Flows
  readonly clock: { now(): number }
  /** The conversation as this node knows it; `isKept`: from memory, so that another node may know better. */
  hold(id: string): Promise<{ readonly held: Held; readonly isKept: boolean }>
  isOld(held: Held): Promise<boolean>
  forget(id: string): void
  save(before: Snapshot, flow: Flow, decision: Decision, event: ServerEvent): Promise<Outcome>
}

/** Runs in the conversation's lane. Rejects when there is no such conversation, or no such version. */
export async function moveOne(deps: MoveDeps, id: string, version: number): Promise<MoveOutcome> {
  for (;;) {
    const { held, isKept } = await deps.hold(id)
    const { snapshot, flow } = held
    if (snapshot.flow.version === version) return { moves: true }
    const to = await deps.flows.version(snapshot.flow.id, version)
    const moved = migrationOf(flow, to).migrate(snapshot, version, Math.max(deps.clock.now(), snapshot.at))
    if ('moves' in moved) {
      if (!isKept || !(await deps.isOld(held))) return moved
      deps.forget(id)
      continue
    }
    const event: ServerEvent = { type: 'conversation.migrated', from: snapshot.flow.version, version }
    const { outcome } = await deps.save(snapshot, to, { stepped: moved, seen: {} }, event)
    if (outcome === 'committed') return { moves: true }
    if (outcome !== 'conflict') throw new Error(`Moving conversation “${id}” ended as “${outcome}”.`)
    deps.forget(id)
  }
}
