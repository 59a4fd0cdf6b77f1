import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { schedule } from '#engine/hours/index.ts'

const office = { timezone: 'Europe/Berlin', week: { mon: [['09:00', '17:00']] } }

/** The faults of a schedule, as `/pointer: sentence`. */
function faultsOf(value: unknown): readonly string[] {
  const issues = schedule.safeParse(value).error?.issues ?? []
  return issues.map((issue) => `/${issue.path.join('/')}: ${issue.message}`)
}

function weekFaults(ranges: unknown): readonly string[] {
  return faultsOf({ ...office, week: { mon: ranges } })
}

describe('a schedule', () => {
  it('needs a time zone and a week, and nothing else', () => {
    expect(faultsOf(office)).toEqual([])
    expect(faultsOf({ timezone: 'UTC', week: {} })).toEqual([])
  })

  it('may hold holidays, breaks, shifts, closed dates, nights and whole days', () => {
    const full = {
      timezone: 'America/St_Johns',
      week: { mon: [['22:00', '06:00']], tue: [], sun: [['00:00', '24:00']] },
      holidays: ['2026-12-25', '2028-02-29'],
      breaks: { '2026-12-24': [['12:00', '13:00']] },
      shifts: {
        '2026-12-31': [],
        '2027-01-02': [
          ['10:00', '12:00'],
          ['12:00', '14:00'],
        ],
      },
    }
    expect(faultsOf(full)).toEqual([])
    expect(schedule.parse(full)).toEqual(full)
  })

  it('may hold exceptions: a date or a range of dates, with a name, with other hours or closed', () => {
    const full = {
      ...office,
      exceptions: [
        { name: 'Summer break', from: '2026-08-03', to: '2026-08-21' },
        { from: '2026-08-10', hours: [['10:00', '12:00']] },
        { name: 'Sale', from: '2026-11-23', to: '2026-11-28', hours: [['07:00', '23:00']] },
      ],
    }
    expect(faultsOf(full)).toEqual([])
    expect(schedule.parse(full)).toEqual(full)
  })

  it.each([
    [{ from: '2026-08-21', to: '2026-08-03' }, '/exceptions/0/to: Ends before it starts. Swap the two dates.'],
    [
      { from: '2026-01-01', to: '2027-06-30' },
      '/exceptions/0/to: Lasts over 366 days. Change the week instead, or part it.',
    ],
    [{ from: 'soon' }, '/exceptions/0/from: Write a date of the calendar as year-month-day, as in "2026-12-25".'],
    [
      { from: '2026-08-03', hours: [['9', '17']] },
      '/exceptions/0/hours/0/0: Write a start as hours and minutes, "00:00" to "23:59".',
    ],
    [{ from: '2026-08-03', name: '' }, '/exceptions/0/name: Name it, or leave the name out.'],
  ])('refuses the exception %j', (exception, fault) => {
    expect(faultsOf({ ...office, exceptions: [exception] })).toContain(fault)
  })

  it('refuses two exceptions of one length that share dates: which of them counts would be anybody’s guess', () => {
    const week = { from: '2026-08-03', to: '2026-08-09' }
    const shared = { from: '2026-08-09', to: '2026-08-15' }
    expect(faultsOf({ ...office, exceptions: [week, shared] })).toEqual([
      '/exceptions/1: Shares dates with exception 1 of the same length. Part them, or shorten one.',
    ])
    expect(faultsOf({ ...office, exceptions: [week, { from: '2026-08-10', to: '2026-08-16' }] })).toEqual([])
  })

  it.each(['Europe/Atlantis', '', '+02:00', 'Berlin'])('refuses the time zone "%s", naming a good one', (timezone) => {
    expect(faultsOf({ ...office, timezone })).toEqual([
      '/timezone: Name a time zone of the IANA list, as in "Europe/Berlin" or "UTC".',
    ])
  })

  it('refuses ranges that overlap and says what to do', () => {
    const cure = 'overlap. Join them, or end one where the other starts.'
    expect(
      weekFaults([
        ['09:00', '12:00'],
        ['11:00', '15:00'],
      ]),
    ).toEqual([`/week/mon/1: "09:00" to "12:00" and "11:00" to "15:00" ${cure}`])
    expect(
      weekFaults([
        ['22:00', '06:00'],
        ['20:00', '23:00'],
      ]),
    ).toEqual([`/week/mon/1: "22:00" to "06:00" and "20:00" to "23:00" ${cure}`])
  })

  it('takes ranges that only meet, and a night after the early hours of its own day', () => {
    expect(
      weekFaults([
        ['09:00', '12:00'],
        ['12:00', '15:00'],
      ]),
    ).toEqual([])
    expect(
      weekFaults([
        ['22:00', '06:00'],
        ['05:00', '12:00'],
      ]),
    ).toEqual([])
  })

  it('refuses a range without any time', () => {
    expect(weekFaults([['09:00', '09:00']])).toEqual([
      '/week/mon/0: "09:00" to "09:00" is no time at all. For a whole day write "00:00" to "24:00".',
    ])
  })

  it.each([
    [['9:00', '17:00'], '/week/mon/0/0: Write a start as hours and minutes, "00:00" to "23:59".'],
    [['24:00', '02:00'], '/week/mon/0/0: Write a start as hours and minutes, "00:00" to "23:59".'],
    [['09:00', '24:01'], '/week/mon/0/1: Write an end as hours and minutes, "00:00" to "24:00".'],
    [['09:00'], '/week/mon/0: Write a range as [start, end], as in ["09:00", "17:00"].'],
    ['09:00-17:00', '/week/mon/0: Write a range as [start, end], as in ["09:00", "17:00"].'],
  ])('refuses the range %j', (range, fault) => expect(weekFaults([range])).toContain(fault))

  it('refuses days of the week by other names', () => {
    expect(faultsOf({ ...office, week: { monday: [] } })).toEqual([
      '/week: Name the days mon, tue, wed, thu, fri, sat, sun.',
    ])
  })

  it('refuses keys it does not know', () => {
    expect(faultsOf({ ...office, closed: true })).toHaveLength(1)
  })

  it('refuses dates that are not in the calendar, wherever they stand', () => {
    const cure = 'Write a date of the calendar as year-month-day, as in "2026-12-25".'
    expect(faultsOf({ ...office, holidays: ['2026-12-25', '2026-02-29', '25.12.2026'] })).toEqual([
      `/holidays/1: ${cure}`,
      `/holidays/2: ${cure}`,
    ])
    expect(faultsOf({ ...office, breaks: { '2026-13-01': [] } })).toEqual([`/breaks/2026-13-01: ${cure}`])
    expect(faultsOf({ ...office, shifts: { tomorrow: [] } })).toEqual([`/shifts/tomorrow: ${cure}`])
  })

  it('names every fault at once', () => {
    const faults = faultsOf({
      timezone: 'Nowhere',
      week: { mon: [['09:00', '09:00']], tue: [['1', '2']] },
      holidays: ['never'],
    })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      '/timezone',
      '/week/mon/0',
      '/week/tue/0/0',
      '/week/tue/0/1',
      '/holidays/0',
    ])
  })

  it('has room for a thousand dates and 24 ranges a day, and says so beyond', () => {
    const dates = Array.from({ length: 1001 }, (_, day) => new Date(day * 86_400_000).toISOString().slice(0, 10))
    const ranges = Array.from({ length: 25 }, (_, index) => [`09:${10 + index}`, `09:${11 + index}`])
    expect(faultsOf({ ...office, holidays: dates.slice(1) })).toEqual([])
    expect(faultsOf({ ...office, holidays: dates })).toEqual([
      '/holidays: At most 1000 holidays. Drop those that have passed.',
    ])
    expect(faultsOf({ ...office, shifts: Object.fromEntries(dates.map((date) => [date, []])) })).toEqual([
      '/shifts: At most 1000 dates. Drop those that have passed.',
    ])
    expect(weekFaults(ranges.slice(1))).toEqual([])
    expect(weekFaults(ranges)).toEqual(['/week/mon: A day holds at most 24 ranges. Join those that meet.'])
  })

  it('can be told as JSON Schema', () => {
    expect(z.toJSONSchema(schedule)).toMatchObject({ type: 'object', required: ['timezone', 'week'] })
  })
})
