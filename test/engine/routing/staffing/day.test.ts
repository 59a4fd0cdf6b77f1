import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measured, replay } from '#engine/routing/staffing/day.ts'
import { paceOf, type PastDay } from '#engine/routing/staffing/past.ts'
import type { DayReport } from '#engine/routing/staffing/report.ts'
import type { Setting } from '#engine/routing/staffing/scene.ts'
import { asItWas, came, DAY, HOUR, MINUTE, pastDay, shift, simulatedDay, SPAN } from './past.ts'

function replayed(day: PastDay, over: Partial<Setting> = {}): DayReport {
  const { advance, report } = replay(day, SPAN, asItWas(day, over))
  advance(Infinity)
  return report()
}

const seeds = fc.integer({ min: 1, max: 1_000_000 })

describe('A day that is played again', () => {
  it('law 1: with nothing changed is the day that was, to the last figure', () => {
    fc.assert(
      fc.property(seeds, seeds, (day, seed) => {
        const past = simulatedDay(day, 120)
        const [was, again] = [measured(past, SPAN), replayed(past, { seed })]
        again.intervals.forEach((each, index) => {
          const { waiting, meanWait, occupancy, ...exact } = each
          expect(was.intervals[index]).toMatchObject(exact)
          expect(waiting).toBeCloseTo(was.intervals[index]?.waiting ?? Number.NaN, 6)
          expect(occupancy ?? -1).toBeCloseTo(was.intervals[index]?.occupancy ?? -1, 6)
          expect(meanWait ?? -1).toBeCloseTo(was.intervals[index]?.meanWait ?? -1, 3)
        })
        expect(again.totals.served).toBe(was.totals.served)
        expect(again.totals.longestWait).toBe(was.totals.longestWait)
      }),
      { numRuns: 40 },
    )
  })

  it('law 2: is the same every time for one seed, and in slices of any size', () => {
    const past = simulatedDay(7)
    const whole = replayed(past, { staff: past.staff.slice(0, 2) })
    const { advance, report } = replay(past, SPAN, asItWas(past, { staff: past.staff.slice(0, 2) }))
    let slices = 1
    while (advance(1)) slices++
    expect(report()).toEqual(whole)
    expect(slices).toBeGreaterThan(300)
    expect(replayed(past, { staff: past.staff.slice(0, 2), seed: 2 })).not.toEqual(whole)
  })

  it('law 3: has nobody wait longer where one more of the same agents works', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 4 }), (seed, agents) => {
        const past = simulatedDay(seed, 80)
        const arrivals = past.arrivals.map((each) => ({ ...each, skills: {}, end: 'served' as const }))
        const alike = { ...past, arrivals }
        const team = Array.from({ length: agents + 1 }, (_, index) => shift(`a${index}`))
        const fewer = replayed(alike, { staff: team.slice(1) })
        const more = replayed(alike, { staff: team })
        expect(more.totals.longestWait ?? 0).toBeLessThanOrEqual(fewer.totals.longestWait ?? 0)
        expect(more.totals.meanWait ?? 0).toBeLessThanOrEqual(fewer.totals.meanWait ?? 0)
      }),
      { numRuns: 40 },
    )
  })

  it('counts everybody who came exactly once, as served, as left or as waiting still', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3 }), (seed, agents) => {
        const past = simulatedDay(seed, 60)
        const { totals, intervals } = replayed(past, { staff: past.staff.slice(0, agents) })
        expect(totals.served + totals.left + totals.waiting).toBe(60)
        expect(intervals.reduce((sum, each) => sum + each.arrivals, 0)).toBe(60)
        expect(intervals.reduce((sum, each) => sum + each.left, 0)).toBe(totals.left)
        if (agents === 0) expect(totals).toMatchObject({ served: 0, occupancy: null, agents: 0 })
      }),
      { numRuns: 40 },
    )
  })
})

