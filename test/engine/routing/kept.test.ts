import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keptOf, stretchOf, type FinishedWait } from '#engine/routing/index.ts'

const MINUTE = 60_000

describe('What is learned from finished waits', () => {
  test('fewer than twenty say nothing yet', () => {
    expect(stretchOf(Array.from({ length: 19 }, () => told(10, 5, 8)))).toBe(1)
  })

  test('waits twice as long as told stretch what is told next to twice', () => {
    expect(stretchOf(Array.from({ length: 50 }, () => told(16, 5, 8)))).toBe(2)
  })

  test('what was stretched already is not stretched twice', () => {
    expect(stretchOf(Array.from({ length: 50 }, () => ({ ...told(16, 5, 16), stretch: 2 })))).toBe(2)
  })

  test('told with the stretch, nine of ten of those it was learned from had been served in time', () => {
    fc.assert(
      fc.property(fc.array(waits, { minLength: 20, maxLength: 200 }), (finished) => {
        const stretch = stretchOf(finished)
        const inTime = finished.filter(
          ({ wait, within, stretch: then }) => wait <= ((within ?? 0) / then) * stretch + 1e-6,
        )
        expect(inTime.length / finished.length).toBeGreaterThanOrEqual(0.9)
      }),
    )
  })

  test('the wait to come is one more: of twenty told, the nineteenth counts', () => {
    const waits = Array.from({ length: 20 }, (_, index) => told(8 * (index + 1), 5, 8))
    expect(stretchOf(waits.toReversed())).toBe(19)
  })

  test('a quiet week shrinks it to a half at most', () => {
    expect(stretchOf(Array.from({ length: 50 }, () => told(0.01, 5, 8)))).toBe(0.5)
  })

  test('who found free room, and who was told nothing, teach nothing', () => {
    const waits = Array.from({ length: 50 }, () => told(16, 5, 8))
    const others = Array.from({ length: 150 }, () => [told(0, 0, 0), told(3, null, null)]).flat()
    expect(stretchOf([...waits, ...others])).toBe(2)
  })
})

describe('How true forecasts were', () => {
  test('the share in time and the error in the middle, over those who were told something', () => {
    const kept = keptOf([told(4, 5, 8), told(10, 5, 8), told(2, 3, 6), told(7, null, null)])
    expect(kept).toEqual({ over: 3, share: 2 / 3, medianError: 0.5 })
  })

  test('a minute is the least that is told: a shorter wait is in time, and no measure of the error', () => {
    expect(keptOf([told(0.5, 0.1, 0.2)])).toEqual({ over: 1, share: 1, medianError: null })
  })

  test('a wait as long as was told is in time, and of a wait of a minute the error is known', () => {
    expect(keptOf([told(8, 4, 8)])).toEqual({ over: 1, share: 1, medianError: 0.5 })
    expect(keptOf([told(1, 4, 8)])).toEqual({ over: 1, share: 1, medianError: 3 })
  })

  test('who was told nothing is no error of what was told', () => {
    expect(keptOf([told(4, 5, 8), told(20, null, null)])).toEqual({ over: 1, share: 1, medianError: 0.25 })
    expect(keptOf([told(9, null, null), told(20, null, null), told(4, 5, 8)]).medianError).toBe(0.25)
  })

  test('nothing measured is no figure, not zero', () => {
    expect(keptOf([])).toEqual({ over: 0, share: null, medianError: null })
  })
})

/** In minutes. */
function told(wait: number, expected: number | null, within: number | null): FinishedWait {
  const millis = (minutes: number | null) => (minutes === null ? null : minutes * MINUTE)
  return { wait: wait * MINUTE, expected: millis(expected), within: millis(within), stretch: 1 }
}

const waits = fc
  .record({
    wait: fc.integer({ min: 0, max: 5_000_000 }),
    within: fc.integer({ min: 1, max: 5_000_000 }),
    stretch: fc.double({ min: 0.5, max: 4, noNaN: true }),
  })
  .map((each): FinishedWait => ({ ...each, expected: each.within }))
