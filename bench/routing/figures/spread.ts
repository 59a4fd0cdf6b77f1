import { quantile } from '../../quantile.ts'
import type { Measured } from '../figure.ts'

/** The 99 % quantile, and beside it the others. */
export function spread(times: readonly number[]): Measured {
  const at = (share: number): string => quantile(times, share).toFixed(1)
  return {
    value: quantile(times, 0.99),
    beside: `${times.length} offers: half in ${at(0.5)} ms, 95 % in ${at(0.95)}, the slowest ${at(1)}`,
  }
}
