import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Recent } from '#server/runtime/recent.ts'

const LIMIT = 8
const key = fc.constantFrom(...'abcdefghijklmnop')
const use = fc.oneof(
  fc.record({ does: fc.constant('set' as const), key, value: fc.nat() }),
  fc.record({ does: fc.constant('get' as const), key }),
  fc.record({ does: fc.constant('delete' as const), key }),
)

describe('What was used recently', () => {
  test('1. is the value set last, or forgotten, never an older one', () => {
    fc.assert(
      fc.property(fc.array(use, { maxLength: 200 }), (uses) => {
        const recent = new Recent<number>(LIMIT)
        const truth = new Map<string, number>()
        for (const each of uses) {
          if (each.does === 'set') {
            recent.set(each.key, each.value)
            truth.set(each.key, each.value)
          } else if (each.does === 'delete') {
            recent.delete(each.key)
            truth.delete(each.key)
          } else {
            expect([undefined, truth.get(each.key)]).toContain(recent.get(each.key))
          }
        }
      }),
    )
  })

  test('2. is remembered while no more than half the limit of others was used since', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 100 }), (earlier) => {
        const recent = new Recent<string>(LIMIT)
        for (const each of earlier) recent.set(`earlier ${each}`, 'x')
        recent.set('mine', 'kept')
        for (let other = 1; other < LIMIT / 2; other++) recent.set(`other ${other}`, 'y')
        expect(recent.get('mine')).toBe('kept')
      }),
    )
  })

  test('3. is never more than the limit', () => {
    const recent = new Recent<number>(LIMIT)
    for (let each = 0; each < 1_000; each++) recent.set(`${each}`, each)
    const known = Array.from({ length: 1_000 }, (_, each) => recent.get(`${each}`)).filter(
      (value) => value !== undefined,
    )
    expect(known.length).toBeLessThanOrEqual(LIMIT)
    expect(recent.get('999')).toBe(999)
  })

  test('4. is forgotten when it was not used between two times at which it ages', () => {
    const recent = new Recent<number>(LIMIT)
    recent.set('used', 1)
    recent.set('rested', 1)
    recent.age()
    expect(recent.get('used')).toBe(1)
    recent.age()
    expect([recent.get('used'), recent.get('rested')]).toEqual([1, undefined])
  })
})
