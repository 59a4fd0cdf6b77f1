/** Whole days since 1970-01-01, without a zone: what a date in a schedule means before anybody asks where. */

/** Milliseconds of a day without a change of clocks. */
export const dayMillis = 86_400_000

/** The day of a date such as `2026-12-25`. Throws a RangeError for what is no date. */
export function dayOfDate(date: string): number {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00Z`) : Number.NaN
  // A day that the month does not have is taken for one of the next month by some engines, and for none by others.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date)
    throw new RangeError(`“${date}” is not a date; write one such as 2026-12-25.`)
  return midnight / dayMillis
}
