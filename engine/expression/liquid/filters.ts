/** The filters of texts. All are pure; none reads a clock, a locale or a time zone. */
import type { Frame } from '../budget.ts'
import { dateFilters } from './filters/date.ts'
import { listFilters } from './filters/list.ts'
import { numberFilters } from './filters/number.ts'
import { textFilters } from './filters/text.ts'

export interface Filter {
  /** How many arguments it takes. */
  readonly arguments: readonly [least: number, most: number]
  readonly run: (value: unknown, given: readonly unknown[], frame: Frame) => unknown
}

export const FILTERS: ReadonlyMap<string, Filter> = new Map(
  Object.entries<Filter>({ ...textFilters, ...numberFilters, ...listFilters, ...dateFilters }),
)
