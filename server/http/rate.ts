/**
 * How fast one caller may go: a bucket of tokens each, as large as one period's worth and refilled steadily. Memory is
 * bounded: past `LARGEST` callers the one that has rested longest is forgotten, which is at worst generous to it.
 */
import { Recent } from '../runtime/recent.ts'
import type { Caller } from './auth.ts'
import { Problem } from './problem.ts'

/** Somebody without a key, known by the address only; undefined where a request has none. */
export interface Visitor {
  readonly role: 'visitor'
  readonly address: string | undefined
}

export interface RateLimiter {
  /** Counts one request; throws 429 with the seconds to wait when the caller's bucket is empty. */
  take(caller: Caller | Visitor, now: number): void
}
/** Requests a second of customers and keys, a minute of visitors; 0 stands for no limit. */
export interface Rates {
  readonly customer: number
  readonly key: number
  readonly visitor: number
}

const LARGEST = 50_000
const SECOND = 1_000
const MINUTE = 60_000

export function createRateLimiter(rates: Rates): RateLimiter {
  const buckets = new Recent<{ readonly level: number; readonly at: number }>(LARGEST)
  return {
    take(caller, now) {
      const { name, rate, period } = allowanceOf(caller, rates)
      if (rate === 0) return
      const bucket = buckets.get(name) ?? { level: rate, at: now }
      const level = Math.min(rate, bucket.level + (Math.max(0, now - bucket.at) / period) * rate)
      buckets.set(name, { level: level < 1 ? level : level - 1, at: now })
      if (level < 1) throw tooFast(rate, period, Math.ceil(((1 - level) / rate) * (period / SECOND)))
    },
  }
}

function allowanceOf(
  caller: Caller | Visitor,
  rates: Rates,
): { readonly name: string; readonly rate: number; readonly period: number } {
  switch (caller.role) {
    case 'visitor':
      return { name: `v ${caller.address}`, rate: caller.address === undefined ? 0 : rates.visitor, period: MINUTE }
    case 'customer':
      return { name: `c ${caller.conversation}`, rate: rates.customer, period: SECOND }
    default:
      return { name: `k ${caller.key}`, rate: rates.key, period: SECOND }
  }
}

function tooFast(rate: number, period: number, seconds: number): Problem {
  const what =
    period === SECOND
      ? `${rate} requests a second`
      : `${rate} conversations or sign-ins by a provider a minute from one address`
  const detail = `More than ${what}; wait ${seconds} s and go on more slowly.`
  return new Problem('too-fast', detail, { headers: { 'Retry-After': String(seconds) } })
}
