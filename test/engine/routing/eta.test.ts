import { describe, expect, test } from 'vitest'
import { eta } from '#engine/routing/index.ts'

const MINUTE = 60_000

describe('How long somebody still waits', () => {
  test('nobody online: nobody can say', () => {
    expect(eta({ position: 1, capacity: 0, free: 0, handle: 5 * MINUTE })).toBeNull()
  })

  test('free room for everybody ahead: no wait, even when nothing is known yet', () => {
    expect(eta({ position: 2, capacity: 3, free: 2, handle: null })).toBe(0)
  })

  test('nothing has ended yet and there is no room: nobody can say', () => {
    expect(eta({ position: 1, capacity: 2, free: 0, handle: null })).toBeNull()
  })

  test('with four at work on six-minute conversations, one ends every minute and a half', () => {
    expect(eta({ position: 1, capacity: 4, free: 0, handle: 6 * MINUTE })).toBe(1.5 * MINUTE)
    expect(eta({ position: 4, capacity: 4, free: 0, handle: 6 * MINUTE })).toBe(6 * MINUTE)
    expect(eta({ position: 4, capacity: 4, free: 2, handle: 6 * MINUTE })).toBe(3 * MINUTE)
  })

  test('an agent over capacity counts as no room, not as less', () => {
    expect(eta({ position: 1, capacity: 1, free: -2, handle: MINUTE })).toBe(MINUTE)
  })
})
