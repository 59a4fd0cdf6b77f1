/** The value that this share of all do not exceed: 0.9 for nine in ten. Undefined of nothing. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}

/**
 * The time within which `count` departures have happened in nine cases of ten, in units of the mean time between two:
 * the 90 % quantile of the Erlang distribution with shape `count`, which need not be whole. By Wilson and Hilferty,
 * “The Distribution of Chi-Square” (1931): the cube root of a gamma variable is nearly normal. Off by 1 % at one, by
 * less beyond.
 */
export function nineInTen(count: number): number {
  if (count <= 0) return 0
  const root = 1 - 1 / (9 * count) + NORMAL_90 / (3 * Math.sqrt(count))
  return count * root ** 3
}

/** What a standard normal variable does not exceed in nine cases of ten. */
const NORMAL_90 = 1.2815515655446004
