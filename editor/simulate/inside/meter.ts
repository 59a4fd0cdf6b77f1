/** How near a signal is to matching. */
import type { SignalReading } from '#engine/simulate/index.ts'

/** 0 (nothing speaks for it) to 1 (it matches), as the signal itself says. */
export function nearness({ matched, distance }: Pick<SignalReading, 'matched' | 'distance'>): number {
  return matched ? 1 : (distance?.near ?? 0)
}
