import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallbackView } from '#ui/answers.ts'
import { dayOf } from '#desk/clock/telling.ts'
import { calendarOf } from '#desk/promises/calendar.ts'
import { dueNow } from '#desk/promises/due.ts'
import { NOON } from './given.ts'

const HOUR = 3_600_000
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'America/St_Johns', 'Australia/Lord_Howe')
const call = (id: string, at: number): CallbackView => ({
  id,
  conversation: id,
  schedule: 'office',
  team: null,
  at: new Date(at).toISOString(),
  length: HOUR / 2,
  state: 'booked',
  tries: 0,
  customer: {},
  bookedAt: new Date(NOON).toISOString(),
  ticket: null,
})

describe('The calendar of booked calls', () => {
  test('1. shows every call once, under its own day in the reader’s zone, in the order of time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -400, max: 4_000 }), { maxLength: 30 }), zones, (hours, zone) => {
        const calls = hours.map((hour, index) => call(String(index), NOON + hour * HOUR))
        const shown = calendarOf(calls, NOON, zone)
        expect(shown.flatMap(({ calls: of }) => of.map(({ id }) => id)).toSorted()).toEqual(
          calls.map(({ id }) => id).toSorted(),
        )
        for (const { key, calls: of } of shown) for (const { at } of of) expect(dayOf(Date.parse(at), zone)).toBe(key)
        const times = shown.flatMap(({ calls: of }) => of.map(({ at }) => Date.parse(at)))
        expect(times).toEqual(times.toSorted((one, other) => one - other))
        expect(new Set(shown.map(({ key }) => key)).size).toBe(shown.length)
      }),
    )
  })

  test('2. calls today and tomorrow by their names, also on the day the clocks change', () => {
    const names = (now: string, ...at: string[]) =>
      calendarOf(
        at.map((each) => call(each, Date.parse(each))),
        Date.parse(now),
        'Europe/Berlin',
      ).map(({ name }) => name)
    expect(
      names('2026-11-21T12:00:00Z', '2026-11-21T15:00:00Z', '2026-11-22T15:00:00Z', '2026-11-23T15:00:00Z'),
    ).toEqual(['Today', 'Tomorrow', 'Monday, 23 November 2026'])
    expect(names('2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z', '2026-10-25T23:30:00Z')).toEqual(['Today', 'Tomorrow'])
  })
})

test('A promised answer is due, then at risk in its last hour, then late, and says by how much', () => {
  expect(dueNow(NOON + 2 * HOUR, NOON)).toEqual({ state: 'ok', text: 'due in 2 h' })
  expect(dueNow(NOON + HOUR, NOON)).toEqual({ state: 'risk', text: 'due in 1 h' })
  expect(dueNow(NOON - 90_000, NOON)).toEqual({ state: 'breached', text: 'late by 1 min' })
})
