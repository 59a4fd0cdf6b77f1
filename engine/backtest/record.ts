/** A conversation as it was kept, cut into its events. */
import type { ConversationEvent } from '../conversation/events.ts'
import type { Flow } from '../flow/parse.ts'
import type { LogEntry } from '../step/result.ts'

export interface Recorded {
  /** The version that it ran on. */
  readonly flow: Flow
  /** Its whole log, in order. */
  readonly log: readonly LogEntry[]
}

/** One event of the record, with what it wrote: itself first. */
export interface RecordedStep {
  readonly event: ConversationEvent
  readonly at: number
  readonly entries: readonly LogEntry[]
}

/** The events of a log. What stands before the first of them is of no event. */
export function stepsOf(log: readonly LogEntry[]): readonly RecordedStep[] {
  const steps: RecordedStep[] = []
  let from = -1
  let begun: Extract<LogEntry, { kind: 'event' }> | undefined
  const end = (to: number): void => {
    if (begun !== undefined) steps.push({ event: begun.event, at: begun.at, entries: log.slice(from, to) })
  }
  for (const [index, entry] of log.entries()) {
    if (entry.kind !== 'event') continue
    end(index)
    from = index
    begun = entry
  }
  end(log.length)
  return steps
}
