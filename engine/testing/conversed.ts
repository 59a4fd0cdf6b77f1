import type { OutsideType } from '../conversation/events.ts'
import type { Json } from '../flow/values.ts'

/**
 * A conversation as tests look at it: what the matchers read. It is alive: after the next sentence it says the new
 * state.
 * A conversation in memory and one over HTTP look the same.
 */
export interface Conversed {
  readonly phase: string
  /** `<phase>.<node>`, as in `queued.billing`. */
  readonly state: string
  /** `bot`, `queue` or `agent:<id>`. */
  readonly owner: string
  /** Everything said to the customer so far, in order. */
  readonly said: readonly string[]
  readonly expects: readonly OutsideType[]
  /** Running deadlines by id, with the milliseconds that are left. */
  readonly timers: Readonly<Record<string, number>>
  readonly variables: Readonly<Record<string, Json>>
  /** Why it was closed; null while it is open. */
  readonly closed: string | null
  /** Why it went to a person, as the person reads it; null when it did not. */
  readonly reason: string | null
}
