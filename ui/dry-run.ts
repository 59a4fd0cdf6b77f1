/** What is asked of a dry run, and what it answers. Times are ISO 8601, lengths milliseconds, shares from 0 to 1. */
import type { DayTotals, IntervalReport } from '#engine/routing/staffing/index.ts'

/** Lengths as a person writes them, `"10m"`; times of day as `"09:00"`. */
export interface DryRunRequest {
  readonly day: string
  readonly timezone: string
  readonly agents?: readonly AskedAgent[]
  readonly more?: number
  readonly rules?: {
    readonly policy?: 'leastLoaded' | 'longestIdle'
    readonly ageing?: string
    readonly maxWait?: string
    /** As in a queue node; the server judges it. */
    readonly relax?: readonly unknown[]
  }
  readonly handle?: string
  readonly goal?: { readonly share: number; readonly within: string }
}

export interface AskedAgent {
  readonly id?: string
  readonly name?: string
  readonly skills?: Readonly<Record<string, number>>
  readonly languages?: readonly string[]
  readonly capacity?: number
  readonly from?: string
  readonly to?: string
}

export interface DryRun {
  readonly team: string
  readonly day: string
  readonly timezone: string
  readonly from: string
  readonly to: string
  /** Of one interval. */
  readonly interval: number
  readonly goal: { readonly share: number; readonly within: number }
  readonly handle: { readonly mean: number | null; readonly over: number }
  readonly patience: { readonly mean: number | null; readonly over: number }
  readonly staff: { readonly asItWas: readonly DryRunShift[]; readonly asAsked: readonly DryRunShift[] }
  readonly measured: DryRunOutcome
  readonly asItWas: DryRunOutcome
  readonly asAsked: DryRunOutcome
  readonly notes: readonly string[]
}

export interface DryRunShift {
  readonly id: string
  readonly name: string
  readonly from: string
  readonly to: string
  readonly capacity: number
  readonly because: 'accepted' | 'online' | 'asked' | 'more'
}

export interface DryRunOutcome {
  readonly totals: DryRunTotals
  readonly intervals: readonly DryRunInterval[]
}

export type DryRunTotals = DayTotals

export type DryRunInterval = Omit<IntervalReport, 'from'> & { readonly from: string }
