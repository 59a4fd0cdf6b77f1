import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inOrder, turnOf } from '#engine/routing/index.ts'
import { MINUTE, NOW } from './workload.ts'

const turn = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.integer({ min: NOW - 1_000_000, max: NOW }),
  fc.double({ min: -1e15, max: 1e15, noNaN: true }),
)
const shown = ({ id, turn: at }: { readonly id: string; readonly turn: number }) => `${at} ${id}`
const places = fc.array(fc.record({ id: fc.string({ maxLength: 2 }), turn }), { maxLength: 60 })

describe('The order of the queue', () => {
  test('a point of priority is worth as much waiting as the queue says', () => {
    const urgent = turnOf({ since: NOW, priority: 3, ageing: MINUTE })
    expect(urgent).toBe(turnOf({ since: NOW - 3 * MINUTE, priority: 0, ageing: MINUTE }))
    expect(turnOf({ since: NOW, priority: 3, ageing: 0 })).toBe(NOW)
  })

  test('1. it is that of a plain sort, however the turns are spread', () => {
    fc.assert(
      fc.property(places, (waiting) => {
        const plainly = [...waiting].sort((one, other) => one.turn - other.turn || (one.id < other.id ? -1 : 1))
        expect(inOrder(waiting).map(shown)).toEqual(plainly.map(shown))
      }),
      { numRuns: 1_000 },
    )
  })
})
