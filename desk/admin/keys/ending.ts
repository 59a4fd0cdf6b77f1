/** When a key ends, as it is chosen. */
export const endings = ['never', 'month', 'quarter', 'year', 'date'] as const
export type Ending = (typeof endings)[number]

const DAY = 86_400_000
const days = { month: 30, quarter: 90, year: 365 } as const

/**
 * The time that is meant, ISO 8601; undefined: never. `day` (`2026-11-21`) counts to its end where the reader is. Null
 * when there is no such day.
 */
export function endOf(ending: Ending, day: string, now: number): string | undefined | null {
  switch (ending) {
    case 'never':
      return undefined
    case 'date': {
      const end = Date.parse(`${day}T23:59:59.999`)
      return Number.isNaN(end) ? null : new Date(end).toISOString()
    }
    case 'month':
    case 'quarter':
    case 'year':
      return new Date(now + days[ending] * DAY).toISOString()
    default:
      return ending satisfies never
  }
}
