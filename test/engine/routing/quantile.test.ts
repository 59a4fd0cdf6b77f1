import { describe, expect, test } from 'vitest'
import { nineInTen, quantile } from '#engine/routing/quantile.ts'

/** Half of the 90 % points of chi-square with 2, 4, 10, 20 and 100 degrees of freedom, as every table prints them. */
const printed = [
  [1, 4.6052 / 2],
  [2, 7.7794 / 2],
  [5, 15.9872 / 2],
  [10, 28.412 / 2],
  [50, 118.498 / 2],
] as const

describe('Quantiles', () => {
  test.each(printed)('after %d departures: the printed value, within 1.1 %', (count, value) => {
    expect(Math.abs(nineInTen(count) / value - 1)).toBeLessThan(0.011)
  })

  test('without a departure to wait for there is no wait', () => {
    expect(nineInTen(0)).toBe(0)
  })

  test('nine of ten values do not exceed the ninth; of nothing there is none', () => {
    expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.9)).toBe(9)
    expect(quantile([7], 0.5)).toBe(7)
    expect(quantile([], 0.5)).toBeUndefined()
  })
})
