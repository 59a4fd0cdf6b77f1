import { z } from 'zod'
import { botAsked } from './botAsked.ts'
import { botSilent } from './botSilent.ts'
import { explicitRequest } from './explicitRequest.ts'
import { fallbacks } from './fallbacks.ts'
import { loop } from './loop.ts'
import { lowConfidence } from './lowConfidence.ts'
import { sentiment } from './sentiment.ts'
import { shouting } from './shouting.ts'
import { shrinking } from './shrinking.ts'
import type { Heard, ReadContext, Reading, SignalValue } from './signal.ts'
import { topic } from './topic.ts'
import { turns } from './turns.ts'
import { value } from './value.ts'

export type { Field, Heard, Nlu, ReadContext, Reading, Signal, SignalValue } from './signal.ts'
export type { Tokens } from './language/tokens.ts'
export { tokenise } from './language/tokens.ts'
export { asksForPerson } from './explicitRequest.ts'

/** THE list: what a trigger can watch, in the order designers see it. Adding a signal is its file and one line here. */
export const signals = {
  explicitRequest,
  lowConfidence,
  sentiment,
  loop,
  topic,
  fallbacks,
  turns,
  shouting,
  shrinking,
  value,
  botSilent,
  botAsked,
} as const

export type SignalName = keyof typeof signals

/** The names in the list's order. */
export const signalNames: readonly SignalName[] = Object.values(signals).map((signal) => signal.name)

const { explicitRequest: first, ...others } = signals

/** One signal as a flow sets it: its name and its figures. */
export const signalConfig = z.discriminatedUnion('signal', [
  first.config,
  ...Object.values(others).map((signal) => signal.config),
])
export type SignalConfig = z.output<typeof signalConfig>
type ConfigOf<Name extends SignalName> = Extract<SignalConfig, { readonly signal: Name }>

/** The state of every signal: JSON, bounded, part of the conversation's snapshot. */
export type SignalStates = { readonly [Name in SignalName]: (typeof signals)[Name]['start'] }

/** What each signal says now as `signals.<name>` in conditions; `value`, a condition itself, has none. */
export type SignalValues = Readonly<Partial<Record<SignalName, SignalValue>>>

interface Watching<Name extends SignalName> {
  readonly start: SignalStates[Name]
  hear(state: SignalStates[Name], heard: Heard): SignalStates[Name]
  read(state: SignalStates[Name], config: ConfigOf<Name>, ctx: ReadContext): Reading
}

/** The list as the functions below walk it: each name bound to its own state and configuration. */
const byName: { readonly [Name in SignalName]: Watching<Name> } = signals

const defaults = signalNames.flatMap((signal) => {
  const parsed = signalConfig.safeParse({ signal })
  return parsed.success ? [parsed.data] : []
})

/** What the signals know before anything is heard, and again after a person has held the conversation. */
export function startSignals(): SignalStates {
  return start
}

// Holds: the entries are those of the list, and `SignalStates` is made of the list.
const start = Object.fromEntries(signalNames.map((name) => [name, byName[name].start])) as unknown as SignalStates

/** Hears one event. Only the signals in `needed` listen; without it all do. */
export function hear(states: SignalStates, heard: Heard, needed?: ReadonlySet<SignalName>): SignalStates {
  let next = states
  for (const name of signalNames) if (needed === undefined || needed.has(name)) next = hearAs(next, name, heard)
  return next
}

function hearAs<Name extends SignalName>(next: SignalStates, name: Name, heard: Heard): SignalStates {
  const state = byName[name].hear(next[name], heard)
  return state === next[name] ? next : { ...next, [name]: state }
}

/** Reads one signal as a flow sets it. */
export function read(states: SignalStates, config: SignalConfig, ctx: ReadContext = {}): Reading {
  return readAs(states, config.signal, config, ctx)
}

function readAs<Name extends SignalName>(
  states: SignalStates,
  name: Name,
  config: ConfigOf<Name>,
  ctx: ReadContext,
): Reading {
  return byName[name].read(states[name], config, ctx)
}

/** What `signals` holds in conditions, each signal read with its default figures. */
export function signalValues(states: SignalStates): SignalValues {
  const values: Partial<Record<SignalName, SignalValue>> = {}
  for (const config of defaults) {
    const { value } = read(states, config)
    if (value !== null) values[config.signal] = value
  }
  return values
}
