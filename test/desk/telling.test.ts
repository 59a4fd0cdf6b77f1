import { describe, expect, test } from 'vitest'
import { partLeft, secondsLeft, slaNow } from '#desk/clock/sla.ts'
import { age, day, length, moment, timeOfDay } from '#desk/clock/telling.ts'
import { cannedQuery, withCanned } from '#desk/conversation/compose/canned-query.ts'
import { moodOf, plot } from '#desk/conversation/context/plot.ts'
import { customerName, initials, sizeOf } from '#desk/conversation/naming.ts'
import { wholeOf } from '#desk/offers/whole.ts'
import { ago, NOON } from './given.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('Times', () => {
  test('are told in one or two units', () => {
    expect([45_000, 3 * MINUTE, HOUR, HOUR + 5 * MINUTE, 49 * HOUR, -1].map(length)).toEqual([
      '45 s',
      '3 min',
      '1 h',
      '1 h 5 min',
      '2 d',
      '0 s',
    ])
  })

  test('are as long ago as they are, and never in the future', () => {
    expect([0, 40_000, 90_000, 2.9 * HOUR, -5_000].map((passed) => age(NOON - passed, NOON))).toEqual([
      'now',
      '40 s',
      '1 min',
      '2 h',
      'now',
    ])
  })

  test('are in the reader’s zone, and of another day with its date', () => {
    expect(timeOfDay(NOON, 'Asia/Tokyo')).toBe('21:00')
    expect(moment(NOON, NOON + HOUR, 'Europe/Berlin')).toBe('13:00')
    expect(moment(NOON, NOON + 24 * HOUR, 'Europe/Berlin')).toBe('21 Nov, 13:00')
    // 23:30 UTC is tomorrow in Berlin.
    expect(day(NOON + 11.5 * HOUR, NOON, 'Europe/Berlin')).toMatch(/^Sunday,? 22 November 2026$/)
    expect(day(NOON, NOON, 'Europe/Berlin')).toBe('Today')
    expect(day(NOON - 24 * HOUR, NOON, 'Europe/Berlin')).toBe('Yesterday')
  })
})

describe('The clock of a promise', () => {
  const about = { sla: { due: ago(-100), state: 'ok' as const } }

  test('is late once its time is over, without a look at the server', () => {
    expect([0, 99, 100, 160].map((seconds) => slaNow(about, NOON + seconds * 1_000)?.state)).toEqual([
      'ok',
      'ok',
      'breached',
      'breached',
    ])
    expect(slaNow(about, NOON + 40_000)?.text).toBe('due in 1 min')
    expect(slaNow(about, NOON + 160_000)?.text).toBe('late by 1 min')
  })

  test('is at risk when the server says so: it alone knows how much business time is left', () => {
    expect(slaNow({ sla: { ...about.sla, state: 'warned' } }, NOON)?.state).toBe('risk')
  })

  test('does not run when nothing is promised', () => {
    expect(slaNow({ sla: null }, NOON)).toBeNull()
  })
})

describe('An offer', () => {
  test('runs out by whole seconds and stays at nothing', () => {
    expect([30_000, 29_001, 1, 0, -5_000].map((left) => secondsLeft(NOON + left, NOON))).toEqual([30, 30, 1, 0, 0])
    expect([30_000, 15_000, 0, -1, 90_000].map((left) => partLeft(NOON + left, 30_000, NOON))).toEqual([
      1, 0.5, 0, 0, 1,
    ])
  })

  test('rings as long as the team says', () => {
    expect([undefined, '45s', '2m', 'soon'].map(wholeOf)).toEqual([30_000, 45_000, 120_000, 30_000])
  })
})

describe('A search for a canned reply', () => {
  test('begins with a / at the beginning or after a space, and goes to the caret', () => {
    expect(cannedQuery('/', 1)).toBe('')
    expect(cannedQuery('Hello /late par', 15)).toBe('late par')
    expect(cannedQuery('Hello\n/x', 8)).toBe('x')
    expect(cannedQuery('/late', 3)).toBe('la')
  })

  test('is not begun by a date, an address, or by who goes on writing', () => {
    expect(cannedQuery('on 3/4', 6)).toBeNull()
    expect(cannedQuery('https://shop.example', 20)).toBeNull()
    expect(cannedQuery('/ not a search', 14)).toBeNull()
    expect(cannedQuery('/late\nmore', 10)).toBeNull()
    expect(cannedQuery('', 0)).toBeNull()
  })

  test('is replaced by the reply, and what stands around it stays', () => {
    expect(withCanned('Hello /la and bye', 9, 'sorry')).toEqual({ text: 'Hello sorry and bye', caret: 11 })
  })
})

describe('A customer', () => {
  const about = (name: string | null, email: string | null, id: string | null) => ({ customer: { name, email, id } })

  test('is called by what is known', () => {
    expect(customerName(about('Ann', 'a@b.example', '7'))).toBe('Ann')
    expect(customerName(about(' ', 'a@b.example', '7'))).toBe('a@b.example')
    expect(customerName(about(null, null, null))).toBe('Customer')
  })

  test('has two letters at most, of whole characters', () => {
    expect(['Ann Lee', 'ann.lee@mail.example', '𝒜da', '<b>', ''].map(initials)).toEqual(['AL', 'AE', '𝒜', '?', '?'])
  })
})

test('Sizes of files are read by people', () => {
  expect([12, 4_321, 2_400_000].map(sizeOf)).toEqual(['12 B', '4 kB', '2.4 MB'])
})

test('The mood is drawn from left to right, good on top, and never leaves the chart', () => {
  expect(plot([1, 0, -1], 112, 64)).toEqual([
    { x: 6, y: 6 },
    { x: 56, y: 32 },
    { x: 106, y: 58 },
  ])
  expect(plot([9], 100, 64)).toEqual([{ x: 50, y: 6 }])
  expect([0.8, 0, -0.4, -0.9].map(moodOf)).toEqual(['good', 'fair', 'low', 'bad'])
})
