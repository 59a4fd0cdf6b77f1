import { botAsked } from './botAsked.ts'
import { botSilent } from './botSilent.ts'
import { explicitRequest } from './explicitRequest.ts'
import { signalConfig, signalNames, type SignalConfig, type SignalName } from './faces/index.ts'
import { fallbacks } from './fallbacks.ts'
import { loop } from './loop.ts'
import { lowConfidence } from './lowConfidence.ts'
import { sentiment } from './sentiment.ts'
import { shouting } from './shouting.ts'
import { shrinking } from './shrinking.ts'
import type { Distance, Heard, ReadContext, Reading, Sight, SignalValue } from './signal.ts'
import { topic } from './topic.ts'
import { turns } from './turns.ts'
import { value } from './value.ts'

export type {
  Distance,
  Evaluated,
  Field,
  Heard,
  Nlu,
  ReadContext,
  Reading,
  Sight,
  Signal,
  SignalValue,
} from './signal.ts'
export type { Tokens } from './language/tokens.ts'
export { signalConfig, signalNames, type SignalConfig, type SignalName } from './faces/index.ts'
export { tokenise } from './language/tokens.ts'
export { asksForPerson } from './explicitRequest.ts'

/** Each signal of the list `faces/index.ts` with what it hears. Adding a signal is its two files and a line in each. */
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
} as const satisfies { readonly [Name in SignalName]: { readonly name: Name } }

type ConfigOf<Name extends SignalName> = Extract<SignalConfig, { readonly signal: Name }>

/** The state of every signal: JSON, bounded, part of the conversation's snapshot. */
export type SignalStates = { readonly [Name in SignalName]: (typeof signals)[Name]['start'] }

/** What each signal says now as `signals.<name>` in conditions; `value`, a condition itself, has none. */
export type SignalValues = Readonly<Partial<Record<SignalName, SignalValue>>>

interface Watching<Name extends SignalName> {
  readonly start: SignalStates[Name]
  hear(state: SignalStates[Name], heard: Heard): SignalStates[Name]
  see(state: SignalStates[Name], config: ConfigOf<Name>, ctx: ReadContext): Sight
  distance?(state: SignalStates[Name], config: ConfigOf<Name>, ctx: ReadContext): Distance
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

/**
 * Hears one event. Only the signals in `needed` listen; without it all do. States of a snapshot that is older than a
 * signal are completed.
 */
export function hear(states: SignalStates, heard: Heard, needed?: ReadonlySet<SignalName>): SignalStates {
  const isOlder = Object.keys(states).length < signalNames.length
  const next: Mutable<SignalStates> = isOlder ? { ...start, ...states } : { ...states }
  let isChanged = isOlder
  for (const name of signalNames) {
    if (needed === undefined || needed.has(name)) isChanged = hearAs(next, name, heard) || isChanged
  }
  return isChanged ? next : states
}

type Mutable<Whole> = { -readonly [Part in keyof Whole]: Whole[Part] }

function hearAs<Name extends SignalName>(states: Mutable<SignalStates>, name: Name, heard: Heard): boolean {
  const before: SignalStates[Name] = states[name]
  const after = byName[name].hear(before, heard)
  states[name] = after
  return after !== before
}

/** Reads one signal as a flow sets it, with how far it is from matching where it does not. */
export function read(states: SignalStates, config: SignalConfig, ctx: ReadContext = {}): Reading {
  const { sentence, ...sight } = see(states, config, ctx)
  const distance = sight.matched ? undefined : distanceAs(states, config.signal, config, ctx)
  return { ...sight, sentence: sentence(), ...(distance === undefined ? {} : { distance }) }
}

/** The same without its sentence, until that is asked for. */
export function see(states: SignalStates, config: SignalConfig, ctx: ReadContext = {}): Sight {
  return seeAs(states, config.signal, config, ctx)
}

function seeAs<Name extends SignalName>(
  states: SignalStates,
  name: Name,
  config: ConfigOf<Name>,
  ctx: ReadContext,
): Sight {
  return byName[name].see(states[name], config, ctx)
}

function distanceAs<Name extends SignalName>(
  states: SignalStates,
  name: Name,
  config: ConfigOf<Name>,
  ctx: ReadContext,
): Distance | undefined {
  return byName[name].distance?.(states[name], config, ctx)
}

/** What `signals` holds in conditions, each signal read with its default figures. */
export function signalValues(states: SignalStates): SignalValues {
  const values: Partial<Record<SignalName, SignalValue>> = {}
  for (const config of defaults) {
    const { value } = see(states, config)
    if (value !== null) values[config.signal] = value
  }
  return values
}
