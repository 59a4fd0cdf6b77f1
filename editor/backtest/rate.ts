/** Handoff rates: the share of conversations that came to a person. */

import { USUAL_RATE } from '#engine/backtest/report.ts'

/** Where good handoff usually lies. */
export const BAND = USUAL_RATE
/** Below, a bot tends to keep people; above the other, it hands over too soon. */
export const TOO_SHY = 0.1
export const TOO_EAGER = 0.3

export function rateOf(handoffs: number, all: number): number {
  return all === 0 ? 0 : handoffs / all
}

/** `18 %`; one digit after the point where it is small. */
export function percentOf(rate: number): string {
  const percent = rate * 100
  const digits = percent > 0 && percent < 10 && !Number.isInteger(Math.round(percent * 10) / 10) ? 1 : 0
  return `${percent.toFixed(digits)} %`
}
