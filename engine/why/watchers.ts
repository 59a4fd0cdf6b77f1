/** What every trigger sees of its signals, and how far each is from matching. */
import type { Compiled } from '../compile/compiled.ts'
import type { MachineEvent } from '../kinds/moment.ts'
import {
  read,
  signalConfig,
  type Reading,
  type SignalConfig,
  type SignalName,
  type SignalStates,
} from '../signals/index.ts'
import type { MachineContext } from '../step/snapshot.ts'
import { look, needsOf } from './looked.ts'

export interface SignalReading extends Reading {
  readonly signal: SignalName
}
export interface TriggerReading {
  readonly trigger: string
  readonly match: 'any' | 'all'
  readonly signals: readonly SignalReading[]
}

/** What is read: the signals' states, and the moment at which conditions are looked at. */
export interface Seen {
  readonly states: SignalStates
  readonly context: MachineContext
  readonly event: MachineEvent
}

/** Every trigger of the flow, in the document's order. */
export function triggersAt(compiled: Compiled, seen: Seen): readonly TriggerReading[] {
  return compiled.triggers.map(({ id, data }) => ({
    trigger: id,
    match: data.match,
    signals: data.signals.map((config, index) => readingOf(compiled, seen, config, id, `signals/${index}/when`)),
  }))
}

/** Each signal that the flow reads, once: as the first trigger that watches it sets it, else with its usual figures. */
export function signalsAt(compiled: Compiled, seen: Seen): readonly SignalReading[] {
  return [...compiled.signals].flatMap((signal) => {
    for (const { id, data } of compiled.triggers) {
      const index = data.signals.findIndex((each) => each.signal === signal)
      const config = data.signals[index]
      if (config !== undefined) return [readingOf(compiled, seen, config, id, `signals/${index}/when`)]
    }
    const usual = signalConfig.safeParse({ signal })
    return usual.success ? [{ signal, ...read(seen.states, usual.data) }] : []
  })
}

function readingOf(
  compiled: Compiled,
  { states, context, event }: Seen,
  config: SignalConfig,
  trigger: string,
  path: string,
): SignalReading {
  const evaluate = () => {
    const looked = look(compiled, compiled.momentOf({ node: trigger }, context, event), path)
    if (looked === undefined) return { value: null }
    const { value, missing } = looked
    return { value, ...(missing === undefined ? {} : { missing }), needs: () => needsOf(looked) }
  }
  return { signal: config.signal, ...read(states, config, { evaluate }) }
}
