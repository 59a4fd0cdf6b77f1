/** How far the hours are walked, counted in days that were looked at: no clock is asked. */
import { describe, expect, it, vi } from 'vitest'
import { calendarOf } from '#engine/hours/calendar.ts'
import {
  addOpenMillis,
  localToInstant,
  nextClosing,
  nextOpening,
  openMillisBetween,
  type Schedule,
} from '#engine/hours/index.ts'

const hour = 3_600_000
const nine = [['09:00', '17:00']] as const
const at = (local: string) => localToInstant('Europe/Berlin', local)
const saturday = at('2026-11-21T12:00')
const office = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine }

/** The answer, and how many days were looked at to find it. */
function walked<Answer>(rest: Omit<Schedule, 'timezone'>, ask: (schedule: Schedule) => Answer) {
  const schedule = { timezone: 'Europe/Berlin', ...rest }
  const openingsOn = vi.spyOn(calendarOf(schedule), 'openingsOn')
  return { answer: ask(schedule), days: openingsOn.mock.calls.length }
}

describe('hours are walked by days, never by minutes, and no further than need be', () => {
  it('the next opening after a weekend: three days', () => {
    const monday = { answer: at('2026-11-23T09:00'), days: 3 }
    expect(walked({ week: office }, (hours) => nextOpening(hours, saturday))).toEqual(monday)
  })

  it('forty open hours from now: a week', () => {
    const found = walked({ week: office }, (hours) => addOpenMillis(hours, saturday, 40 * hour))
    expect(found).toEqual({ answer: at('2026-11-27T17:00'), days: 7 })
  })

  it('the open time of a year: a day each, whatever the hours are', () => {
    const found = walked({ week: office }, (hours) => openMillisBetween(hours, saturday, at('2027-11-21T12:00')))
    expect(found.days).toBeLessThanOrEqual(367)
  })

  it('an opening ten years away, at once', () => {
    const found = walked({ week: {}, shifts: { '2036-05-01': nine } }, (hours) => nextOpening(hours, saturday))
    expect(found).toEqual({ answer: at('2036-05-01T09:00'), days: 2 })
  })

  it('an opening after ten years of closure: a day each', () => {
    const years = Array.from({ length: 10 }, (_, year) => ({
      from: `${2026 + year}-11-20`,
      to: `${2027 + year}-11-19`,
    }))
    const found = walked({ week: office, exceptions: years }, (hours) => nextOpening(hours, saturday))
    expect(found.answer).toBe(at('2036-11-20T09:00'))
    expect(found.days).toBeLessThanOrEqual(3653)
  })

  it.each<[string, Omit<Schedule, 'timezone'>]>([
    ['no hours at all', { week: {} }],
    ['a holiday ten years away', { week: {}, holidays: ['2036-05-01'] }],
    ['a shift that has passed', { week: {}, shifts: { '2016-05-01': nine } }],
  ])('that it never opens, at once: %s', (_, rest) => {
    expect(walked(rest, (hours) => nextOpening(hours, saturday))).toEqual({ answer: null, days: 1 })
    expect(walked(rest, (hours) => addOpenMillis(hours, saturday, hour))).toEqual({ answer: null, days: 1 })
  })

  it('that a week is swallowed whole by breaks: three weeks', () => {
    const breaks = Object.fromEntries(
      Array.from({ length: 40 }, (_, day) => [new Date(saturday + day * 24 * hour).toISOString().slice(0, 10), nine]),
    )
    const found = walked({ week: { mon: nine }, breaks }, (hours) => nextOpening(hours, saturday))
    expect(found.answer).toBe(at('2027-01-04T09:00'))
    expect(found.days).toBe(45)
  })

  it('that hours never close: the three weeks after which nothing new happens', () => {
    const always = [['00:00', '24:00']] as const
    const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always }
    const found = walked({ week }, (hours) => nextClosing(hours, saturday))
    expect(found).toEqual({ answer: null, days: 22 })
  })
})
