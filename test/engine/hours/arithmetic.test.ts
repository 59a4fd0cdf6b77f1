import { describe, expect, it } from 'vitest'
import {
  addOpenMillis,
  isOpen,
  localToInstant,
  nextClosing,
  nextOpening,
  openMillisBetween,
  type Schedule,
  type WallRange,
} from '#engine/hours/index.ts'

const hour = 3_600_000
const wholeDay: readonly WallRange[] = [['00:00', '24:00']]
const nine: readonly WallRange[] = [['09:00', '17:00']]
const night: readonly WallRange[] = [['22:00', '06:00']]
const everyDay = (ranges: readonly WallRange[]) => ({
  mon: ranges,
  tue: ranges,
  wed: ranges,
  thu: ranges,
  fri: ranges,
  sat: ranges,
  sun: ranges,
})
const berlin = (rest: Omit<Schedule, 'timezone'>): Schedule => ({ timezone: 'Europe/Berlin', ...rest })
const at = (local: string) => localToInstant('Europe/Berlin', local)

describe('hours that never open', () => {
  it.each<[string, Schedule]>([
    ['no hours', berlin({ week: {} })],
    ['empty days', berlin({ week: { mon: [], tue: [] } })],
    ['a shift that has passed', berlin({ week: {}, shifts: { '2026-03-01': nine } })],
    ['a shift on a holiday', berlin({ week: {}, shifts: { '2026-05-01': nine }, holidays: ['2026-05-01'] })],
    ['a shift in a break', berlin({ week: {}, shifts: { '2026-05-01': nine }, breaks: { '2026-05-01': wholeDay } })],
    ['a shift after more than a century', berlin({ week: {}, shifts: { '2199-05-01': nine } })],
  ])('give no opening, no closing and no deadline: %s', (_, hours) => {
    const now = at('2026-04-01T12:00')
    expect(isOpen(hours, now)).toBe(false)
    expect(nextOpening(hours, now)).toBeNull()
    expect(nextClosing(hours, now)).toBeNull()
    expect(addOpenMillis(hours, now, 0)).toBeNull()
    expect(addOpenMillis(hours, now, hour)).toBeNull()
    expect(openMillisBetween(hours, now, now + 400 * 24 * hour)).toBe(0)
  })

  it('give no deadline beyond the last of their shifts', () => {
    const hours = berlin({ week: {}, shifts: { '2026-05-01': nine, '2027-05-01': nine } })
    expect(addOpenMillis(hours, at('2026-04-01T12:00'), 16 * hour)).toBe(at('2027-05-01T17:00'))
    expect(addOpenMillis(hours, at('2026-04-01T12:00'), 16 * hour + 1)).toBeNull()
  })
})

describe('hours that never close', () => {
  const always = berlin({ week: everyDay(wholeDay) })

  it('give no closing', () => expect(nextClosing(always, at('2026-04-01T12:00'))).toBeNull())

  it('close for a holiday, however far off', () => {
    const hours = berlin({ week: everyDay(wholeDay), holidays: ['2031-12-25'] })
    expect(nextClosing(hours, at('2026-04-01T12:00'))).toBe(at('2031-12-25T00:00'))
    expect(nextClosing(hours, at('2031-12-25T12:00'))).toBeNull()
  })

  it('count every hour of a year, and find any of them again', () => {
    const [from, to] = [at('2026-01-01T00:00'), at('2027-01-01T00:00')]
    expect(openMillisBetween(always, from, to)).toBe(365 * 24 * hour)
    expect(addOpenMillis(always, from, 365 * 24 * hour)).toBe(to)
  })
})

describe('what is asked beyond all measure', () => {
  const office = berlin({ week: { mon: nine } })
  const now = at('2026-04-01T12:00')

  it('is refused: counting over more than a century, adding less than nothing, an instant that is none', () => {
    expect(() => openMillisBetween(office, now, now + 101 * 366 * 24 * hour)).toThrow(RangeError)
    expect(() => openMillisBetween(office, now, Infinity)).toThrow(RangeError)
    expect(() => addOpenMillis(office, now, -1)).toThrow(RangeError)
    expect(() => addOpenMillis(office, now, NaN)).toThrow(RangeError)
    expect(() => isOpen(office, NaN)).toThrow(RangeError)
    expect(() => openMillisBetween(office, now, NaN)).toThrow(RangeError)
  })

  it('has no answer: more open time than a century holds', () => {
    expect(addOpenMillis(office, now, 101 * 53 * 8 * hour)).toBeNull()
    expect(addOpenMillis(office, now, Infinity)).toBeNull()
  })
})

