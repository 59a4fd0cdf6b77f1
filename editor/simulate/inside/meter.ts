/** How near a signal is to its threshold. */
import type { SignalReading } from '#engine/simulate/index.ts'

/** 0 (nothing) to 1 (matches). A threshold below nothing is come near to from above. */
export function nearness({
  value,
  threshold,
  matched,
}: Pick<SignalReading, 'value' | 'threshold' | 'matched'>): number {
  if (matched) return 1
  if (typeof value !== 'number' || threshold === undefined || threshold === 0) return 0
  return Math.min(0.99, Math.max(0, value / threshold))
}
