import { describe, expect, test } from 'vitest'
import { clockAt, dayBeside, isDay, yesterday } from '#editor/staffing/day.ts'
import { AS_IT_WAS, changesNothing, requestOf, shiftsOf, type Plan, type PlanFor } from '#editor/staffing/plan.ts'
import { readRules } from '#editor/staffing/queue-rules.ts'
import { dryRunBody } from '#server/http/schemas/dry-run.ts'
import { pastDay } from './past-day.ts'

const staff = pastDay().staff.asItWas
const planned: PlanFor = {
  day: '2026-11-20',
  timezone: 'Europe/Berlin',
  staff,
  queue: readRules({
    team: 'support',
    skills: { spanish: 4 },
    language: 'es',
    ageing: '2m',
    relax: [{ after: '1m', drop: ['spanish'] }],
  }),
}
const asked = (change: Partial<Plan>) => requestOf({ ...AS_IT_WAS, ...change }, planned)

describe('What is asked of a past day', () => {
  test('1. a plan that changes nothing asks for nothing but the day', () => {
    expect(asked({})).toEqual({ day: '2026-11-20', timezone: 'Europe/Berlin' })
    expect(changesNothing(asked({}))).toBe(true)
    expect(changesNothing(asked({ people: 'count', more: 0 }))).toBe(true)
    expect(changesNothing(asked({ people: 'oneByOne', shifts: shiftsOf(staff, planned.timezone) }))).toBe(true)
    expect(changesNothing(asked({ goal: { share: 0.9, within: '1m' } }))).toBe(true)
    expect(changesNothing(asked({ people: 'count', more: 2 }))).toBe(false)
  })

  test('2. who is planned one by one keeps the hours they worked until somebody changes them', () => {
    const [anna, ben] = shiftsOf(staff, planned.timezone)
    if (!anna || !ben) throw new Error('The day has shifts.')
    expect(anna).toMatchObject({ name: 'Anna', from: '08:00', to: '18:00', capacity: 3 })
    expect(
      asked({
        people: 'oneByOne',
        shifts: [
          { ...anna, capacity: 5 },
          { ...ben, to: '12:00' },
        ],
      }).agents,
    ).toEqual([
      { id: 'anna', capacity: 5 },
      { id: 'ben', capacity: 3, from: '08:00', to: '12:00' },
    ])
  })

  test('who is added knows what the queue asks for', () => {
    const shifts = [{ name: 'New person 1', from: '09:00', to: '17:00', capacity: 3, worked: null }]
    expect(asked({ people: 'oneByOne', shifts }).agents).toEqual([
      { name: 'New person 1', skills: { spanish: 4 }, languages: ['es'], capacity: 3, from: '09:00', to: '17:00' },
    ])
  })

  test('other room for everybody is asked for each of those who worked', () => {
    expect(asked({ capacity: 4 }).agents).toEqual(['anna', 'ben', 'cy'].map((id) => ({ id, capacity: 4 })))
    expect(asked({ people: 'count', more: -1, capacity: 4 })).toMatchObject({
      more: -1,
      agents: [{ id: 'anna', capacity: 4 }, {}, {}],
    })
  })

  test('somebody who worked twice that day is asked for with the hours of each shift', () => {
    const twice = [
      { ...staff[0]!, to: '2026-11-20T11:00:00.000Z' },
      { ...staff[0]!, from: '2026-11-20T12:00:00.000Z' },
    ]
    const { agents } = requestOf({ ...AS_IT_WAS, capacity: 2 }, { ...planned, staff: twice })
    expect(agents).toEqual([
      { id: 'anna', capacity: 2, from: '08:00', to: '12:00' },
      { id: 'anna', capacity: 2, from: '13:00', to: '18:00' },
    ])
  })

  test('rules are those of the day, those drawn now, or stricter ones; single lengths go before them', () => {
    expect(asked({ rules: 'drawn' }).rules).toEqual({ relax: [{ after: '1m', drop: ['spanish'] }], ageing: '2m' })
    expect(asked({ rules: 'drawn', ageing: '5m', maxWait: '15m' }).rules).toMatchObject({
      ageing: '5m',
      maxWait: '15m',
    })
    expect(asked({ rules: 'strict', policy: 'longestIdle' }).rules).toEqual({ policy: 'longestIdle', relax: [] })
  })

  test('the server takes every plan that can be made', () => {
    const shifts = [
      ...shiftsOf(staff, planned.timezone),
      { name: 'New', from: '20:00', to: '04:00', capacity: 1, worked: null },
    ]
    const plans: readonly Partial<Plan>[] = [
      {},
      { people: 'count', more: -3 },
      { people: 'oneByOne', shifts },
      { capacity: 9, policy: 'leastLoaded' },
      { rules: 'drawn', ageing: '30s', maxWait: '1h', handle: '6m', goal: { share: 0.95, within: '1m' } },
      { rules: 'strict' },
    ]
    for (const plan of plans) expect(dryRunBody.safeParse(asked(plan)).error).toBeUndefined()
  })
})

describe('Days', () => {
  test('yesterday is the day before in the flow’s zone, also where that is another day than here', () => {
    const evening = Date.parse('2026-11-20T23:30:00Z')
    expect([
      yesterday(evening, 'UTC'),
      yesterday(evening, 'Europe/Berlin'),
      yesterday(evening, 'America/New_York'),
    ]).toEqual(['2026-11-19', '2026-11-20', '2026-11-19'])
    expect([dayBeside('2026-03-01', -1), dayBeside('2026-12-31', 1)]).toEqual(['2026-02-28', '2027-01-01'])
  })

  test('what is half typed is no day', () => {
    expect(['2026-11-20', '2026-02-30', '2026-1-1', ''].map(isDay)).toEqual([true, false, false, false])
  })

  test('a day ends at 24:00 and begins at 00:00', () => {
    expect(clockAt('2026-11-20T23:00:00Z', 'Europe/Berlin', { ends: true })).toBe('24:00')
    expect(clockAt('2026-11-20T23:00:00Z', 'Europe/Berlin')).toBe('00:00')
  })
})
