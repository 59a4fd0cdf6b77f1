import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { windowAt } from '#editor/canvas/model/window.ts'

const size = { width: 1_200, height: 800 }
const looks = fc.record({
  x: fc.integer({ min: -20_000, max: 20_000 }),
  y: fc.integer({ min: -20_000, max: 20_000 }),
  zoom: fc.double({ min: 0.35, max: 2, noNaN: true }),
})

describe('The window', () => {
  test('holds all that is seen, with room around it', () => {
    fc.assert(
      fc.property(looks, (look) => {
        const { x, y, width, height } = windowAt(look, size)
        expect(x).toBeLessThanOrEqual(-look.x / look.zoom - 500)
        expect(y).toBeLessThanOrEqual(-look.y / look.zoom - 500)
        expect(x + width).toBeGreaterThanOrEqual((size.width - look.x) / look.zoom + 500)
        expect(y + height).toBeGreaterThanOrEqual((size.height - look.y) / look.zoom + 500)
      }),
    )
  })

  test('stays the same for most frames of a hand that pans', () => {
    const seen = Array.from({ length: 100 }, (_, frame) =>
      JSON.stringify(windowAt({ x: -15 * frame, y: 0, zoom: 1 }, size)),
    )
    expect(new Set(seen).size).toBeLessThan(10)
  })
})
