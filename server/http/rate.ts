/**
 * How fast one caller may go: a bucket of tokens each, as large as one period's worth and refilled steadily. Who has
 * rested for a minute has a full bucket, as one who never came, and is forgotten; past `LARGEST` callers in a minute or two
 * the one that has rested longest is, which is at worst generous to it.
 */
import { Recent } from '../runtime/recent.ts'
import type { Caller } from './auth.ts'
import { Problem } from './problem.ts'

/** Somebody without a key, known by the address only; undefined where a request has none. */
export interface Visitor {
  readonly role: 'visitor'
  readonly address: string | undefined
}

/** Somebody with a key that opens nothing, known by the address likewise. */
export interface Stranger {
  readonly role: 'stranger'
  readonly address: string | undefined
}

type Counted = Caller | Visitor | Stranger

export interface RateLimiter {
  /** Counts one request; throws 429 with the seconds to wait when the caller's bucket is empty. */
  take(caller: Counted, now: number): void
}
/** Requests a second of customers and keys, a minute of visitors and strangers; 0 stands for no limit. */
export interface Rates {
  readonly customer: number
  readonly key: number
  readonly visitor: number
  readonly stranger: number
}

const LARGEST = 50_000
const SECOND = 1_000
const MINUTE = 60_000

export function createRateLimiter(rates: Rates): RateLimiter {
  const buckets = new Recent<{ readonly level: number; readonly at: number }>(LARGEST)
  let aged = -Infinity
  return {
    take(caller, now) {
      if (now - aged >= MINUTE) {
        buckets.age()
        aged = now
      }
      const { name, rate, period, what } = allowanceOf(caller, rates)
      if (rate === 0) return
      const bucket = buckets.get(name) ?? { level: rate, at: now }
      const level = Math.min(rate, bucket.level + (Math.max(0, now - bucket.at) / period) * rate)
      buckets.set(name, { level: level < 1 ? level : level - 1, at: now })
      if (level < 1) throw tooFast(`${rate} ${what}`, Math.ceil(((1 - level) / rate) * (period / SECOND)))
    },
  }
}

interface Allowance {
  readonly name: string
  readonly rate: number
  readonly period: number
  /** Of which there are so many, for people. */
  readonly what: string
}

function allowanceOf(caller: Counted, rates: Rates): Allowance {
  switch (caller.role) {
    case 'visitor':
      return {
        ...byAddress('v', caller.address, rates.visitor),
        what: 'conversations or sign-ins by a provider a minute from one address',
      }
    case 'stranger':
      return { ...byAddress('s', caller.address, rates.stranger), what: 'wrong keys a minute from one address' }
    case 'customer':
      return { name: `c ${caller.conversation}`, rate: rates.customer, ...EACH_SECOND }
    default:
      return { name: `k ${caller.key}`, rate: rates.key, ...EACH_SECOND }
  }
}

const EACH_SECOND = { period: SECOND, what: 'requests a second' }

function byAddress(sort: string, address: string | undefined, rate: number) {
  return { name: `${sort} ${address}`, rate: address === undefined ? 0 : rate, period: MINUTE }
}

function tooFast(what: string, seconds: number): Problem {
  const detail = `More than ${what}; wait ${seconds} s and go on more slowly.`
  return new Problem('too-fast', detail, { headers: { 'Retry-After': String(seconds) } })
}
