/** What a designer asks of a trigger: what does it see, and why does it not fire? */
import { compiledFlow } from '../compile/compiled.ts'
import type { Flow } from '../flow/parse.ts'
import { read, type Reading, type SignalName } from '../signals/index.ts'
import type { Snapshot } from '../step/snapshot.ts'

export interface SignalReading extends Reading {
  readonly signal: SignalName
}
export interface TriggerReading {
  readonly trigger: string
  readonly match: 'any' | 'all'
  readonly signals: readonly SignalReading[]
}

/** Every trigger of the flow with what its signals read now, in the document's order. */
export function triggerReadings(flow: Flow, snapshot: Snapshot): readonly TriggerReading[] {
  const { triggers, tools, momentOf } = compiledFlow(flow)
  return triggers.map(({ id, data }) => ({
    trigger: id,
    match: data.match,
    signals: data.signals.map((config, index) => ({
      signal: config.signal,
      ...read(snapshot.signals, config, {
        evaluate: () => ({
          value: tools.value(
            momentOf({ node: id }, snapshot.machine.context, { type: 'view' }),
            `signals/${index}/when`,
          ),
        }),
      }),
    })),
  }))
}
