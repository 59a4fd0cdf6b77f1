import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchWaking } from '#desk/live/waking.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('A page that is hidden', () => {
  test('and may beat once a minute only keeps its lines: nobody slept', () => {
    const { woken, passes } = watched()
    for (let minute = 0; minute < 10; minute += 1) passes(MINUTE)
    expect(woken()).toBe(0)
  })
})

describe('A device that slept', () => {
  test('is seen to wake, once each time', () => {
    const { woken, passes } = watched()
    passes(10 * MINUTE)
    expect(woken()).toBe(1)
    vi.advanceTimersByTime(5 * MINUTE)
    expect(woken()).toBe(1)
    passes(8 * 60 * MINUTE)
    expect(woken()).toBe(2)
  })

  test('is no longer seen when nobody wants to know', () => {
    const { woken, passes, end } = watched()
    end()
    passes(10 * MINUTE)
    expect(woken()).toBe(0)
  })
})

function watched() {
  let woken = 0
  const end = watchWaking(() => (woken += 1))
  return {
    end,
    woken: () => woken,
    /** The clock goes on without a beat; then the page may beat again. */
    passes(milliseconds: number): void {
      vi.setSystemTime(Date.now() + milliseconds)
      vi.advanceTimersByTime(10 * SECOND)
    },
  }
}
