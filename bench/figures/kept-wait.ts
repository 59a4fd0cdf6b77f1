import type { Figure } from '../figure.ts'
import { waitsTold } from '../routing/promise/days.ts'

/** Stricter than what the desk shows: to the millisecond, and without those who found free room as they were told. */
export const keptWait: Figure = {
  name: 'kept-wait',
  what: 'simulated days of a mixed load: share of those told to wait who were served within what they were told',
  reach: { atLeast: 0.85 },
  unit: '',
  async measure() {
    const told = waitsTold().flatMap(({ wait, within }) => (within === null || within === 0 ? [] : [{ wait, within }]))
    return told.filter(({ wait, within }) => wait <= within).length / told.length
  },
}
