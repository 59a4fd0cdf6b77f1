/**
 * What happens next. Everything in a simulated world is a step at a virtual time: a statement that reaches the database,
 * an answer that reaches a node, a timer, a request, a fault. Laws:
 *   1. One step happens at a time, the earliest first; the next one begins when no code of the last one can run on.
 *   2. The order depends on the seed alone: steps of the same time happen in the order in which they were planned.
 *   3. Code runs in a place (a node, or the world outside), and what it plans belongs there: a place that dies takes its
 *      steps with it.
 *   4. Time stands still within a step. `leap` lets it pass at once, as for a machine that was asleep: what was due
 *      meanwhile happens late, an interval once.
 */
import { hashOf } from './random.ts'
import { realTime } from './time.ts'

/** Where code runs. */
export interface Place {
  readonly name: string
  alive: boolean
  /** What this place's own clock is ahead of the world's, in ms. */
  skew: number
}

export interface Step {
  readonly at: number
  readonly order: number
  readonly what: string
  readonly place: Place | undefined
  cancelled: boolean
  readonly run: () => unknown
}

export interface Scheduler {
  /** Virtual epoch milliseconds. */
  now(): number
  /** Where code runs now; undefined between two steps. */
  place(): Place | undefined
  after(delay: number, what: string, place: Place | undefined, run: () => unknown): Step
  /** Runs at the end of the present step of the place. */
  soon(place: Place, run: () => void): () => void
  leap(milliseconds: number): void
  /** Takes one step; false when there is none left. */
  step(): Promise<boolean>
  readonly steps: number
  /** Of all that happened so far: equal histories have equal ones. */
  readonly trace: string
  /** What happened last, for a report. */
  last(): readonly string[]
}

const KEPT = 400

export function createScheduler(start: number): Scheduler {
  const heap = createHeap()
  let now = start
  let order = 0
  let steps = 0
  let trace = 0
  let current: Place | undefined
  let endings: { readonly run: () => void; cancelled: boolean }[] = []
  const happened: string[] = []

  /** Runs what a place has to say to the end: nothing but promises and what it planned for the end of its step. */
  async function runOut(): Promise<void> {
    for (;;) {
      await turn()
      const [first] = endings
      if (first === undefined) return
      const all = endings
      endings = []
      for (const each of all) if (!each.cancelled) each.run()
    }
  }

  function note(step: Step): void {
    const line = `${now} ${step.place?.name ?? '-'} ${step.what}`
    trace = hashOf(line, trace)
    happened.push(line)
    if (happened.length > 2 * KEPT) happened.splice(0, KEPT)
  }

  return {
    now: () => now,
    place: () => current,
    after(delay, what, place, run) {
      const step: Step = { at: now + Math.max(0, delay), order: order++, what, place, cancelled: false, run }
      heap.push(step)
      return step
    },
    soon(place, run) {
      if (place !== current) throw new Error(`${place.name} plans the end of a step that is not its own.`)
      const ending = { run, cancelled: false }
      endings.push(ending)
      return () => {
        ending.cancelled = true
      }
    },
    leap(milliseconds) {
      now += milliseconds
    },
    async step() {
      for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
        if (next.cancelled || next.place?.alive === false) continue
        now = Math.max(now, next.at)
        steps++
        note(next)
        current = next.place
        try {
          await next.run()
          if (next.place !== undefined) await runOut()
        } finally {
          current = undefined
          endings = []
        }
        return true
      }
      return false
    },
    get steps() {
      return steps
    },
    get trace() {
      return trace.toString(16).padStart(8, '0')
    },
    last: () => happened.slice(-KEPT),
  }
}

/** Until no promise of this process has anything left to do. */
function turn(): Promise<void> {
  return new Promise((resolve) => realTime.setImmediate(resolve))
}

function createHeap(): { push(step: Step): void; pop(): Step | undefined } {
  const heap: Step[] = []
  const isBefore = (one: Step, other: Step): boolean =>
    one.at < other.at || (one.at === other.at && one.order < other.order)
  return {
    push(step) {
      let at = heap.length
      heap.push(step)
      while (at > 0) {
        const up = (at - 1) >> 1
        const parent = heap[up]
        if (parent === undefined || !isBefore(step, parent)) break
        heap[at] = parent
        at = up
      }
      heap[at] = step
    },
    pop() {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined || heap.length === 0) return first
      let at = 0
      for (;;) {
        const left = 2 * at + 1
        const one = heap[left]
        const other = heap[left + 1]
        if (one === undefined) break
        const [least, index] = other !== undefined && isBefore(other, one) ? [other, left + 1] : [one, left]
        if (!isBefore(least, last)) break
        heap[at] = least
        at = index
      }
      heap[at] = last
      return first
    },
  }
}
