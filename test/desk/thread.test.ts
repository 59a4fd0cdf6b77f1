import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyThread, hasGap, read } from '#desk/live/thread.ts'
import { logOf } from './given.ts'

const log = logOf(['one', 'two', 'three', 'four', 'five'])
/** The log cut into any parts, in any order, some of them twice. */
const parts = fc
  .array(fc.subarray([...log]), { maxLength: 8 })
  .chain((pieces) => fc.shuffledSubarray([...pieces, ...pieces], { minLength: 0 }))

describe('An open conversation', () => {
  test('1. shows the beginning of the log without a gap, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        let thread = emptyThread
        for (const piece of pieces) {
          thread = read(thread, piece)
          expect(thread.entries).toEqual(log.slice(0, thread.entries.length))
          expect(thread.last).toBe(thread.entries.length)
        }
      }),
    )
  })

  test('2. is the same by any way to the same entries', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        const bit = pieces.reduce((thread, piece) => read(thread, piece), emptyThread)
        const { entries, last, version, early } = read(emptyThread, pieces.flat())
        expect([bit.entries, bit.last, bit.version, new Map([...bit.early].sort())]).toEqual([
          entries,
          last,
          version,
          new Map([...early].sort()),
        ])
      }),
    )
  })

  test('is whole once what was missing is read again', () => {
    fc.assert(
      fc.property(parts, (pieces) => {
        const broken = pieces.reduce((thread, piece) => read(thread, piece), emptyThread)
        const mended = read(broken, log.slice(broken.last))
        expect(mended.entries).toEqual(log)
        expect(hasGap(mended)).toBe(false)
      }),
    )
  })

  test('3. counts accepted events, as the conversation’s version does', () => {
    expect(read(emptyThread, log).version).toBe(5)
    expect(read(emptyThread, log.slice(0, 3)).version).toBe(2)
  })

  test('does not change for what it holds already', () => {
    const thread = read(emptyThread, log)
    expect(read(thread, log.slice(2))).toBe(thread)
  })
})
