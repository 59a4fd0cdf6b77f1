/** Law: a set of agents answers as a plain set of their numbers does, in whatever word of it they stand. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  drop,
  emptySet,
  firstOf,
  fullSet,
  has,
  isEmpty,
  join,
  keep,
  narrow,
  remove,
  type AgentSet,
} from '#engine/routing/agent-set.ts'

const SIZE = 100
const numbers = fc.uniqueArray(fc.nat(SIZE - 1), { maxLength: SIZE })

function setOf(agents: readonly number[], size = SIZE): AgentSet {
  const set = emptySet(size)
  for (const each of agents) add(set, each)
  return set
}

const inside = (set: AgentSet): readonly number[] =>
  Array.from({ length: SIZE }, (_, each) => each).filter((each) => has(set, each))
const sorted = (agents: Iterable<number>): readonly number[] => [...agents].sort((one, other) => one - other)

describe('Laws of a set of agents', () => {
  const law = (title: string, holds: (one: readonly number[], other: readonly number[]) => void) =>
    test(title, () => fc.assert(fc.property(numbers, numbers, holds)))

  law('1. who was added is in it, and who was removed is not, however often', (one, other) => {
    const set = setOf([...one, ...one])
    expect(inside(set)).toEqual(sorted(one))
    for (const each of other) remove(set, each)
    expect(inside(set)).toEqual(sorted(one.filter((each) => !other.includes(each))))
    expect(isEmpty(set)).toBe(one.every((each) => other.includes(each)))
  })

  law('2. those of both, of either, and of one alone are those of plain sets', (one, other) => {
    const both = one.filter((each) => other.includes(each))
    const kept = setOf(one)
    expect(keep(kept, setOf(other))).toBe(both.length > 0)
    expect(inside(kept)).toEqual(sorted(both))
    const joined = setOf(one)
    join(joined, setOf(other))
    expect(inside(joined)).toEqual(sorted(new Set([...one, ...other])))
    const dropped = setOf(one)
    expect(drop(dropped, setOf(other))).toBe(both.length < one.length)
    expect(inside(dropped)).toEqual(sorted(one.filter((each) => !other.includes(each))))
  })

  law('3. it is narrowed to those of both, unless there are none', (one, other) => {
    const both = one.filter((each) => other.includes(each))
    const set = setOf(one)
    narrow(set, setOf(other))
    expect(inside(set)).toEqual(sorted(both.length > 0 ? both : one))
  })

  law('4. the first of an order is the first who is in it', (order, one) => {
    expect(firstOf(Int32Array.from(order), setOf(one))).toBe(order.find((each) => one.includes(each)))
  })
})

test.each([0, 1, 31, 32, 33, 64])('everybody of %i is as many', (size) => {
  expect(fullSet(size)).toEqual(
    setOf(
      Array.from({ length: size }, (_, each) => each),
      size,
    ),
  )
  expect(emptySet(size)).toHaveLength(Math.ceil(size / 32))
  expect(isEmpty(emptySet(size))).toBe(true)
})

test('a smaller set knows nobody beyond itself', () => {
  const small = setOf([3], 5)
  expect(has(small, 40)).toBe(false)
  const large = setOf([3, 40])
  expect(keep(large, small)).toBe(true)
  expect(inside(large)).toEqual([3])
  const both = setOf([3, 40])
  expect(drop(both, small)).toBe(true)
  expect(inside(both)).toEqual([40])
})
