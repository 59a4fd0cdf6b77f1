/**
 * The value that this share of all do not exceed: 0.95 for 95 in 100.
 * @throws RangeError of nothing.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (found === undefined) throw new RangeError('Nothing has no quantile.')
  return found
}
