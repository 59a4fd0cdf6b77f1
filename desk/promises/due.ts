/** By when an answer was promised, and how that stands. */
import { length } from '../clock/telling.ts'
import { words } from '../words/en.ts'

export interface DueNow {
  readonly state: 'ok' | 'risk' | 'breached'
  /** `due in 3 h`, `late by 2 min`. */
  readonly text: string
}

const SOON = 3_600_000

/** Epoch ms, both. The last hour is a risk. */
export function dueNow(due: number, now: number): DueNow {
  const left = due - now
  if (left <= 0) return { state: 'breached', text: words.promises.late(length(-left)) }
  return { state: left <= SOON ? 'risk' : 'ok', text: words.promises.due(length(left)) }
}
