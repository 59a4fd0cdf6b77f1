/**
 * What the customer sent and the server has not answered yet. It is kept in the browser, an entry each, so that several
 * tabs may add to it at once. States of an entry: waiting -> (answered | refused); refused -> waiting when the customer
 * tries again. Laws:
 * 1. One at a time, in the order of sending.
 * 2. Under one key until it is answered, over reloads and tabs: whatever happens on the way, it counts once.
 * 3. What failed on the way is sent again by itself; what was refused only when the customer wants it, and it holds up
 *    nothing that came after it.
 */
import { ApiProblem, noAnswer } from '#ui/request.ts'
import type { Keep } from './keep.ts'
import { has, type CustomerEvent } from './wire.ts'

export interface Unsent {
  /** Its place in the order, and its `Idempotency-Key`. */
  readonly key: string
  readonly event: CustomerEvent
  /** The `seq` of the last message that was known when it was written. */
  readonly after: number
  readonly at: number
  readonly state: 'waiting' | 'answered' | 'refused'
  /** How often it failed on the way. */
  readonly failures: number
  readonly refusal?: Refusal
}

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail: string
}

export interface OutboxParts {
  readonly keep: Keep
  readonly now: () => number
  /** Rejects with an `ApiProblem`. */
  readonly send: (item: Unsent) => Promise<void>
  readonly onChange: () => void
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>
}

export interface Outbox {
  items(): readonly Unsent[]
  add(event: CustomerEvent, after: number): void
  /** The customer tries again. */
  again(key: string): void
  drop(key: string): void
  /** Sends what waits, until nothing does, or until `stop`. */
  drain(): Promise<void>
  stop(): void
}

const PREFIX = 'out:'
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000

export function createOutbox({ keep, now, send, onChange, pause }: OutboxParts): Outbox {
  let [isDraining, isStopped] = [false, true]
  let last = 0

  const items = (): readonly Unsent[] =>
    keep.names(PREFIX).flatMap((name) => {
      const item = keep.get(name)
      return isUnsent(item) ? [item] : []
    })

  /** What another tab has taken out stays out. */
  function change(key: string, to: { readonly [Part in keyof Unsent]?: Unsent[Part] | undefined }): void {
    const item = keep.get(PREFIX + key)
    if (!isUnsent(item)) return
    keep.set(PREFIX + key, { ...item, ...to })
    onChange()
  }

  async function drain(): Promise<void> {
    isStopped = false
    if (isDraining) return
    isDraining = true
    for (let item = next(); item && !isStopped; item = next()) {
      const { key, failures } = item
      const problem = await send(item).then(() => null, problemOf)
      if (problem === null) change(key, { state: 'answered' })
      else if (problem.passes) {
        change(key, { failures: failures + 1 })
        await pause(pauseAfter(failures))
      } else change(key, { state: 'refused', refusal: refusalOf(problem) })
    }
    isDraining = false
  }

  const next = (): Unsent | undefined => items().find(({ state }) => state === 'waiting')

  return {
    items,
    add(event, after) {
      // Also after a reload with a clock that was set back.
      last = Math.max(now(), last + 1, 1 + parseInt(items().at(-1)?.key ?? '0', 36))
      const key = `${last.toString(36).padStart(9, '0')}-${randomKey()}`
      const item: Unsent = { key, event, after, at: now(), state: 'waiting', failures: 0 }
      keep.set(PREFIX + key, item)
      onChange()
    },
    again: (key) => change(key, { state: 'waiting', failures: 0, refusal: undefined }),
    drop(key) {
      keep.set(PREFIX + key, undefined)
      onChange()
    },
    drain,
    stop() {
      isStopped = true
    },
  }
}

/** How long to wait after so many failures, in milliseconds. */
export function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures)
}

/** That nobody guesses, also on a page without https. */
export function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

/** What a call was rejected with, as a problem. */
export function problemOf(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : noAnswer(error)
}

/** A problem's code is the end of its type's address. */
export function refusalOf({ status, type, detail }: ApiProblem): Refusal {
  return { status, code: type.slice(type.lastIndexOf('/') + 1), detail }
}

function isUnsent(item: unknown): item is Unsent {
  return has(item, { key: 'string', event: 'object', state: 'string' })
}
