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

/** The clock at this moment. It counts business time, so that only the server knows when there is a risk; what is due is late by itself. */
export function slaNow({ sla }: Pick<About, 'sla'>, now: number): SlaNow | null {
  if (sla === null) return null
  const left = Date.parse(sla.due) - now
  if (left <= 0) return { state: 'breached', text: words.clock.late(length(-left)) }
  return { state: sla.state === 'ok' ? 'ok' : 'risk', text: words.clock.due(length(left)) }
}

/** How much of an offer is left, 1 to 0; `whole` is how long it rings in all. */
export function partLeft(until: number, whole: number, now: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, (until - now) / whole))
}

/** Whole seconds left, 0 once it is over. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1_000))
}
