/**
 * A day in figures, whether it was measured or replayed: the same sums over the same two kinds of things.
 *
 *   stay:   a customer in the queue, from coming to an answer, to leaving, or to the end of what is known
 *   stint:  an agent's room taken by one conversation
 *
 * A stay counts in the interval in which the customer came; waiting and work count where they happened. What began
 * before the day is waited for and worked on within it, and counts nowhere as having come.
 */
import { keptOf, type Kept } from '../kept.ts'
import { quantile } from '../quantile.ts'
import { agentsFor, type Goal } from './erlang.ts'
import type { Shift } from './events.ts'

export interface Stay {
  readonly at: number
  /** When it ended; for who still waits, up to when it is known. */
  readonly until: number
  readonly how: 'served' | 'left' | 'waiting'
  /** What the customer was told at joining (milliseconds), and the stretch that `within` was told with. */
  readonly expected: number | null
  readonly within: number | null
  readonly stretch: number
}

export interface Stint {
  readonly from: number
  readonly to: number
  /** The room it takes. */
  readonly weight: number
}

export interface Span {
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  /** The length of one interval. */
  readonly interval: number
  readonly goal: Goal
  /** What a conversation takes on the mean; null: nobody knows. */
  readonly handle: number | null
}

export interface DayReport {
  readonly totals: DayTotals
  readonly intervals: readonly IntervalReport[]
}

export interface DayTotals {
  readonly arrivals: number
  readonly served: number
  readonly left: number
  readonly waiting: number
  readonly meanWait: number | null
  readonly medianWait: number | null
  readonly p90Wait: number | null
  readonly longestWait: number | null
  readonly abandonment: number | null
  readonly occupancy: number | null
  readonly inGoal: number | null
  readonly kept: Kept
  readonly agents: number
  readonly needed: number | null
}

export interface IntervalReport {
  readonly from: number
  readonly arrivals: number
  readonly left: number
  readonly waiting: number
  readonly mostWaiting: number
  readonly meanWait: number | null
  readonly p90Wait: number | null
  readonly abandonment: number | null
  readonly occupancy: number | null
  readonly agents: number
  readonly needed: number | null
}

/** The figures of a day. Times in milliseconds, shares from 0 to 1. */
export function report(
  span: Span,
  stays: readonly Stay[],
  stints: readonly Stint[],
  shifts: readonly Shift[],
): DayReport {
  const { from, to, interval } = span
  const came = stays.filter(({ at }) => at >= from && at < to)
  const perAgent = roomOfOne(shifts, stints)
  const intervals = Array.from({ length: Math.ceil((to - from) / interval) }, (_, index) => {
    const begins = from + index * interval
    const window = { from: begins, to: Math.min(begins + interval, to) }
    const theirs = came.filter(({ at }) => at >= window.from && at < window.to)
    const left = theirs.filter(({ how }) => how === 'left').length
    return {
      from: begins,
      arrivals: theirs.length,
      left,
      ...queueIn(window, stays),
      meanWait: mean(theirs.map(waitOf)),
      p90Wait: quantile(theirs.map(waitOf), 0.9) ?? null,
      abandonment: ratio(left, theirs.length),
      occupancy: occupancyIn(window, stints, shifts),
      agents: sum(shifts.map((shift) => overlap(window, shift))) / (window.to - window.from),
      needed: neededIn(window, theirs.length, span, perAgent),
    }
  })
  return { totals: totalsOf(span, came, intervals, stints, shifts), intervals }
}

interface Window {
  readonly from: number
  readonly to: number
}

function totalsOf(
  span: Span,
  came: readonly Stay[],
  intervals: readonly IntervalReport[],
  stints: readonly Stint[],
  shifts: readonly Shift[],
): DayTotals {
  const waits = came.map(waitOf)
  const served = came.filter(({ how }) => how === 'served')
  const left = came.filter(({ how }) => how === 'left').length
  const needs = intervals.flatMap(({ needed }) => needed ?? [])
  return {
    arrivals: came.length,
    served: served.length,
    left,
    waiting: came.length - served.length - left,
    meanWait: mean(waits),
    medianWait: quantile(waits, 0.5) ?? null,
    p90Wait: quantile(waits, 0.9) ?? null,
    longestWait: quantile(waits, 1) ?? null,
    abandonment: ratio(left, came.length),
    occupancy: occupancyIn(span, stints, shifts),
    inGoal: ratio(served.filter((stay) => waitOf(stay) <= span.goal.within).length, came.length),
    kept: keptOf(served.map((stay) => ({ ...stay, wait: waitOf(stay) }))),
    agents: new Set(shifts.map(({ agent }) => agent.id)).size,
    needed: needs.length === 0 ? null : Math.max(...needs),
  }
}

/** How many waited on the mean over a window, and at most. */
function queueIn(window: Window, stays: readonly Stay[]): { readonly waiting: number; readonly mostWaiting: number } {
  const changes: (readonly [at: number, by: 1 | -1])[] = []
  let waited = 0
  for (const { at, until } of stays) {
    const share = overlap(window, { from: at, to: until })
    if (share <= 0) continue
    waited += share
    changes.push([Math.max(at, window.from), 1], [Math.min(until, window.to), -1])
  }
  changes.sort(([one, by], [other, otherBy]) => one - other || by - otherBy)
  let now = 0
  let most = 0
  for (const [, by] of changes) most = Math.max(most, (now += by))
  return { waiting: waited / (window.to - window.from), mostWaiting: most }
}

/** Who ends the shift while a conversation runs gives it more room than there is on paper: never more than all. */
function occupancyIn(window: Window, stints: readonly Stint[], shifts: readonly Shift[]): number | null {
  const room = sum(shifts.map((shift) => overlap(window, shift) * shift.agent.capacity))
  const taken = sum(stints.map((stint) => overlap(window, stint) * stint.weight))
  return room === 0 ? null : Math.min(1, taken / room)
}

/** Erlang C knows no agents who hold several: it counts places, and each agent brings as many as fit. */
function neededIn({ from, to }: Window, arrivals: number, { goal, handle }: Span, perAgent: number): number | null {
  if (handle === null || handle <= 0) return null
  return Math.ceil(agentsFor({ load: (arrivals / (to - from)) * handle, handle }, goal) / perAgent)
}

/** How many conversations an agent holds at once, by capacity and the room that one takes on the mean. */
function roomOfOne(shifts: readonly Shift[], stints: readonly Stint[]): number {
  const capacity = mean(shifts.map((shift) => shift.agent.capacity)) ?? 1
  const weight = mean(stints.map((stint) => stint.weight)) ?? 1
  return Math.max(1, capacity / weight)
}

function waitOf({ at, until }: Stay): number {
  return Math.max(0, until - at)
}

function overlap(one: Window, other: Window): number {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number | null {
  return ratio(sum(values), values.length)
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
