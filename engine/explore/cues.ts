/**
 * What a customer and a bot do that a signal of a trigger hears. A cue is a few turns of talk; the last of them makes the
 * signal match. A signal that is added is one line here: without it this file does not compile.
 */
import type { Nlu } from '../conversation/events.ts'
import type { SignalConfig, SignalName } from '../signals/index.ts'
import { PERSON_WANTED, QUESTIONS, SMALL_TALK } from './phrases.ts'

/** A message of the customer, and how the bot takes it; no `then`: it says nothing yet. Without a text, any will do. */
export interface Turn {
  readonly text?: string
  readonly loud?: true
  readonly nlu?: Nlu
  readonly then?: 'fallback' | 'silent' | 'failed' | 'asks'
}
export type Cue = readonly Turn[]

type ConfigOf<Name extends SignalName> = Extract<SignalConfig, { readonly signal: Name }>

/** More turns than this no cue takes: such a trigger is for a test by hand. */
const LONGEST = 60

const cues: { readonly [Name in SignalName]: (config: ConfigOf<Name>) => readonly Cue[] } = {
  explicitRequest: ({ intents = [] }) => [
    [{ text: PERSON_WANTED }],
    ...intents.slice(0, 1).map((intent) => [{ nlu: { intent } }]),
  ],
  lowConfidence: ({ below, times }) => (below <= 0 ? [] : [again(times, { nlu: { confidence: halfway(0, below) } })]),
  sentiment: ({ below, times, falling }) => [
    ...(below <= -1 ? [] : [again(times, { nlu: { sentiment: halfway(-1, below) } })]),
    ...(falling === undefined ? [] : [[{ nlu: { sentiment: 1 } }, { nlu: { sentiment: fallenBy(falling) } }]]),
  ],
  loop: ({ times }) => [again(times, { text: QUESTIONS[0] })],
  topic: ({ intents = [], words = [] }) => [
    ...words.slice(0, 1).map((word) => [{ text: `I have to tell you something: ${word}` }]),
    ...intents.slice(0, 1).map((intent) => [{ nlu: { intent } }]),
  ],
  fallbacks: ({ times }) => [again(times, { then: 'fallback' })],
  turns: ({ over }) => [again(over + 1, {})],
  shouting: ({ times }) => [again(times, { loud: true, text: 'This is taking far too long' })],
  shrinking: ({ times }) => [shrinking(times)],
  value: () => [[{}]],
  botSilent: ({ times }) => [again(times, { then: 'silent' }), again(times, { then: 'failed' })],
  botAsked: () => [[{ then: 'asks' }]],
}

/** The ways in which talk makes signals match: any one of them, or all with one last message. */
export function cuesFor(signals: readonly SignalConfig[], match: 'any' | 'all'): readonly Cue[] {
  const each = signals.map((config) => cuesOf(config))
  const found = match === 'any' ? each.flat() : each.some((ways) => ways.length === 0) ? [] : [together(each)]
  return found
    .filter((cue) => cue.length <= LONGEST)
    .map((cue) => cue.map((turn, index) => ({ ...meant(turn, index), ...turn })))
}

function cuesOf<Name extends SignalName>(config: ConfigOf<Name>): readonly Cue[] {
  // The entry under a signal's name takes the configuration of that signal.
  return (cues[config.signal] as (config: ConfigOf<Name>) => readonly Cue[])(config)
}

function again(times: number, turn: Turn): Cue {
  return Array.from({ length: times }, () => turn)
}

/** From the best of moods, to below the middle in any case. */
function fallenBy(falling: number): number {
  return Math.max(-1, Math.min(-0.1, 1 - falling))
}

function halfway(low: number, high: number): number {
  return Number(((low + high) / 2).toFixed(3))
}

/** The first way of each, all ending with the same turn. */
function together(each: readonly (readonly Cue[])[]): Cue {
  return each.map(([first]) => first ?? []).reduce(both)
}

function both(one: Cue, other: Cue): Cue {
  const length = Math.max(one.length, other.length)
  return Array.from({ length }, (_, index) => {
    const [a = {}, b = {}] = [one[index - length + one.length], other[index - length + other.length]]
    const text = [a.text, b.text].filter((each) => each !== undefined).join('. ')
    return { ...a, ...b, ...(text === '' ? {} : { text }), ...(a.nlu || b.nlu ? { nlu: { ...a.nlu, ...b.nlu } } : {}) }
  })
}

/** Where something is heard of a message it is a question, another each time: the same again is a signal of its own. */
function meant({ then, nlu }: Turn, index: number): Pick<Turn, 'text'> {
  return then === undefined && nlu === undefined ? {} : { text: QUESTIONS[index] ?? SMALL_TALK }
}

/** Questions, each with a word less, the last at most half as long as the first. */
function shrinking(times: number): Cue {
  const words = 'why has nobody told me anything yet this week about where you keep my missing blue parcel'.split(' ')
  const first = times + 4
  const lengths = Array.from({ length: times }, (_, index) =>
    index < times - 1 ? first - index : Math.floor(first / 2) - 1,
  )
  return lengths.map((length) => ({ text: `${words.slice(words.length - length).join(' ')}?` }))
}