describe('What is taken from the day', () => {
  it('who left by impatience leaves after the same wait again, however few work', () => {
    const left = came('c1', HOUR, { end: 'impatient', waited: 3 * MINUTE, handle: null })
    const past = pastDay([left, came('c2', 2 * HOUR)], [shift('ann')])
    const { totals, intervals } = replayed(past, { staff: [] })
    expect(intervals[2]).toMatchObject({ arrivals: 1, left: 1, meanWait: 3 * MINUTE })
    expect(totals.left).toBe(2)
  })

  it('who left by impatience is served where somebody is there sooner', () => {
    const left = came('c1', HOUR, { end: 'impatient', waited: 3 * MINUTE, handle: null })
    const { totals } = replayed(pastDay([came('c0', 0), left], [shift('ann')]))
    expect(totals).toMatchObject({ served: 2, left: 0, longestWait: 0 })
  })

  it('where nobody left, nobody loses patience', () => {
    const past = pastDay([came('c1', HOUR), came('c2', HOUR)], [shift('ann')])
    expect(replayed(past, { staff: [] }).totals).toMatchObject({ left: 0, waiting: 2 })
  })

  it('who was served is known to have had more patience than the wait', () => {
    const arrivals = [
      came('c1', HOUR, { waited: 20 * MINUTE }),
      came('c2', HOUR, { end: 'impatient', waited: MINUTE, handle: null }),
    ]
    for (let seed = 1; seed <= 20; seed++) {
      const { intervals } = replayed(pastDay(arrivals, []), { seed, staff: [shift('ann', {}, HOUR + 19 * MINUTE)] })
      expect(intervals[2]).toMatchObject({ arrivals: 2, left: 1 })
    }
  })

  it('the patience of a day is all its waiting by those who left', () => {
    const arrivals = [
      came('c1', 0, { waited: 10 * MINUTE }),
      came('c2', 0, { waited: 5 * MINUTE, end: 'impatient', handle: null }),
      came('c3', 0, { waited: 9 * MINUTE, end: 'impatient', handle: null }),
      came('c4', 0, { waited: 6 * MINUTE, end: 'gaveUp', handle: null }),
    ]
    expect(paceOf(pastDay(arrivals, []))).toEqual({
      handle: 5 * MINUTE,
      handled: 1,
      patience: 15 * MINUTE,
      impatient: 2,
    })
  })

  it('what agents did for other teams takes their room again, at the same time, and goes first', () => {
    const elsewhere = [{ agent: 'ann', from: HOUR, to: 2 * HOUR, weight: 1 }]
    const past = pastDay([came('c1', HOUR + MINUTE)], [shift('ann')], { elsewhere })
    expect(replayed(past).totals).toMatchObject({ longestWait: 59 * MINUTE, arrivals: 1 })
    expect(replayed(past, { staff: [shift('ben')] }).totals.longestWait).toBe(0)
    expect(replayed(past).intervals[2]?.occupancy).toBe(1)
  })

  it('who came back keeps the place of before', () => {
    const arrivals = [
      came('c1', HOUR, { handle: 30 * MINUTE }),
      came('c2', HOUR + MINUTE, { handle: 30 * MINUTE }),
      came('c3', HOUR + 2 * MINUTE, { since: 0 }),
    ]
    const { intervals } = replayed(pastDay(arrivals, [shift('ann')]))
    expect(intervals[2]?.mostWaiting).toBe(2)
    expect(replayed(pastDay(arrivals, [shift('ann')])).totals.medianWait).toBe(28 * MINUTE)
  })

  it('where nobody was served on the day, conversations take as long as is asked for', () => {
    const waited = came('c1', HOUR, { end: 'gaveUp', waited: MINUTE, handle: null })
    const past = pastDay([waited], [])
    const report = replayed(past, { staff: [shift('ann')], handle: 10 * MINUTE })
    expect(report.totals).toMatchObject({ served: 1, longestWait: 0 })
    expect(report.intervals[2]?.needed).toBeGreaterThan(0)
  })
})

describe('What is told in a replay', () => {
  it('is what the live forecast would say: about one conversation’s length behind one that runs', () => {
    const past = pastDay([came('c1', HOUR), came('c2', HOUR + MINUTE)], [shift('ann')])
    // The second is told “about 5 minutes, within 11”, and waits for four.
    expect(replayed(past).totals.kept).toEqual({ over: 2, share: 1, medianError: 0.25 })
  })

  it('counts those who are ahead, and not who goes after', () => {
    const arrivals = [
      came('c1', HOUR),
      came('c2', HOUR + MINUTE, { priority: 0 }),
      came('c3', HOUR + 2 * MINUTE, { priority: 50 }),
    ]
    // The third goes before the second: it is told five minutes and waits three; the second five, and waits nine.
    expect(replayed(pastDay(arrivals, [shift('ann')])).totals.kept).toMatchObject({ over: 3, medianError: 4 / 9 })
  })

  it('is nothing to work for other teams, and nothing where nobody fits', () => {
    const elsewhere = [{ agent: 'ann', from: HOUR, to: 2 * HOUR, weight: 1 }]
    const french = came('c1', HOUR + MINUTE, { language: 'fr' })
    const past = pastDay([french], [shift('ann', { languages: ['en'] })], { elsewhere })
    expect(replayed(past).totals.kept).toEqual({ over: 0, share: null, medianError: null })
  })
})

