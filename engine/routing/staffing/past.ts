/** A past day of one team, as far as it is known. */
import type { WaitingConversation } from '../match.ts'
import type { Shift } from './events.ts'

/** Times in epoch milliseconds, lengths in milliseconds. */
export interface PastDay {
  readonly from: number
  readonly to: number
  /** In the order of `at`; those who already waited when the day began come first. */
  readonly arrivals: readonly PastArrival[]
  readonly staff: readonly Shift[]
  /** What those agents did besides. */
  readonly elsewhere: readonly Elsewhere[]
}

export interface PastArrival extends Asking {
  readonly id: string
  readonly at: number
  readonly since: number
  readonly priority: number
  readonly weight: number
  readonly waited: number
  readonly end: 'served' | 'impatient' | 'gaveUp' | 'other' | 'waiting'
  /** From the accept to the end of the wrap-up; null for who was not served, or is still being served. */
  readonly handle: number | null
  /** What was told at joining. */
  readonly expected: number | null
  readonly within: number | null
  readonly stretch: number
  readonly rules: QueueRules
}

/** What it asked for at joining. */
export type Asking = Pick<
  WaitingConversation,
  'team' | 'teams' | 'channel' | 'language' | 'tier' | 'skills' | 'prefer' | 'dropped'
>

/** The rules of a queue node. */
export interface QueueRules {
  /** What one point of priority is worth. */
  readonly ageing: number
  readonly maxWait: number | null
  readonly relax: readonly RelaxStep[]
}

export interface RelaxStep {
  readonly after: number
  readonly drop: readonly string[]
  readonly lower: Readonly<Record<string, number>>
  readonly teams: readonly string[]
}

export interface Elsewhere {
  readonly agent: string
  readonly from: number
  readonly to: number
  readonly weight: number
}

/** What a conversation takes where nobody was served on that day and nobody says it. */
export const UNKNOWN_HANDLE = 300_000

/** The means of a day; null where nothing tells. */
export interface Pace {
  readonly handle: number | null
  readonly handled: number
  readonly patience: number | null
  readonly impatient: number
}

export function paceOf({ arrivals }: PastDay): Pace {
  const handles = arrivals.flatMap(({ handle }) => handle ?? [])
  const impatient = arrivals.filter(({ end }) => end === 'impatient').length
  const waited = sum(arrivals.map((arrival) => arrival.waited))
  return {
    handle: handles.length === 0 ? null : sum(handles) / handles.length,
    handled: handles.length,
    patience: impatient === 0 ? null : waited / impatient,
    impatient,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
