import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { zonesOf, ZONE_PADDING, type Standing } from '#editor/canvas/model/zones.ts'
import { overlap, padded } from '#editor/canvas/model/parts.ts'
import { phases } from '#engine/index.ts'

/** Cards on a board of cells, so that none lies upon another. */
const boards = fc
  .uniqueArray(fc.record({ column: fc.nat(9), row: fc.nat(9), phase: fc.constantFrom(...phases) }), {
    maxLength: 40,
    selector: ({ column, row }) => `${column} ${row}`,
  })
  .map((cells) =>
    cells.map(({ column, row, phase }, index): Standing => ({
      id: `n${index}`,
      phase,
      rect: { x: column * 360, y: row * 200, width: 280, height: 140 },
    })),
  )

describe('The zones', () => {
  test('1. Every card lies in an area of its own phase', () => {
    fc.assert(
      fc.property(boards, (cards) => {
        const zones = zonesOf(cards)
        for (const { phase, rect } of cards) {
          expect(
            zones.some(
              (zone) =>
                zone.phase === phase &&
                zone.rect.x < rect.x &&
                zone.rect.y < rect.y &&
                zone.rect.x + zone.rect.width > rect.x + rect.width &&
                zone.rect.y + zone.rect.height > rect.y + rect.height,
            ),
          ).toBe(true)
        }
        expect(zones.reduce((sum, zone) => sum + zone.cards, 0)).toBe(cards.length)
      }),
    )
  })

  test('2. No area covers a card of another phase', () => {
    fc.assert(
      fc.property(boards, (cards) => {
        for (const zone of zonesOf(cards)) {
          const inner = padded(zone.rect, -ZONE_PADDING)
          expect(cards.filter((card) => card.phase !== zone.phase && overlap(card.rect, inner))).toEqual([])
        }
      }),
    )
  })

  test('cards of one phase that stand together are one area', () => {
    const cards = [0, 1, 2].map((index): Standing => ({
      id: `n${index}`,
      phase: 'bot',
      rect: { x: index * 360, y: 0, width: 280, height: 140 },
    }))
    expect(zonesOf(cards)).toHaveLength(1)
  })
})
