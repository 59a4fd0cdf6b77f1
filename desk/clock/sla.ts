/** The clock of a promised first answer, and the countdown of an offer. */
import type { About } from '#ui/answers.ts'
import { length } from './telling.ts'
import { words } from '../words/en.ts'

export type SlaState = 'ok' | 'risk' | 'breached'

export interface SlaNow {
  readonly state: SlaState
  /** `due in 3 min`, `late by 2 min`. */
  readonly text: string
}

/** Risk begins when three quarters of the time to the first answer have passed. */
const RISK = 0.75

/** The clock at this moment: it goes on between two looks at the server. */
export function slaNow({ sla, waitingSince }: Pick<About, 'sla' | 'waitingSince'>, now: number): SlaNow | null {
  if (sla === null) return null
  const due = Date.parse(sla.due)
  const left = due - now
  if (left <= 0) return { state: 'breached', text: words.clock.late(length(-left)) }
  const whole = waitingSince === null ? 0 : due - Date.parse(waitingSince)
  const isRisk = sla.state !== 'ok' || (whole > 0 && left <= whole * (1 - RISK))
  return { state: isRisk ? 'risk' : 'ok', text: words.clock.due(length(left)) }
}

/** How much of an offer is left, 1 to 0; `whole` is how long it rings in all. */
export function partLeft(until: number, whole: number, now: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, (until - now) / whole))
}

/** Whole seconds left, 0 once it is over. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1_000))
}
