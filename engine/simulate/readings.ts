/** What a designer asks of a trigger: what does it see, and why does it not fire? */
import { compiledFlow } from '../compile/compiled.ts'
import type { Flow } from '../flow/parse.ts'
import type { Snapshot } from '../step/snapshot.ts'
import { EventWorld } from '../step/world.ts'
import { triggersAt, type TriggerReading } from '../why/watchers.ts'

export type { SignalReading, TriggerReading } from '../why/watchers.ts'

/** Every trigger of the flow with what its signals read now, in the document's order. */
export function triggerReadings(
  flow: Flow,
  { signals, machine: { context }, memory, at }: Snapshot,
): readonly TriggerReading[] {
  const event = { type: 'view', world: new EventWorld(undefined, at, signals, memory) }
  return triggersAt(compiledFlow(flow), { states: signals, context, event })
}