describe('holidays, shifts, breaks and nights', () => {
  it('a night belongs to the day it begins on: a holiday closes the night after it, not the one before', () => {
    const hours = berlin({ week: everyDay(night), holidays: ['2026-12-25'] })
    expect(isOpen(hours, at('2026-12-25T03:00'))).toBe(true)
    expect(nextClosing(hours, at('2026-12-25T03:00'))).toBe(at('2026-12-25T06:00'))
    expect(nextOpening(hours, at('2026-12-25T12:00'))).toBe(at('2026-12-26T22:00'))
  })

  it('a shift replaces its day, and leaves the night before alone', () => {
    const hours = berlin({ week: everyDay(night), shifts: { '2026-12-25': [['10:00', '11:00']] } })
    expect(openMillisBetween(hours, at('2026-12-25T00:00'), at('2026-12-26T00:00'))).toBe(7 * hour)
  })

  it('a break cuts the night that began the day before, and may itself last over midnight', () => {
    const hours = berlin({
      week: everyDay(night),
      breaks: { '2026-12-24': [['23:00', '01:00']], '2026-12-25': [['02:00', '02:30']] },
    })
    expect(openMillisBetween(hours, at('2026-12-24T22:00'), at('2026-12-25T06:00'))).toBe(5.5 * hour)
    expect(nextOpening(hours, at('2026-12-25T02:10'))).toBe(at('2026-12-25T02:30'))
  })

  it('hours that meet at midnight, or overlap there, are one opening', () => {
    const hours = berlin({ week: { mon: [['20:00', '02:00']], tue: [['01:00', '03:00']], wed: wholeDay, thu: nine } })
    expect(nextClosing(hours, at('2026-03-30T21:00'))).toBe(at('2026-03-31T03:00'))
    expect(openMillisBetween(hours, at('2026-03-30T00:00'), at('2026-04-01T00:00'))).toBe(7 * hour)
    expect(nextClosing(hours, at('2026-04-01T12:00'))).toBe(at('2026-04-02T00:00'))
  })
})

describe('a wall time', () => {
  it('may be the midnight that ends a day', () => {
    expect(at('2026-12-31T24:00')).toBe(Date.parse('2026-12-31T23:00:00Z'))
    expect(at('2026-12-31T24:00:00')).toBe(at('2027-01-01T00:00'))
  })

  it.each(['2026-02-30T10:00', '2026-02-30T24:00', 'tomorrow', ''])('is refused when it is none: "%s"', (local) => {
    expect(() => at(local)).toThrow(RangeError)
  })

  it('is refused in a zone that is none, each time it is asked', () => {
    expect(() => localToInstant('Europe/Atlantis', '2026-01-01T00:00')).toThrow(RangeError)
    expect(() => localToInstant('Europe/Atlantis', '2026-01-01T00:00')).toThrow(RangeError)
  })
})

describe('exceptions', () => {
  const office = berlin({
    week: everyDay(nine),
    holidays: ['2026-08-05'],
    shifts: { '2026-08-06': [['12:00', '13:00']] },
    exceptions: [
      { name: 'Summer break', from: '2026-08-03', to: '2026-08-09' },
      { name: 'Stocktaking', from: '2026-08-04', hours: [['10:00', '11:00']] },
      { name: 'Short days', from: '2026-08-01', to: '2026-08-12', hours: [['09:00', '12:00']] },
    ],
  })
  const openOn = (date: string) => openMillisBetween(office, at(`${date}T00:00`), at(`${date}T24:00`)) / hour

  it('count by the narrowest that holds a day, in whatever order they are listed', () => {
    expect(['2026-07-31', '2026-08-01', '2026-08-03', '2026-08-04'].map(openOn)).toEqual([8, 3, 0, 1])
    expect(['2026-08-09', '2026-08-10', '2026-08-12', '2026-08-13'].map(openOn)).toEqual([0, 3, 3, 8])
  })

  it('give way to a holiday and to a shift', () => expect(['2026-08-05', '2026-08-06'].map(openOn)).toEqual([0, 1]))

  it('are what the next opening waits for', () => {
    expect(nextOpening(office, at('2026-08-06T14:00'))).toBe(at('2026-08-10T09:00'))
  })

  it('open hours that are open on no weekday', () => {
    const fair = berlin({
      week: {},
      exceptions: [{ name: 'Fair', from: '2031-05-01', to: '2031-05-03', hours: night }],
    })
    expect(nextOpening(fair, at('2026-04-01T12:00'))).toBe(at('2031-05-01T22:00'))
    expect(addOpenMillis(fair, at('2026-04-01T12:00'), 24 * hour)).toBe(at('2031-05-04T06:00'))
    expect(addOpenMillis(fair, at('2026-04-01T12:00'), 24 * hour + 1)).toBeNull()
  })
})
