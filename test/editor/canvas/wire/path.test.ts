import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { laneOf, lineOf } from '#editor/canvas/wire/path.ts'

const ends = { sourceHead: 80, sourceFoot: 30, targetHead: 22, targetFoot: 100 }
const places = fc.record({ x: fc.integer({ min: -2_000, max: 2_000 }), y: fc.integer({ min: -2_000, max: 2_000 }) })

describe('A wire', () => {
  test('that leads onward is one soft curve', () => {
    expect(lineOf({ x: 0, y: 0 }, { x: 300, y: 50 }, ends).path).toMatch(/^M0,0 C/)
  })
  test('that leads back runs through neither of its two cards', () => {
    fc.assert(
      fc.property(places, places, (from, to) => {
        const lane = laneOf(from, to, ends)
        if (lane === undefined) return
        expect(lane > from.y - 80 && lane < from.y + 30).toBe(false)
        expect(lane > to.y - 22 && lane < to.y + 100).toBe(false)
      }),
    )
  })
  test('is drawn with numbers only, wherever its ends are', () => {
    fc.assert(
      fc.property(places, places, (from, to) => {
        expect(lineOf(from, to, ends).path).not.toMatch(/NaN|Infinity|undefined/)
      }),
    )
  })
})
