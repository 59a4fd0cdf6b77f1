/** The shape of the config that a flow compiles to: the part of XState's that Baton uses, as plain JSON. */
import type { Json } from '../flow/values.ts'

/**
 * The history state of `bot`, and the states through which a resume and a return to a queue go. No node has their names: ids
 * begin with a letter.
 */
export const LEFT = '_left'
export const RESUME = '_resume'
export const REQUEUE = '_requeue'

/** Whether a state is one of these and no node. */
export function isHelper(state: string): boolean {
  return state === LEFT || state === RESUME || state === REQUEUE
}

export interface Named {
  readonly type: string
  readonly params?: Readonly<Record<string, Json>>
}
/** An outlet of a node, as it is passed. */
export interface WayOut {
  readonly node: string
  readonly outlet: string
}
/**
 * `meta.ways`: the outlets that taking it passes. Two where one that is not drawn goes on by another (`silent` as
 * `failed`), the drawn one last; none where it stays inside its node.
 */
export interface Transition {
  readonly target?: string
  readonly guard?: Named
  readonly actions?: readonly Named[]
  readonly reenter?: true
  readonly meta?: { readonly ways: readonly WayOut[] }
}
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
