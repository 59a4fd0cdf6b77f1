import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inWords, readable } from '#engine/kinds/phrase.ts'

describe('What a card says', () => {
  test('names are words', () => {
    expect(['orderNumber', 'order_number', 'e-mail', 'line2Street'].map(inWords)).toEqual([
      'order number',
      'order number',
      'e mail',
      'line2 street',
    ])
  })

  test('texts are without the signs of their language', () => {
    expect(
      readable('Hello{% if customer.name %}, {{ customer.name }}{% endif %}! It is {{ vars.orderNumber | upcase }}.'),
    ).toBe('Hello, [name]! It is [order number].')
  })

  test('whatever is written, it is short work and holds no signs', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(readable(`{{ ${text.replace(/[{}]/g, '')} }}`)).not.toMatch(/\{\{|\}\}/)
      }),
    )
    expect(readable('{%'.repeat(5_000)).length).toBeLessThan(20_001)
  })
})
