/** Why a try to sign in, or to change the password, failed: a sentence that says what to do. */
import { ApiProblem } from '../request.ts'
import { words } from './words.ts'

export type Way = 'password' | 'key' | 'code' | 'change'

export interface Fault {
  readonly said: string
  /** In seconds: before that the server takes no further try. */
  readonly wait: number
}

/** Where a server says “too fast” without saying how long, or says it by a date. */
const A_WHILE = 10

export function faultOf(way: Way, error: unknown): Fault {
  if (!(error instanceof ApiProblem)) throw error
  if (error.status === 429) return { said: '', wait: Number(error.retryAfter) || A_WHILE }
  if (error.passes) return { said: words.fault.unreachable, wait: 0 }
  if (error.status === 401) return { said: words.fault[way], wait: 0 }
  // What else the server refuses it says itself, with the cure: a person who may not sign in, a body it does not take.
  return { said: error.detail || words.fault[way], wait: 0 }
}

/** `45 s`, `3 min`: rounded up, so that who waited so long is let in. */
export function waitOf(seconds: number): string {
  return seconds < 90 ? words.wait.seconds(seconds) : words.wait.minutes(Math.ceil(seconds / 60))
}
