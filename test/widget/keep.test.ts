import { expect, test } from 'vitest'
import { createKeep } from '#widget/keep.ts'
import { storage } from './storage.ts'

function full(): Storage {
  return new Proxy(storage(), {
    get(_, name) {
      if (name === 'getItem') return () => null
      throw new Error('QuotaExceededError')
    },
  })
}

test('everything is kept under “baton:” and its scope, and scopes do not see each other', () => {
  const kept: Record<string, string> = { other: 'theirs' }
  const one = createKeep('https://a:shop', storage(kept))
  const other = createKeep('https://a:bank', storage(kept))
  one.set('draft', 'Hello')
  one.set('out:2', 2)
  one.set('out:1', 1)
  expect(
    Object.keys(kept)
      .filter((key) => key !== 'other')
      .every((key) => key.startsWith('baton:https://a:shop:')),
  ).toBe(true)
  expect(one.names('out:')).toEqual(['out:1', 'out:2'])
  expect(other.get('draft')).toBeUndefined()
  one.set('draft', undefined)
  expect(one.get('draft')).toBeUndefined()
})

test('what cannot be read is taken as not there', () => {
  expect(createKeep('x', storage({ 'baton:x:conversation': '{' })).get('conversation')).toBeUndefined()
})

test('without storage, or with a full one, it remembers as long as the page lasts', () => {
  for (const keep of [createKeep('x', undefined), createKeep('x', full())]) {
    keep.set('draft', 'Hello')
    expect(keep.get('draft')).toBe('Hello')
    expect(keep.names('dra')).toEqual(['draft'])
    keep.set('draft', undefined)
    expect(keep.get('draft')).toBeUndefined()
  }
})
