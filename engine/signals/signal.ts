import type { z } from 'zod'
import type { Tokens } from './language/tokens.ts'

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
}

export type SignalValue = number | boolean | string

/** What a reading may ask of its caller. */
export interface ReadContext {
  /** Evaluates a CEL condition over the conversation; `missing` says in words what is not known. */
  readonly evaluate?: (cel: string) => { readonly value: unknown; readonly missing?: string }
}

/** A field of the form in which a designer sets the signal's figures. */
export interface Field {
  /** The key in the configuration. */
  readonly key: string
  readonly label: string
  readonly help: string
  readonly kind: 'number' | 'words' | 'text' | 'cel'
  readonly min?: number
  readonly max?: number
  readonly step?: number
}

/** A signal's configuration in a flow: its name and its figures, all with defaults where one makes sense. */
export type ConfigSchema<Name extends string> =
  z.ZodObject<{ signal: z.ZodLiteral<Name> } & z.ZodRawShape, z.core.$strict>

/**
 * One thing a trigger can watch. Law 1: `hear` and `read` are pure. Law 2: the state is JSON and bounded, however long
 * the conversation. Law 3: `hear` answers the same state when what it heard says nothing about this signal.
 */
export interface Signal<Name extends string, Schema extends ConfigSchema<Name>, State> {
  readonly name: Name
  /** Two to four words for a list. */
  readonly title: string
  /** A markdown sentence for the documentation; says what `signals.<name>` holds in a condition. */
  readonly doc: string
  readonly config: Schema
  readonly fields: readonly Field[]
  readonly start: State
  hear(state: State, heard: Heard): State
  read(state: State, config: z.output<Schema>, ctx: ReadContext): Reading
}

/** Declares a signal; the types of its configuration and state follow from what it holds. */
export function defineSignal<Name extends string, Schema extends ConfigSchema<Name>, State>(
  signal: Signal<Name, Schema, State>,
): Signal<Name, Schema, State> {
  return signal
}
