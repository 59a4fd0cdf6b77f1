/**
 * How many live views one caller may hold, and all together: each costs some 40 kB for as long as it is held. Law: who
 * has left is not counted; what is refused costs nothing; and however many customers look, who works here finds room.
 */
import type { Caller } from './auth.ts'
import { Problem } from './problem.ts'

/**
 * `customer`: of one conversation, in all its tabs. `customers`: of all conversations. `key`: a desk follows a stream for
 * each conversation that is shown.
 */
export const MOST_STREAMS = { customer: 20, customers: 8_000, key: 2_000, all: 10_000 } as const

export interface OpenStreams {
  /** Counts one more; returns how to leave. Throws 429 when the caller has as many as it may, 503 when all have. */
  enter(caller: Caller): () => void
}

export function createOpenStreams(
  most: Readonly<Record<keyof typeof MOST_STREAMS, number>> = MOST_STREAMS,
): OpenStreams {
  const held = new Map<string, number>()
  let all = 0
  let customers = 0
  return {
    enter(caller) {
      const [name, limit] =
        caller.role === 'customer' ? [`c ${caller.conversation}`, most.customer] : [`k ${caller.key}`, most.key]
      const theirs = held.get(name) ?? 0
      if (theirs >= limit) throw tooMany(limit)
      const isCustomer = caller.role === 'customer'
      if (all >= most.all) throw full(most.all)
      if (isCustomer && customers >= most.customers) throw full(most.customers)
      held.set(name, theirs + 1)
      all += 1
      if (isCustomer) customers += 1
      let left = false
      return () => {
        if (left) return
        left = true
        all -= 1
        if (isCustomer) customers -= 1
        const rest = (held.get(name) ?? 1) - 1
        if (rest === 0) held.delete(name)
        else held.set(name, rest)
      }
    },
  }
}

function tooMany(limit: number): Problem {
  const detail = `This caller follows ${limit} streams already, and that is as many as it may; close one that is not read.`
  return new Problem('too-fast', detail, { headers: { 'Retry-After': '5' } })
}

function full(limit: number): Problem {
  const detail = `This server holds ${limit} streams, and that is as many as it may; try again, or ask another server.`
  return new Problem('unavailable', detail, { headers: { 'Retry-After': '5' } })
}
