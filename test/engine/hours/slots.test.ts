import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOpen, localToInstant, openMillisBetween, slots, type Schedule, type WallRange } from '#engine/hours/index.ts'
import { oddMoments, schedulesAround } from './arbitrary.ts'

const minute = 60_000
const hour = 60 * minute
const at = (local: string) => localToInstant('Europe/Berlin', local)
const berlin = (rest: Omit<Schedule, 'timezone'>): Schedule => ({ timezone: 'Europe/Berlin', ...rest })
const weekdaysOf = (all: readonly WallRange[]) => ({ mon: all, tue: all, wed: all, thu: all, fri: all })
const office = berlin({ week: weekdaysOf([['09:00', '11:00']]) })

/** Starts as Berlin's wall shows them: day/month, hour and minute. */
function onTheWall(starts: readonly number[]): readonly string[] {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return starts.map((start) => clock.format(start))
}

describe('slots', () => {
  it('start at the opening and end by the closing', () => {
    const found = slots(office, at('2026-04-01T00:00'), { length: 30 * minute, days: 1 })
    expect(found).toEqual(['09:00', '09:30', '10:00', '10:30'].map((time) => at(`2026-04-01T${time}`)))
  })

  it('do not start in the past, and keep their rhythm', () => {
    const found = slots(office, at('2026-04-01T09:10'), { length: 30 * minute, days: 1 })
    expect(found).toEqual(['09:30', '10:00', '10:30'].map((time) => at(`2026-04-01T${time}`)))
  })

  it('are offered for days that still have some: a weekend, a holiday and a day that is over cost none', () => {
    const hours = { ...office, holidays: ['2026-04-06'] }
    const found = slots(hours, at('2026-04-02T12:00'), { length: hour, days: 2 })
    const expected = ['2026-04-03T09:00', '2026-04-03T10:00', '2026-04-07T09:00', '2026-04-07T10:00']
    expect(found).toEqual(expected.map(at))
  })

  it('are offered for days that still have a free one: a day that is full costs none', () => {
    const isFree = (start: number) => start >= at('2026-04-02T10:00')
    const found = slots(office, at('2026-04-01T00:00'), { length: hour, days: 2, isFree })
    expect(found).toEqual(['2026-04-02T10:00', '2026-04-03T09:00', '2026-04-03T10:00'].map(at))
  })

  it('may start more often than they are long', () => {
    const found = slots(office, at('2026-04-01T00:00'), { length: hour, days: 1, step: 30 * minute })
    expect(found).toEqual(['09:00', '09:30', '10:00'].map((time) => at(`2026-04-01T${time}`)))
  })

  it('start anew after a break, and never lie in one', () => {
    const hours = { ...office, breaks: { '2026-04-01': [['09:40', '10:10']] as const } }
    const found = slots(hours, at('2026-04-01T00:00'), { length: 30 * minute, days: 1 })
    expect(found).toEqual(['09:00', '10:10'].map((time) => at(`2026-04-01T${time}`)))
  })

  it('keep their rhythm where one range ends as the next begins', () => {
    const hours = berlin({
      week: {
        wed: [
          ['09:00', '10:30'],
          ['10:30', '12:00'],
        ],
      },
    })
    const found = slots(hours, at('2026-04-01T00:00'), { length: hour, days: 1 })
    expect(found).toEqual(['09:00', '10:00', '11:00'].map((time) => at(`2026-04-01T${time}`)))
  })

  it('reach as many weeks ahead as the days take', () => {
    const hours = berlin({ week: { mon: [['09:00', '10:00']] } })
    expect(slots(hours, at('2026-04-01T00:00'), { length: hour, days: 10 }).at(-1)).toBe(at('2026-06-08T09:00'))
  })

  it('may last over midnight where the hours do', () => {
    const hours = berlin({ week: { wed: [['22:00', '02:00']] } })
    const found = slots(hours, at('2026-04-01T00:00'), { length: 90 * minute, days: 2 })
    expect(found).toEqual(['2026-04-01T22:00', '2026-04-01T23:30', '2026-04-02T00:00'].map(at))
  })

  it('stay on the wall clock on both sides of a change of clocks', () => {
    const hours = berlin({ week: { ...weekdaysOf([['09:00', '10:00']]), sun: [['09:00', '10:00']] } })
    const found = slots(hours, at('2026-03-27T00:00'), { length: hour, days: 3 })
    expect(onTheWall(found)).toEqual(['27/03 09:00', '29/03 09:00', '30/03 09:00'])
  })

  it('are none where nothing fits, nothing opens or no day is wanted', () => {
    const from = at('2026-04-01T00:00')
    expect(slots(office, from, { length: 3 * hour, days: 5 })).toEqual([])
    expect(slots(berlin({ week: {} }), from, { length: hour, days: 5 })).toEqual([])
    expect(slots(office, from, { length: hour, days: 0 })).toEqual([])
  })

  it('are found on a far date, and when only one day in the year has room', () => {
    const hours = { ...office, shifts: { '2027-01-01': [['08:00', '18:00']] as const } }
    expect(slots(hours, at('2026-04-01T00:00'), { length: 10 * hour, days: 5 })).toEqual([at('2027-01-01T08:00')])
  })

  it.each([
    { length: 0, days: 1 },
    { length: 25 * hour, days: 1 },
    { length: hour, days: -1 },
    { length: hour, days: 367 },
    { length: hour, days: 1, step: 59_999 },
    { length: NaN, days: 1 },
  ])('refuse a wish out of bounds: %j', (wish) => {
    expect(() => slots(office, at('2026-04-01T00:00'), wish)).toThrow(RangeError)
  })

  it.each(oddMoments)('law: each lies in open time, in order, from then on, in $timezone around $around', (moment) => {
    const around = Date.parse(moment.around)
    const wish = fc.record({
      length: fc.integer({ min: 1, max: 300 }).map((minutes) => minutes * minute),
      step: fc.integer({ min: 10, max: 120 }).map((minutes) => minutes * minute),
      days: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(schedulesAround(moment.timezone, around), wish, (hours, wanted) => {
        const found = slots(hours, around, wanted)
        expect(found).toEqual([...new Set(found)].toSorted((a, b) => a - b))
        for (const start of found) {
          expect(start).toBeGreaterThanOrEqual(around)
          expect(isOpen(hours, start)).toBe(true)
          expect(openMillisBetween(hours, start, start + wanted.length)).toBe(wanted.length)
        }
      }),
      { numRuns: 25 },
    )
  })
})
