import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Keeping } from '#editor/inspector/rows/half-typed.ts'

function storage(): Keeping & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('What is half typed', () => {
  let halfTyped: typeof import('#editor/inspector/rows/half-typed.ts')
  beforeAll(async () => {
    vi.doMock('#editor/document/store.ts', () => ({ useEditor: () => 'flow' }))
    halfTyped = await import('#editor/inspector/rows/half-typed.ts')
  })

  test('is there again in the field that still holds what it was to replace, and in no other', () => {
    const { keep, recall } = halfTyped
    const place = storage()
    keep(place, 'a', { value: 'welcome', text: 'gree' })
    expect(recall(place, 'a', 'welcome')).toBe('gree')
    expect(recall(place, 'a', 'greeting')).toBeUndefined()
    expect(recall(place, 'b', 'welcome')).toBeUndefined()
  })

  test('is forgotten once it counts or is taken back', () => {
    const { keep, recall } = halfTyped
    const place = storage()
    keep(place, 'a', { value: 'welcome', text: 'gree' })
    keep(place, 'a', undefined)
    expect(recall(place, 'a', 'welcome')).toBeUndefined()
    expect(place.kept.size).toBe(0)
  })

  test('a storage that is forbidden, or holds what others wrote, is as if nothing was typed', () => {
    const { keep, recall } = halfTyped
    const refuse = (): never => {
      throw new Error('Storage is forbidden.')
    }
    const forbidden: Keeping = { getItem: refuse, setItem: refuse, removeItem: refuse }
    keep(forbidden, 'a', { value: 'x', text: 'y' })
    expect(recall(forbidden, 'a', 'x')).toBeUndefined()
    for (const written of ['{', '[]', '"text"', '{"value":1,"text":2}', 'null']) {
      const place = storage()
      place.setItem('a', written)
      expect(recall(place, 'a', 'x')).toBeUndefined()
    }
  })
})
