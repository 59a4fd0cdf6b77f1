/**
 * A kind's part of the statechart, in our own words: what happens on entering and leaving, which events lead where,
 * which deadlines run. `compile/` turns it into XState's config and is the only folder that knows that. Guards, changes,
 * acts and instants are named, from closed lists: the kind's own and the core's (`core.ts`).
 */
import type { OutsideType } from '../conversation/events.ts'
import type { Json } from '../flow/values.ts'
import type { CoreAct, CoreChange, CoreGuard } from './core.ts'

/** The server's events as a machine sees them. */
export type InnerType = 'offer.made' | 'offer.ended' | 'effect.ok' | 'effect.failed' | 'agent.gone' | 'bot.silent'

/**
 * Where a rule leads. `outlet` follows the edge drawn there, or `otherwise` when none is. `rescue` is the nearest person
 * or promise: where the flow leads who asks for a person (past a ladder), else its first queue, else its first ticket, else
 * its first callback. `resume` is the bot step left. `promise` is the first ticket, else the first callback. `requeue` is
 * the queue that fed the agent. `end` is the flow's first close. Each of them is `stay` where the flow has none.
 */
export type Target =
  | { readonly outlet: string; readonly otherwise?: Target }
  | { readonly rung: number }
  | 'rescue'
  | 'promise'
  | 'resume'
  | 'requeue'
  | 'end'
  | 'stay'

export interface Doing<C extends string = string, A extends string = string> {
  readonly changes?: readonly (C | CoreChange)[]
  readonly acts?: readonly (A | CoreAct)[]
  /** Timers to set anew and to cancel, by name. */
  readonly set?: readonly string[]
  readonly cancel?: readonly string[]
  /** Send what was said again to the state entered: the customer's message, or the bot's intent or end. */
  readonly again?: boolean
}

export interface GuardUse<G extends string = string> {
  readonly guard: G | CoreGuard
  readonly params?: Readonly<Record<string, Json>>
}

export interface Rule<G extends string = string, C extends string = string, A extends string = string> extends Doing<
  C,
  A
> {
  readonly when?: G | CoreGuard | GuardUse<G>
  readonly to?: Target
}

export interface Deadline<
  G extends string = string,
  C extends string = string,
  A extends string = string,
  I extends string = string,
> {
  readonly timer: string
  /** Milliseconds; or until an instant of the kind's own, looked up when the timer is set: null sets none. */
  readonly delay: number | { readonly until: I }
  /** True: runs from entry until the state is left. False: only `set` starts it, again and again. */
  readonly fromEntry: boolean
  /** On entering, set only if this holds. */
  readonly onlyIf?: G | CoreGuard
  /** Its coming means that the bot owed an answer and was silent: the signal `botSilent` hears it. */
  readonly botOwes?: true
  readonly rules: readonly Rule<G, C, A>[]
}

export interface Fragment<
  G extends string = string,
  C extends string = string,
  A extends string = string,
  I extends string = string,
> {
  readonly enter?: Doing<C, A>
  readonly leave?: Doing<C, A>
  readonly always?: readonly Rule<G, C, A>[]
  readonly on?: { readonly [Type in OutsideType | InnerType]?: readonly Rule<G, C, A>[] }
  readonly deadlines?: readonly Deadline<G, C, A, I>[]
  /** States inside this one, the first is entered first. */
  readonly rungs?: readonly { readonly id: string; readonly fragment: Fragment<G, C, A, I> }[]
}
