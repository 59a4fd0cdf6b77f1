import { describe, expect, test } from 'vitest'
import { createAsking, type Want } from '#engine/index.ts'

describe('A step that lacks facts', () => {
  test('1. asks once for each, and again for those that show when others are known', () => {
    const asking = createAsking()
    expect(asking.again([])).toBe(false)
    expect(asking.again(['last:'])).toBe(true)
    expect(asking.again(['last:'])).toBe(false)
    expect(asking.again(['last:', 'queue:billing'])).toBe(true)
    expect(asking.again(['queue:billing', 'last:'])).toBe(false)
  })

  test('2. asks twenty times at most, and is decided then without the rest', () => {
    const asking = createAsking()
    const wants = Array.from({ length: 30 }, (_, index): Want => `queue:${index}`)
    expect(wants.filter((want) => asking.again([want]))).toEqual(wants.slice(0, 20))
  })
})