describe('What may be changed', () => {
  it('the longest wait: nobody waits longer', () => {
    const past = simulatedDay(3)
    const { totals } = replayed(past, { staff: past.staff.slice(2), rules: { maxWait: 4 * MINUTE } })
    expect(totals.longestWait).toBeCloseTo(4 * MINUTE, 3)
  })

  it('needs that relax: after a minute somebody with less Spanish takes it, after three anybody', () => {
    const arrivals = [came('c1', HOUR, { skills: { spanish: 4 } }), came('c2', 2 * HOUR, { skills: { spanish: 4 } })]
    const some = shift('ann', { skills: { spanish: 2 } }, 0, HOUR + 30 * MINUTE)
    const none = shift('ben', {}, HOUR + 30 * MINUTE)
    const relax = [
      { after: 3 * MINUTE, drop: ['spanish'], lower: {}, teams: [] },
      { after: MINUTE, drop: [], lower: { spanish: 2 }, teams: [] },
    ]
    const report = replayed(pastDay(arrivals, [some, none]), { rules: { relax } })
    expect(report.intervals[2]?.meanWait).toBe(MINUTE)
    expect(report.intervals[4]?.meanWait).toBe(3 * MINUTE)
    expect(replayed(pastDay(arrivals, [some, none])).totals.served).toBe(0)
  })

  it('needs that relax: an overflow team helps after a while', () => {
    const arrivals = [came('c1', HOUR)]
    const relax = [{ after: 2 * MINUTE, drop: [], lower: {}, teams: ['sales'] }]
    const report = replayed(pastDay(arrivals, [shift('ann', { teams: ['sales'] })]), { rules: { relax } })
    expect(report.totals.longestWait).toBe(2 * MINUTE)
  })

  it('what a point of priority is worth', () => {
    const arrivals = [
      came('c1', HOUR, { handle: 10 * MINUTE }),
      came('c2', HOUR + MINUTE, { handle: 10 * MINUTE }),
      came('c3', HOUR + 2 * MINUTE, { handle: 10 * MINUTE, priority: 10 }),
    ]
    const past = pastDay(arrivals, [shift('ann')])
    expect(replayed(past).totals.longestWait).toBe(19 * MINUTE)
    expect(replayed(past, { rules: { ageing: 1_000 } }).totals.longestWait).toBe(18 * MINUTE)
  })

  it('the policy of the team', () => {
    const arrivals = [came('c1', HOUR, { handle: HOUR }), came('c2', HOUR + MINUTE), came('c3', HOUR + 2 * MINUTE)]
    const staff = [shift('ann', { capacity: 4 }), shift('ben', { capacity: 1 })]
    const [least, longest] = (['leastLoaded', 'longestIdle'] as const).map((policy) =>
      replayed(pastDay(arrivals, staff), { policy }),
    )
    expect(least?.totals.served).toBe(longest?.totals.served)
    expect(least?.totals.longestWait).toBe(0)
  })

  it('how long a conversation takes: all are longer or shorter alike', () => {
    const arrivals = [came('c1', HOUR, { handle: 4 * MINUTE }), came('c2', HOUR, { handle: 8 * MINUTE })]
    const past = pastDay(arrivals, [shift('ann')])
    expect(replayed(past).totals.longestWait).toBe(4 * MINUTE)
    expect(replayed(past, { handle: 12 * MINUTE }).totals.longestWait).toBe(8 * MINUTE)
  })

  it('shifts that end: what is held is finished, nothing new is given', () => {
    const past = pastDay([came('c1', HOUR - MINUTE), came('c2', HOUR + MINUTE)], [shift('ann', {}, 0, HOUR)])
    expect(replayed(past).totals).toMatchObject({ served: 1, waiting: 1, longestWait: DAY - HOUR - MINUTE })
  })
})
