import { expect, test } from 'vitest'
import { addressOf, openedIn } from '#editor/insights/address.ts'

test('a conversation and a moment of it are an address, whatever its id', () => {
  for (const opened of [
    { id: 'h-1', seq: null },
    { id: 'h-1', seq: 42 },
    { id: 'a/b #c%', seq: 7 },
  ])
    expect(openedIn(addressOf(opened))).toEqual(opened)
  expect(addressOf({ id: 'h-1', seq: 42 })).toBe('#conversation/h-1/42')
})

test('an address without one opens none, and one of something else closes none', () => {
  expect(openedIn('')).toBeNull()
  expect(openedIn('#')).toBeNull()
  expect(openedIn('#canvas')).toBeUndefined()
  expect(openedIn('#conversation/%E0%A4%A')).toBeUndefined()
  expect(openedIn('#conversation/h-1/x')).toBeUndefined()
})
