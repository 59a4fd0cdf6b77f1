import { toNumber } from '../convert.ts'
import type { Filter } from '../filters.ts'

export const numberFilters = {
  plus: two((value, other) => value + other),
  minus: two((value, other) => value - other),
  times: two((value, other) => value * other),
  divided_by: two((value, other) => value / other),
  modulo: two((value, other) => ((value % other) + other) % other),
  at_least: two(Math.max),
  at_most: two(Math.min),
  abs: one(Math.abs),
  ceil: one(Math.ceil),
  floor: one(Math.floor),
  round: { arguments: [0, 1], run: (value, [digits]) => finite(round(toNumber(value), toNumber(digits))) },
} as const satisfies Record<string, Filter>

function one(work: (value: number) => number): Filter {
  return { arguments: [0, 0], run: (value) => finite(work(toNumber(value))) }
}

function two(work: (value: number, other: number) => number): Filter {
  return { arguments: [1, 1], run: (value, [other]) => finite(work(toNumber(value), toNumber(other))) }
}

/** Half away from zero, on the decimal digits as written: 1.005 to two digits is 1.01. */
function round(value: number, digits: number): number {
  const scaled = shift(Math.abs(value), digits)
  if (!(scaled <= Number.MAX_SAFE_INTEGER)) return value
  return Math.sign(value) * shift(Math.round(scaled), -digits)
}

function shift(value: number, digits: number): number {
  const [mantissa = '0', power = '0'] = String(value).split('e')
  return Number(`${mantissa}e${Number(power) + Math.trunc(digits)}`)
}

/** Nothing where there is no such number, as after a division by zero. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
