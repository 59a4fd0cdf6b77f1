import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { across, ROUND_LENGTHS, ROUND_SHARES, stepsPath, ticksTo, upward } from '#editor/staffing/chart/scale.ts'
import { count, length, percent } from '#editor/staffing/figures.ts'
import { busyHours } from '#editor/staffing/halves.ts'
import { trustOf, verdictOf } from '#editor/staffing/verdict.ts'
import { emptyDay, pastDay } from './past-day.ts'

const frame = { width: 700, height: 148, left: 56, right: 8, top: 10, bottom: 20 }

describe('A chart', () => {
  const highest = fc.double({ min: 0, max: 1e9, noNaN: true })

  test('law 1: every figure lies between the axis and the highest tick', () => {
    fc.assert(
      fc.property(highest, fc.constantFrom(ROUND_LENGTHS, ROUND_SHARES), (value, round) => {
        const top = ticksTo(value, round).at(-1) ?? 0
        expect(top).toBeGreaterThanOrEqual(value)
        expect(upward(frame, value, top)).toBeGreaterThanOrEqual(frame.top)
        expect(upward(frame, value, top)).toBeLessThanOrEqual(frame.height - frame.bottom)
      }),
    )
  })

  test('law 2: its ticks are few, begin at 0, and are as far apart as one another', () => {
    fc.assert(
      fc.property(highest, (value) => {
        const ticks = ticksTo(value, ROUND_LENGTHS)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks[0]).toBe(0)
        const [, step = 0] = ticks
        ticks.forEach((tick, index) => expect(tick).toBeCloseTo(step * index, 6))
      }),
    )
  })

  test('law 3: its intervals fill its width', () => {
    expect([across(frame, 0, 20), across(frame, 20, 20)]).toEqual([56, 692])
  })

  test('where nothing is known there is a gap, not a zero', () => {
    expect(stepsPath(frame, [1, null, 0], 1)).toBe('M56 10H268M480 128H692')
    expect(stepsPath(frame, [null, null], 1)).toBe('')
    expect(stepsPath(frame, [1, 0], 1)).toBe('M56 10H374L374 128H692')
  })
})

describe('Figures', () => {
  test('are exact where they are short, and a dash where nobody knows', () => {
    expect([null, 0, 41_300, 80_000, 120_000, 754_000, 3_600_000, 3_900_000].map(length)).toEqual([
      '–',
      '0 s',
      '41 s',
      '1 min 20 s',
      '2 min',
      '13 min',
      '1 h',
      '1 h 5 min',
    ])
    expect([percent(0.834), percent(null), count(6.54), count(null)]).toEqual(['83 %', '–', '6.5', '–'])
  })
})

describe('What would have been', () => {
  test('is told by what differs, and only that', () => {
    const sentences = verdictOf(pastDay({ asAsked: { pressure: 0.7, people: 5 } }), false)
    expect(sentences[0]).toMatch(/^Nine of ten wait 3 s at most instead of \d+ s\.$/)
    expect(sentences).toHaveLength(4)
  })

  test('the day as it was says so, and so does a change that changes nothing', () => {
    expect(verdictOf(pastDay(), true)).toEqual([
      'This is the day as it was. Ask for something else, and it stands beside it.',
    ])
    expect(verdictOf(pastDay(), false)).toEqual(['What you ask for changes nothing that counts.'])
  })

  test('stands beside how near the replay comes to what was measured', () => {
    expect(trustOf(pastDay())).toMatch(/^Played again as it was, the mean wait is \d+ s; that day it was \d+ s\./)
  })

  test('is shown from the first half hour in which something happened to the last', () => {
    const halves = busyHours(pastDay())
    expect([halves[0]?.from, halves.at(-1)?.from, halves.length]).toEqual([
      '2026-11-20T07:00:00.000Z',
      '2026-11-20T16:30:00.000Z',
      20,
    ])
    expect(busyHours(emptyDay('2026-11-20'))).toEqual([])
  })
})
