import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GRID, snap } from '#editor/canvas/model/guides.ts'

const card = { width: 280, height: 140 }

describe('A dragged card', () => {
  test('is caught in line with a card that stands near, and shows the line', () => {
    const { shift, guides } = snap({ x: 404, y: 503, ...card }, [{ x: 400, y: 0, ...card }], 6)
    expect(shift.x).toBe(-4)
    expect(guides).toContainEqual({ axis: 'x', at: 400, from: 0, to: 640 })
  })

  test('is caught by middles as by edges', () => {
    expect(snap({ x: 43, y: 500, width: 200, height: 100 }, [{ x: 0, y: 0, ...card }], 6).shift.x).toBe(-3)
  })

  test('stands on the grid where nothing is near', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: -5_000, max: 5_000 }), (x, y) => {
        const { shift, guides } = snap({ x, y, ...card }, [], 6)
        expect([Math.abs((x + shift.x) % GRID), Math.abs((y + shift.y) % GRID)]).toEqual([0, 0])
        expect(guides).toEqual([])
      }),
    )
  })

  test('is never taken further than the reach by another card', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (x) => {
        const { shift, guides } = snap({ x, y: 900, ...card }, [{ x: 0, y: 0, ...card }], 6)
        if (guides.length > 0) expect(Math.abs(shift.x)).toBeLessThanOrEqual(6)
      }),
    )
  })
})
