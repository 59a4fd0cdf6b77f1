/** What is taken from a past day, and what is drawn by lot: the laws of `scene.ts`. */
import { describe, expect, it } from 'vitest'
import { playOut, type Arrival } from '#engine/routing/staffing/events.ts'
import { paceOf, UNKNOWN_HANDLE, type PastArrival, type PastDay } from '#engine/routing/staffing/past.ts'
import { sceneOf, type Setting } from '#engine/routing/staffing/scene.ts'
import { asItWas, came, HOUR, MINUTE, pastDay, shift } from './past.ts'

function arrivalsOf(day: PastDay, over: Partial<Setting> = {}): readonly Arrival[] {
  return sceneOf(day, asItWas(day, over)).arrivals
}

/** What becomes of one arrival with different seeds, beside others. */
function drawn<Value>(
  past: PastArrival,
  others: readonly PastArrival[],
  of: (arrival: Arrival) => Value,
): readonly Value[] {
  const day = pastDay([past, ...others], [])
  return Array.from({ length: 40 }, (_, seed) => arrivalsOf(day, { seed }).slice(0, 1).map(of)).flat()
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('A customer of a past day', () => {
  const past = came('c', HOUR, {
    since: HOUR - MINUTE,
    priority: 2,
    weight: 0.5,
    teams: ['sales'],
    language: 'de',
    tier: 'gold',
    skills: { spanish: 3 },
    prefer: { chess: 1 },
    dropped: ['tier'],
  })

  it('comes again at the same time, with the same needs and the same place', () => {
    const { id, team, teams, channel, language, tier, skills, prefer, dropped, priority, since, weight } = past
    const needs = { id, team, teams, channel, language, tier, skills, prefer, dropped, priority, since, weight }
    const turn = HOUR - 3 * MINUTE
    expect(arrivalsOf(pastDay([past], []))).toEqual([
      {
        at: HOUR,
        handle: 5 * MINUTE,
        patience: null,
        relax: [],
        conversation: { ...needs, turn, skip: [], preferred: null, rested: true },
      },
    ])
  })

  it('who was not served would have taken as long as somebody who was, drawn by lot', () => {
    const handles = drawn(
      came('c', HOUR, { end: 'gaveUp', handle: null }),
      [came('d', HOUR, { handle: 2 * MINUTE }), came('e', HOUR, { handle: 7 * MINUTE })],
      ({ handle }) => handle,
    )
    expect(new Set(handles)).toEqual(new Set([2 * MINUTE, 7 * MINUTE]))
  })

  it('where nobody was served, takes a time by lot around what is asked for, or what is usual', () => {
    const day = pastDay(
      Array.from({ length: 2_000 }, (_, index) => came(`c${index}`, HOUR, { end: 'gaveUp', handle: null })),
      [],
    )
    const around = (handle: number | null) => mean(arrivalsOf(day, { handle }).map((each) => each.handle))
    expect(paceOf(day).handle).toBe(null)
    expect(around(null) / UNKNOWN_HANDLE).toBeCloseTo(1, 1)
    expect(around(10 * MINUTE)).toBeCloseTo((around(null) * 10 * MINUTE) / UNKNOWN_HANDLE, 3)
  })

  const impatient = came('d', HOUR, { end: 'impatient', waited: 3 * MINUTE, handle: null })

  it.each(['impatient', 'other'] as const)('who left as “%s” leaves after the same wait again', (end) => {
    const left = came('c', HOUR, { end, waited: 4 * MINUTE, handle: null })
    expect(new Set(drawn(left, [impatient], ({ patience }) => patience))).toEqual(new Set([4 * MINUTE]))
  })

  it('who waited still goes on waiting', () => {
    const waiting = came('c', HOUR, { end: 'waiting', waited: 4 * MINUTE, handle: null })
    expect(new Set(drawn(waiting, [impatient], ({ patience }) => patience))).toEqual(new Set([null]))
  })

  it.each(['served', 'gaveUp'] as const)(
    'who was “%s” has more patience than the wait, by the rate of leaving',
    (end) => {
      const customers = Array.from({ length: 1_500 }, (_, index) => came(`c${index}`, HOUR, { end, waited: MINUTE }))
      const day = pastDay([...customers, ...Array.from({ length: 500 }, () => impatient)], [])
      const more = arrivalsOf(day)
        .slice(0, 1_500)
        .map(({ patience }) => (patience ?? 0) - MINUTE)
      // 1,500 minutes by those who stayed and 500 times three by those who left: six minutes a leaving.
      expect(mean(more) / (6 * MINUTE)).toBeCloseTo(1, 1)
      expect(Math.min(...more)).toBeGreaterThanOrEqual(0)
    },
  )

  it.each([
    [10 * MINUTE, 3 * MINUTE],
    [3 * MINUTE, 3 * MINUTE],
    [2 * MINUTE, 2 * MINUTE],
    [null, 3 * MINUTE],
  ])('with a longest wait of %j ms, who left after three minutes leaves at %j ms', (maxWait, leaves) => {
    expect(arrivalsOf(pastDay([impatient], []), { rules: { maxWait } })[0]?.patience).toBe(leaves)
  })
})

describe('What agents did for other teams', () => {
  const work = (agent: string, from: number, to: number) => ({ agent, from, to, weight: 1 })
  const given = (day: PastDay) =>
    Object.fromEntries(
      playOut(sceneOf(day, asItWas(day))).map((course) => [course.arrival.conversation.id, course.given]),
    )

  it('is done again by the same agent and by no other, and only where that one is there', () => {
    const staff = [shift('abe', { skills: { spanish: 3 }, capacity: 5 }), shift('zoe')]
    const spanish = came('c', HOUR + MINUTE, { skills: { spanish: 3 } })
    const courses = given(
      pastDay([spanish], staff, { elsewhere: [work('zoe', HOUR, 2 * HOUR), work('abe', 3 * HOUR, 4 * HOUR)] }),
    )
    expect(courses).toEqual({
      c: { agent: 'abe', at: HOUR + MINUTE },
      'elsewhere 0': { agent: 'zoe', at: HOUR },
      'elsewhere 1': { agent: 'abe', at: 3 * HOUR },
    })
    const without = pastDay([spanish], staff.slice(0, 1), { elsewhere: [work('zoe', HOUR, 2 * HOUR)] })
    expect(Object.keys(given(without))).toEqual(['c'])
  })

  it('goes before every customer who waits', () => {
    const customers = [came('c1', HOUR), came('c2', HOUR + MINUTE, { priority: 100 })]
    const day = pastDay(customers, [shift('ann')], {
      elsewhere: [work('ann', HOUR + 2 * MINUTE, HOUR + 32 * MINUTE)],
    })
    expect(given(day)).toMatchObject({
      'elsewhere 0': { at: HOUR + 5 * MINUTE },
      c2: { at: HOUR + 35 * MINUTE },
    })
  })
})
