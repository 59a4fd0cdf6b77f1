/**
 * A path: how a conversation comes from its beginning to a place of the flow, event by event. It is a log's events with
 * what each brought about, so the engine's own `replay` runs it as it is, the simulator plays it, and a test is written
 * from it.
 */
import type { WayOut } from '../compile/config.ts'
import type { ConversationEvent } from '../conversation/events.ts'

export interface PathStep {
  /** With the facts it needed; the first is `conversation.started`. */
  readonly event: ConversationEvent
  /** Epoch ms, never before the step before it. */
  readonly at: number
  /** Where the conversation stands after it, `<phase>.<node>`. */
  readonly state: string
  /** The outlets it passed, in order; a trigger's is `fired`. */
  readonly ways: readonly WayOut[]
}

export type Path = readonly PathStep[]
