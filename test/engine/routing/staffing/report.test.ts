import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { report, type DayReport, type Span, type Stay, type Stint } from '#engine/routing/staffing/report.ts'
import { DAY, HOUR, MINUTE, shift, SPAN } from './past.ts'

const SPANNED: Span = { ...SPAN, from: 0, to: DAY, handle: 5 * MINUTE }

function stay(at: number, wait: number, over: Partial<Stay> = {}): Stay {
  return { at, until: at + wait, how: 'served', expected: null, within: null, stretch: 1, ...over }
}

describe('The figures of a day', () => {
  it('are those that a person would count', () => {
    const stays = [
      stay(HOUR, 0),
      stay(HOUR + MINUTE, 10 * MINUTE),
      stay(HOUR + 2 * MINUTE, 20 * MINUTE, { how: 'left' }),
      stay(HOUR + 20 * MINUTE, 20 * MINUTE),
    ]
    const stints = [
      { from: HOUR, to: HOUR + 11 * MINUTE, weight: 1 },
      { from: HOUR + 11 * MINUTE, to: HOUR + 40 * MINUTE, weight: 1 },
    ]
    const { totals, intervals } = report(SPANNED, stays, stints, [shift('ann', { capacity: 2 }, 0, 2 * HOUR)])
    expect(intervals).toHaveLength(48)
    expect(intervals[2]).toMatchObject({
      from: HOUR,
      arrivals: 4,
      left: 1,
      mostWaiting: 2,
      meanWait: 12.5 * MINUTE,
      p90Wait: 20 * MINUTE,
      abandonment: 0.25,
      occupancy: 0.5,
      agents: 1,
    })
    // 10 + 20 + 10 minutes of waiting in 30.
    expect(intervals[2]?.waiting).toBeCloseTo(40 / 30, 9)
    expect(intervals[3]).toMatchObject({ arrivals: 0, left: 0, mostWaiting: 1, meanWait: null, abandonment: null })
    expect(intervals[3]?.waiting).toBeCloseTo(10 / 30, 9)
    expect(intervals[4]).toMatchObject({ agents: 0, occupancy: null, needed: 0 })
    expect(totals).toMatchObject({
      arrivals: 4,
      served: 3,
      left: 1,
      waiting: 0,
      meanWait: 12.5 * MINUTE,
      medianWait: 10 * MINUTE,
      longestWait: 20 * MINUTE,
      abandonment: 0.25,
      inGoal: 0.25,
      agents: 1,
    })
  })

  it('name the agents that Erlang C asks for, each with room for several', () => {
    const stays = Array.from({ length: 100 }, (_, index) => stay(HOUR + index * 1_000, 0))
    const of = (capacity: number) =>
      report({ ...SPANNED, handle: 3 * MINUTE }, stays, [], [shift('ann', { capacity })]).intervals[2]?.needed
    // 100 in half an hour, three minutes each, 80 % within 20 s: 14 agents, as printed in the tables.
    expect(of(1)).toBe(14)
    expect(of(2)).toBe(7)
    expect(of(3)).toBe(5)
    expect(report({ ...SPANNED, handle: null }, stays, [], []).totals.needed).toBe(null)
  })

  it('count who came at the end of an interval in the next, and who came at the end of the day nowhere', () => {
    const span = { ...SPANNED, from: HOUR, to: 2 * HOUR }
    const stays = [HOUR - 1, HOUR, HOUR + 30 * MINUTE, 2 * HOUR, 2 * HOUR + 1].map((at) => stay(at, 0))
    const { totals, intervals } = report(span, stays, [], [shift('ann'), shift('ben')])
    expect(intervals.map(({ from, arrivals }) => [from, arrivals])).toEqual([
      [HOUR, 1],
      [HOUR + 30 * MINUTE, 1],
    ])
    expect(totals).toMatchObject({ arrivals: 2, agents: 2 })
  })

  it('count who is answered just within the goal as within it', () => {
    const stays = [SPAN.goal.within, SPAN.goal.within + 1].map((wait) => stay(HOUR, wait))
    expect(report(SPANNED, stays, [], []).totals.inGoal).toBe(0.5)
  })

  it('need as many agents in a day as in the busiest of its intervals', () => {
    const stays = Array.from({ length: 100 }, (_, index) => stay(HOUR + index * 1_000, 0))
    const { totals, intervals } = report({ ...SPANNED, handle: 3 * MINUTE }, [...stays, stay(0, 0)], [], [shift('ann')])
    expect(intervals.map(({ needed }) => needed).slice(0, 4)).toEqual([1, 0, 14, 0])
    expect(totals.needed).toBe(14)
  })

  it('need nobody known where conversations take no time', () => {
    expect(report({ ...SPANNED, handle: 0 }, [stay(HOUR, 0)], [], [shift('ann')]).totals.needed).toBe(null)
  })

  it('give heavy conversations more of the room, so that an agent holds fewer of them', () => {
    const stays = Array.from({ length: 100 }, (_, index) => stay(HOUR + index * 1_000, 0))
    const of = (weight: number) => {
      const stints = [{ from: HOUR, to: HOUR + 15 * MINUTE, weight }]
      const { intervals } = report({ ...SPANNED, handle: 3 * MINUTE }, stays, stints, [shift('ann', { capacity: 4 })])
      return [intervals[2]?.occupancy, intervals[2]?.needed]
    }
    expect(of(1)).toEqual([1 / 8, 4])
    expect(of(2)).toEqual([1 / 4, 7])
    expect(of(0.5)).toEqual([1 / 16, 2])
  })

  it('count who leaves the queue before who comes at the same moment', () => {
    const [one, next] = [stay(HOUR, MINUTE), stay(HOUR + MINUTE, MINUTE)]
    for (const stays of [
      [one, next],
      [next, one],
    ])
      expect(report(SPANNED, stays, [], []).intervals[2]?.mostWaiting).toBe(1)
  })

  it('say how many of those who were told a time were served within it, and how far off the estimate was', () => {
    const stays = [
      stay(HOUR, MINUTE, { expected: 2 * MINUTE, within: 3 * MINUTE }),
      stay(HOUR, 4 * MINUTE, { expected: 2 * MINUTE, within: 3 * MINUTE }),
      stay(HOUR, 0, { expected: 0, within: 0 }),
      stay(HOUR, MINUTE),
      stay(HOUR, MINUTE, { how: 'left', expected: 0, within: 0 }),
    ]
    expect(report(SPANNED, stays, [], []).totals.kept).toEqual({ share: 2 / 3, medianError: 0.5, over: 3 })
  })

  it('hold a day of 25 hours as well as one of 23', () => {
    for (const hours of [23, 25]) {
      expect(report({ ...SPANNED, to: hours * HOUR }, [], [], []).intervals).toHaveLength(2 * hours)
    }
  })

  it('hold a day that is not over yet, with an interval cut short', () => {
    const { intervals } = report({ ...SPANNED, to: HOUR + 10 * MINUTE }, [stay(HOUR, 5 * MINUTE)], [], [shift('ann')])
    expect(intervals).toHaveLength(3)
    expect(intervals[2]).toMatchObject({ waiting: 0.5, agents: 1 })
  })

  it('of nobody are nothing: no share, no wait, nobody needed', () => {
    const { totals } = report(SPANNED, [], [], [])
    expect(totals).toEqual({
      arrivals: 0,
      served: 0,
      left: 0,
      waiting: 0,
      meanWait: null,
      medianWait: null,
      p90Wait: null,
      longestWait: null,
      abandonment: null,
      occupancy: null,
      inGoal: null,
      kept: { share: null, medianError: null, over: 0 },
      agents: 0,
      needed: 0,
    })
  })
})

