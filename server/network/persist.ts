import { setTimeout as sleep } from 'node:timers/promises'
import { OutboundError } from './fault.ts'
import type { OutboundAnswer } from './outbound.ts'

/** Waits; rejects when the signal aborts. Injected, so that tests need no time. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** In real time. */
export const realPause: Pause = (milliseconds, signal) => sleep(milliseconds, undefined, { signal })

export interface Persistence {
  /** Requests in all, the first counted. */
  readonly tries: number
  readonly pause: Pause
  readonly clock: { now(): number }
  readonly signal: AbortSignal
}

/**
 * Sends again what may fare better later: no connection, a time limit, 408, 425, 429 and 5xx. The pauses are 0.5 s,
 * 1 s, 2 s and so on up to 8 s, or what `Retry-After` asks for up to 20 s; a longer wish ends the tries.
 * Resolves with the last answer whatever its status; rejects with the last `OutboundError`.
 */
export async function persist(
  send: () => Promise<OutboundAnswer>,
  { tries, pause, clock, signal }: Persistence,
): Promise<OutboundAnswer> {
  for (let tried = 1; ; tried += 1) {
    const outcome = await send().catch((error: unknown) => {
      if (error instanceof OutboundError && error.passing && tried < tries) return error
      throw error
    })
    if (!(outcome instanceof OutboundError) && !isPassing(outcome.status)) return outcome
    const wait =
      outcome instanceof OutboundError ? backoff(tried) : (retryAfter(outcome, clock.now()) ?? backoff(tried))
    if (!(outcome instanceof OutboundError) && (tried >= tries || wait > LONGEST_WISH)) return outcome
    await pause(wait, signal)
  }
}

/** Whether an answer says "not now" rather than "no". */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status <= 599)
}

function backoff(tried: number): number {
  return Math.min(500 * 2 ** (tried - 1), 8_000)
}

/** What `Retry-After` asks for, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(answer: OutboundAnswer, now: number): number | undefined {
  const wish = answer.headers['retry-after']
  if (wish === undefined) return undefined
  if (/^\d{1,9}$/.test(wish)) return Number(wish) * 1_000
  const at = Date.parse(wish)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

const LONGEST_WISH = 20_000
