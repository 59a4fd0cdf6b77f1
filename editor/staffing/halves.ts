/** The half hours of a day that are worth a look: from the first in which anybody came or worked to the last. */
import type { DryRun, DryRunInterval } from '#ui/dry-run.ts'

export interface Half {
  readonly from: string
  readonly was: DryRunInterval
  readonly asked: DryRunInterval
}

/** All three outcomes have the same intervals; nights in which nothing happened are cut off. */
export function busyHours({ asItWas, asAsked }: Pick<DryRun, 'asItWas' | 'asAsked'>): readonly Half[] {
  const halves = asItWas.intervals.flatMap((was, index) => {
    const asked = asAsked.intervals[index]
    return asked === undefined ? [] : [{ from: was.from, was, asked }]
  })
  const first = halves.findIndex(isBusy)
  return first < 0 ? [] : halves.slice(first, halves.findLastIndex(isBusy) + 1)
}

function isBusy({ was, asked }: Half): boolean {
  return [was, asked].some(({ arrivals, waiting, occupancy }) => arrivals > 0 || waiting > 0 || (occupancy ?? 0) > 0)
}