describe('laws', () => {
  const stays = fc.array(
    fc
      .tuple(
        fc.integer({ min: -HOUR, max: DAY }),
        fc.integer({ min: 0, max: 3 * HOUR }),
        fc.constantFrom('served', 'left', 'waiting'),
      )
      .map(([at, wait, how]) => stay(at, wait, { how })),
    { maxLength: 60 },
  )
  const stints = fc.array(
    fc
      .tuple(fc.integer({ min: -HOUR, max: DAY }), fc.integer({ min: 0, max: HOUR }), fc.constantFrom(0.5, 1, 2))
      .map(([from, length, weight]): Stint => ({ from, to: from + length, weight })),
    { maxLength: 60 },
  )
  const shifts = [shift('ann', { capacity: 200 }, 3 * HOUR, 20 * HOUR), shift('ben', { capacity: 100 }, HOUR, 7 * HOUR)]
  const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0)

  it('law 1: the intervals add up to the day', () => {
    fc.assert(
      fc.property(stays, stints, (waits, work) => {
        const { totals, intervals }: DayReport = report(SPANNED, waits, work, shifts)
        expect(sum(intervals.map((each) => each.arrivals))).toBe(totals.arrivals)
        expect(sum(intervals.map((each) => each.left))).toBe(totals.left)
        expect(totals.served + totals.left + totals.waiting).toBe(totals.arrivals)
        const inDay = waits.map(({ at, until }) => Math.max(0, Math.min(until, DAY) - Math.max(at, 0)))
        expect(sum(intervals.map((each) => each.waiting)) * SPAN.interval).toBeCloseTo(sum(inDay), 3)
      }),
    )
  })

  it('law 2: nothing depends on the order in which it is given', () => {
    fc.assert(
      fc.property(stays, stints, (waits, work) => {
        const forth = report(SPANNED, waits, work, shifts)
        const back = report(SPANNED, waits.toReversed(), work.toReversed(), shifts.toReversed())
        expect(back.intervals.map((each) => [each.arrivals, each.mostWaiting, each.p90Wait])).toEqual(
          forth.intervals.map((each) => [each.arrivals, each.mostWaiting, each.p90Wait]),
        )
        expect(back.totals.medianWait).toBe(forth.totals.medianWait)
        expect(back.totals.occupancy ?? 0).toBeCloseTo(forth.totals.occupancy ?? 0, 9)
      }),
    )
  })

  it('law 3: shares lie between nothing and all', () => {
    fc.assert(
      fc.property(stays, stints, (waits, work) => {
        const { totals, intervals } = report(SPANNED, waits, work, shifts)
        for (const share of [totals, ...intervals].flatMap((each) => [each.abandonment, each.occupancy])) {
          if (share === null) continue
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
