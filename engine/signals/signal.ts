import type { z } from 'zod'
import type { Distance } from './distance.ts'
import type { ConfigSchema, Face } from './faces/face.ts'
import type { Tokens } from './language/tokens.ts'

export type { Distance } from './distance.ts'
export type { Field } from './faces/face.ts'

/** What the bot reports about one message of the customer. */
export interface Nlu {
  readonly intent?: string | undefined
  /** 0 (a guess) to 1 (sure). */
  readonly confidence?: number | undefined
  /** -1 (awful) to 1 (wonderful). */
  readonly sentiment?: number | undefined
  readonly entities?: unknown
  readonly language?: string | undefined
}

/** What the signals hear of a conversation. */
export type Heard =
  | CustomerMessage
  | BotMessage
  | { readonly type: 'bot.intent'; readonly intent: string }
  | { readonly type: 'bot.silent' }
  | { readonly type: 'bot.failed' }
  | { readonly type: 'bot.asked'; readonly reason: string; readonly summary?: string | undefined }

export interface CustomerMessage {
  readonly type: 'customer.message'
  readonly text: string
  /** `tokenise(text)`, made once by the caller for all signals. */
  readonly tokens: Tokens
  readonly nlu?: Nlu | undefined
  /** Whether it answers a question of the flow: such a message is no question of the customer's own. */
  readonly answering: boolean
}

export interface BotMessage {
  readonly type: 'bot.message'
  readonly text: string
  /** About the customer's turn that the bot answers; takes the place of what that turn said itself. */
  readonly nlu?: Nlu | undefined
  /** The bot had no answer. */
  readonly fallback?: boolean | undefined
}

/** What a signal says now. */
export interface Reading {
  readonly value: SignalValue | null
  /** What `value` was held against. */
  readonly threshold?: number
  readonly matched: boolean
  /** Plain English for the agent: "asked the same thing three times". */
  readonly sentence: string
  /** How far it is from matching, where it does not and the signal can tell. */
  readonly distance?: Distance
}

/** A reading whose sentence is made only when it is asked for: most of what is watched does not match. */
export interface Sight extends Omit<Reading, 'sentence' | 'distance'> {
  sentence(): string
}

export type SignalValue = number | boolean | string

/** What a reading may ask of its caller. */
export interface ReadContext {
  /** Evaluates a CEL condition over the conversation. */
  readonly evaluate?: (cel: string) => Evaluated
}

export interface Evaluated {
  readonly value: unknown
  /** In words, what is not known. */
  readonly missing?: string
  /** In words, what the condition read, and the smallest change that would make it true. */
  readonly needs?: () => string
}

/**
 * One thing a trigger can watch. Law 1: `hear` and `see` are pure. Law 2: the state is JSON and bounded, however long
 * the conversation. Law 3: `hear` answers the same state when what it heard says nothing about this signal.
 */
export interface Signal<Name extends string, Schema extends ConfigSchema<Name>, State> extends Face<Name, Schema> {
  readonly start: State
  hear(state: State, heard: Heard): State
  see(state: State, config: z.output<Schema>, ctx: ReadContext): Sight
  /** Asked only while it does not match. */
  distance?(state: State, config: z.output<Schema>, ctx: ReadContext): Distance
}

/** Declares a signal; the types of its configuration and state follow from what it holds. */
export function defineSignal<Name extends string, Schema extends ConfigSchema<Name>, State>(
  signal: Signal<Name, Schema, State>,
): Signal<Name, Schema, State> {
  return signal
}
