import fc from 'fast-check'
import type { DateException, Schedule, WallRange } from '#engine/hours/index.ts'
import { isoDate } from './oracle.ts'

/** Moments (of clocks in whole minutes) at which a zone did something that business hours easily get wrong. */
export const oddMoments = [
  { timezone: 'Europe/London', around: '2026-03-29T01:00Z', what: 'an hour skipped' },
  { timezone: 'Europe/London', around: '2026-10-25T01:00Z', what: 'an hour twice' },
  { timezone: 'America/New_York', around: '2026-11-01T06:00Z', what: 'an hour twice' },
  { timezone: 'Australia/Lord_Howe', around: '2026-10-03T15:30Z', what: 'half an hour skipped' },
  { timezone: 'Australia/Lord_Howe', around: '2026-04-04T15:00Z', what: 'half an hour twice' },
  { timezone: 'America/St_Johns', around: '2010-03-14T03:31Z', what: 'an hour skipped a minute after midnight' },
  { timezone: 'America/St_Johns', around: '2010-11-07T02:31Z', what: 'back over midnight, a minute after it' },
  { timezone: 'Africa/Casablanca', around: '2026-02-15T02:00Z', what: 'Ramadan begins' },
  { timezone: 'Africa/Casablanca', around: '2026-03-22T02:00Z', what: 'Ramadan ends' },
  { timezone: 'Pacific/Apia', around: '2011-12-30T10:00Z', what: 'a date skipped' },
  { timezone: 'Pacific/Kwajalein', around: '1993-08-21T12:00Z', what: 'a date skipped' },
  { timezone: 'Asia/Kathmandu', around: '1985-12-31T18:30Z', what: 'a quarter of an hour skipped' },
  { timezone: 'America/Sao_Paulo', around: '2015-10-18T03:00Z', what: 'midnight skipped' },
  { timezone: 'America/Sao_Paulo', around: '2016-02-21T02:00Z', what: 'the hour before midnight twice' },
  { timezone: 'America/Toronto', around: '1919-03-31T04:30Z', what: 'half an hour on each side of midnight skipped' },
  { timezone: 'Africa/Cairo', around: '2026-04-23T22:00Z', what: 'midnight skipped' },
  { timezone: 'Asia/Beirut', around: '2026-10-24T21:00Z', what: 'the hour before midnight twice' },
  { timezone: 'America/Nuuk', around: '2024-03-31T01:00Z', what: 'the hour up to midnight skipped' },
  { timezone: 'Antarctica/Troll', around: '2026-03-29T01:00Z', what: 'two hours skipped' },
  { timezone: 'Asia/Pyongyang', around: '2018-05-04T15:00Z', what: 'half an hour skipped up to midnight' },
  { timezone: 'Pacific/Chatham', around: '2026-04-04T14:00Z', what: 'an hour twice, a quarter to four' },
  { timezone: 'Pacific/Kiritimati', around: '1994-12-31T10:00Z', what: 'a date skipped' },
  { timezone: 'Europe/Berlin', around: '1945-05-24T00:00Z', what: 'double summer time begins' },
  { timezone: 'Europe/Dublin', around: '1971-10-31T02:00Z', what: 'winter time that is the exception' },
  { timezone: 'America/Caracas', around: '2016-05-01T07:00Z', what: 'half an hour skipped' },
  { timezone: 'Asia/Kolkata', around: '2026-03-29T01:00Z', what: 'nothing' },
] as const

/** Schedules of whole `grid` minutes, with exceptions on the dates around an instant, night shifts and all. */
export function schedulesAround(timezone: string, around: number, grid = 1): fc.Arbitrary<Schedule> {
  const hours = dayHours(grid)
  const date = fc.integer({ min: -4, max: 4 }).map((days) => isoDate(Math.floor(around / 86_400_000) + days))
  const dated = fc.dictionary(date, hours, { maxKeys: 2, noNullPrototype: true })
  const weekly = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }
  return fc.record(
    {
      timezone: fc.constant(timezone),
      week: fc.record(weekly, { requiredKeys: [] }),
      holidays: fc.array(date, { maxLength: 2 }),
      breaks: dated,
      shifts: dated,
      exceptions: fc.uniqueArray(exceptionFrom(date, hours), { maxLength: 3, selector: lengthOf }),
    },
    { requiredKeys: ['timezone', 'week'] },
  )
}

/** Of a length that no other has, so that none of them is refused. */
function exceptionFrom(date: fc.Arbitrary<string>, hours: fc.Arbitrary<WallRange[]>): fc.Arbitrary<DateException> {
  const length = fc.integer({ min: 0, max: 8 })
  return fc.tuple(date, length, fc.option(hours, { nil: undefined })).map(([from, days, open]) => ({
    from,
    ...(days === 0 ? {} : { to: isoDate(Date.parse(from) / 86_400_000 + days) }),
    ...(open === undefined ? {} : { hours: open }),
  }))
}

function lengthOf({ from, to = from }: DateException): number {
  return Date.parse(to) - Date.parse(from)
}

/** Up to three ranges; where an odd time is left over, it begins a night. */
function dayHours(grid: number): fc.Arbitrary<WallRange[]> {
  const small = fc.integer({ min: 0, max: 240 / grid })
  const time = fc.oneof(small, fc.integer({ min: 0, max: 1440 / grid })).map((steps) => steps * grid)
  const times = fc.uniqueArray(time, { maxLength: 6 }).map((list) => list.toSorted((a, b) => a - b))
  return fc.tuple(times, small).map(([sorted, early]) => {
    const ranges: WallRange[] = []
    for (let index = 0; index < sorted.length; index += 2) {
      const start = sorted[index] ?? 0
      const end = sorted[index + 1] ?? early * grid
      const isNight = index + 1 === sorted.length
      if (start < 1440 && (!isNight || end < start)) ranges.push([told(start), told(end)])
    }
    return ranges
  })
}

function told(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
