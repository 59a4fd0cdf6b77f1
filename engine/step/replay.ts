/**
 * A log folded into the snapshot that it says there is. Law: the same events on the same versions give the same snapshot,
 * byte by byte. A conversation may have been moved to another version on its way (`conversation.migrated`): what came
 * before is played on the version of that time, what came after on the one it moved to.
 */
import type { ConversationEvent } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import { migrated } from '../migration/migrated.ts'
import { Refusal, type Stepped } from './result.ts'
import type { Snapshot } from './snapshot.ts'
import { startWith, step } from './step.ts'

/** What a log tells of one event. */
export interface Happened {
  readonly event: ConversationEvent
  readonly at: number
}

/** The versions of a flow: one flow where nothing moved, or where each of them is found. */
export type Versions = Flow | ((version: number) => Flow)

/**
 * Folds a log's events, the first of which begins the conversation.
 * @param flowVersion the version it began on
 * @throws Refusal when the log does not fit: it does not begin, or names a version that is not there
 */
export function replay(versions: Versions, flowVersion: number, events: readonly Happened[]): Stepped {
  const [first, ...rest] = events
  if (first?.event.type !== 'conversation.started')
    throw new Refusal('unknown-event', 'A log begins with “conversation.started”.')
  const begun = startWith(flowAt(versions, flowVersion), flowVersion, first.event, first.at)
  return rest.reduce((stepped, happened) => replayed(versions, stepped.snapshot, happened), begun)
}

/** One event of a log on the snapshot before it: `step`, and the moves to another version that a step does not know. */
export function replayed(versions: Versions, snapshot: Snapshot, { event, at }: Happened): Stepped {
  if (event.type !== 'conversation.migrated') return step(flowAt(versions, snapshot.flow.version), snapshot, event, at)
  if (typeof versions !== 'function')
    throw new Refusal(
      'stale',
      `The log moves to version ${event.version}; replay it with the versions it names, not with one flow.`,
    )
  return migrated(versions(event.version), snapshot, event, at)
}

/**
 * The versions that a whole log ran on, in order: the one it began on, then those it moved to.
 * @param present the version that it runs on now; without a move the only one
 */
export function versionsIn(events: readonly Happened[], present: number): readonly [number, ...number[]] {
  const moves = events.flatMap(({ event }) => (event.type === 'conversation.migrated' ? [event] : []))
  return [moves[0]?.from ?? present, ...moves.map((move) => move.version)]
}

function flowAt(versions: Versions, version: number): Flow {
  return typeof versions === 'function' ? versions(version) : versions
}
