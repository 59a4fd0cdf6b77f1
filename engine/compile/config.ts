/** The shape of the config that a flow compiles to: the part of XState's that Baton uses, as plain JSON. */
import type { Json } from '../flow/values.ts'

/** The history state of `bot`, and the state through which a resume goes. No node has their names: ids begin with a letter. */
export const LEFT = '_left'
export const RESUME = '_resume'

/** Whether a state of `bot` is one of these two and no node. */
export function isHelper(state: string): boolean {
  return state === LEFT || state === RESUME
}

export interface Named { readonly type: string; readonly params?: Readonly<Record<string, Json>> }
export interface Transition { readonly target?: string; readonly guard?: Named; readonly actions?: readonly Named[]; readonly reenter?: true }
export interface StateConfig {
  readonly type?: 'final' | 'history'
  readonly history?: 'deep'
  readonly target?: string
  readonly description?: string
  readonly initial?: string
  readonly entry?: readonly Named[]
  readonly exit?: readonly Named[]
  readonly always?: readonly Transition[]
  readonly on?: Readonly<Record<string, readonly Transition[]>>
  readonly after?: Readonly<Record<string, readonly Transition[]>>
  readonly states?: Readonly<Record<string, StateConfig>>
}
