/**
 * How fast one caller may go: a bucket of tokens each, as large as one second's worth and refilled steadily. Memory is
 * bounded: past `LARGEST` callers the one that has rested longest is forgotten, which is at worst generous to it.
 */
import { Recent } from '../runtime/recent.ts'
import type { Caller } from './auth.ts'
import { Problem } from './problem.ts'

export interface RateLimiter {
  /** Counts one request; throws 429 with the seconds to wait when the caller's bucket is empty. */
  take(caller: Caller, now: number): void
}
/** Requests a second; 0 stands for no limit. */
export interface Rates {
  readonly customer: number
  readonly key: number
}

const LARGEST = 50_000

export function createRateLimiter(rates: Rates): RateLimiter {
  const buckets = new Recent<{ readonly level: number; readonly at: number }>(LARGEST)
  return {
    take(caller, now) {
      const rate = caller.role === 'customer' ? rates.customer : rates.key
      if (rate === 0) return
      const name = caller.role === 'customer' ? `c ${caller.conversation}` : `k ${caller.key}`
      const bucket = buckets.get(name) ?? { level: rate, at: now }
      const level = Math.min(rate, bucket.level + (Math.max(0, now - bucket.at) / 1000) * rate)
      buckets.set(name, { level: level < 1 ? level : level - 1, at: now })
      if (level < 1) throw tooFast(rate, Math.ceil((1 - level) / rate))
    },
  }
}

function tooFast(rate: number, seconds: number): Problem {
  const detail = `More than ${rate} requests a second; wait ${seconds} s and go on more slowly.`
  return new Problem('too-fast', detail, { headers: { 'Retry-After': String(seconds) } })
}
