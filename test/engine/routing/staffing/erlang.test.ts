import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  agentsFor,
  answeredWithin,
  blockedShare,
  steadyState,
  waitQuantile,
  type Steady,
  type Traffic,
} from '#engine/routing/staffing/erlang.ts'
import { loadOf, places, publishedRows, referenceRows } from './erlang-figures.ts'

function steady(traffic: Traffic): Steady {
  const result = steadyState(traffic)
  if (!result.ok) throw new Error(result.fault.message)
  return result.steady
}

function near(value: number, reference: number): void {
  expect(Math.abs(value - reference)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(reference)))
}

describe.each(places('erlang-reference.json', 'erlang_c_reference.json'))('the closed forms of %s', (place) => {
  it.each(referenceRows(place))('A load of $A on $agents agents is met to 1e-9', (row) => {
    const load = loadOf(row)
    const found = steady({ load, handle: row.aht_s, agents: row.agents })
    near(found.waits, row.p_wait)
    near(found.meanWait, row.mean_wait_s)
    near(found.meanWaitOfThoseWaiting, row.mean_wait_of_those_waiting_s)
    near(found.waiting, row.mean_queue_len)
    near(found.occupancy, row.occupancy)
    near(answeredWithin(found, 20), row.service_level_20s)
    near(waitQuantile(found, 0.9), row.p90_wait_s)
    near(blockedShare(load, row.agents), row.erlang_b)
  })
})

describe.each(places('erlang-published.json', 'erlang_c_published_values.json'))('the values of %s', (place) => {
  const rows = publishedRows(place)

  it('are met in every digit that is printed, and an overload is refused instead of answered', () => {
    for (const { calls, interval_s, aht_s, agents, target_s, patience_s, expect: printed } of rows) {
      // With patience it is another model.
      if (calls === undefined || interval_s === undefined || aht_s === undefined || agents === undefined) continue
      if (patience_s !== undefined) continue
      const result = steadyState({ load: (calls / interval_s) * aht_s, handle: aht_s, agents })
      expect(result.ok).toBe(printed.unstable !== true)
      if (!result.ok) continue
      if (printed.p_wait !== undefined) expect(result.steady.waits).toBeCloseTo(printed.p_wait, 3)
      if (printed.occupancy !== undefined) expect(result.steady.occupancy).toBeCloseTo(printed.occupancy, 3)
      if (printed.mean_queue_len !== undefined) expect(result.steady.waiting).toBeCloseTo(printed.mean_queue_len, 5)
      if (printed.service_level !== undefined && target_s !== undefined)
        expect(answeredWithin(result.steady, target_s)).toBeCloseTo(printed.service_level, 3)
    }
  })

  it('are met where nobody may wait', () => {
    for (const { erlangs, agents, max_blocking, expect: printed } of rows) {
      if (erlangs === undefined) continue
      if (agents !== undefined) near(blockedShare(erlangs, agents), printed.erlang_b ?? Number.NaN)
      if (max_blocking === undefined) continue
      const enough = [...Array(100).keys()].find((each) => blockedShare(erlangs, each) <= max_blocking)
      expect(enough).toBe(printed.agents)
    }
  })
})

describe('what has no steady state', () => {
  it.each([
    { load: 20, agents: 20 },
    { load: 23.333, agents: 20 },
    { load: 0.5, agents: 0 },
    { load: 0, agents: 0 },
  ])('a load of $load on $agents agents is refused, and the sentence says how many it takes', ({ load, agents }) => {
    const result = steadyState({ load, handle: 300, agents })
    expect(result).toMatchObject({ ok: false, fault: { code: 'unstable' } })
    if (result.ok) return
    expect(result.fault.message).toContain(`have ${Math.floor(load) + 1} or more`)
    expect(steadyState({ load, handle: 300, agents: Math.floor(load) + 1 }).ok).toBe(true)
  })

  it('the sentence says who cannot keep up with what, and the cure', () => {
    const result = steadyState({ load: 23.33333, handle: 300, agents: 20 })
    expect(result.ok ? '' : result.fault.message).toBe(
      '20 at once cannot keep up with a load of 23.333: the queue grows without end; have 24 or more.',
    )
  })

  it('who hardly ever waits has no wait in most cases, and none that is less than nothing', () => {
    const found = steady({ load: 1, handle: 300, agents: 8 })
    expect(found.waits).toBeLessThan(0.001)
    expect(waitQuantile(found, 0.5)).toBe(0)
    expect(waitQuantile(found, 0.99999)).toBeGreaterThan(0)
  })

  it.each([
    { load: -1, handle: 300, agents: 2 },
    { load: Number.NaN, handle: 300, agents: 2 },
    { load: Infinity, handle: 300, agents: 2 },
    { load: 1, handle: 0, agents: 2 },
    { load: 1, handle: 300, agents: 2.5 },
    { load: 1, handle: 300, agents: -1 },
  ])('what is no traffic (%o) is refused', (traffic) => {
    expect(steadyState(traffic)).toMatchObject({ ok: false, fault: { code: 'impossible' } })
  })
})

describe('laws', () => {
  const loads = fc.double({ min: 0.01, max: 400, noNaN: true })
  const goals = fc.record({
    share: fc.double({ min: 0.05, max: 0.99, noNaN: true }),
    within: fc.double({ min: 0, max: 600, noNaN: true }),
  })

  it('law 1: the agents asked for reach the goal, and one fewer does not', () => {
    fc.assert(
      fc.property(loads, goals, (load, goal) => {
        const agents = agentsFor({ load, handle: 300 }, goal)
        const reached = (count: number): number => {
          const result = steadyState({ load, handle: 300, agents: count })
          return result.ok ? answeredWithin(result.steady, goal.within) : 0
        }
        // A goal may fall on what a number reaches, to the last digit: 0.01 of a call at once, 99 % without a wait.
        const rounding = 1e-12
        expect(reached(agents)).toBeGreaterThanOrEqual(goal.share - rounding)
        expect(reached(agents - 1)).toBeLessThan(goal.share + rounding)
      }),
      { examples: [[0.01000000000000001, { share: 0.99, within: 0 }]] },
    )
  })

  it('law 2: one agent more never makes anybody wait longer', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 50 }), (load, spare) => {
        const agents = Math.floor(load) + spare
        const [fewer, more] = [agents, agents + 1].map((each) => steady({ load, handle: 300, agents: each }))
        if (!fewer || !more) throw new Error('Two were asked for.')
        expect(more.meanWait).toBeLessThanOrEqual(fewer.meanWait)
        expect(more.waits).toBeLessThanOrEqual(fewer.waits)
      }),
    )
  })

  it('law 3: as many are answered within a quantile as it says', () => {
    fc.assert(
      fc.property(loads, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (load, share) => {
        const found = steady({ load, handle: 300, agents: Math.floor(load) + 1 })
        const time = waitQuantile(found, share)
        if (time > 0) expect(answeredWithin(found, time)).toBeCloseTo(share, 9)
        else expect(answeredWithin(found, 0)).toBeGreaterThanOrEqual(share - 1e-12)
      }),
    )
  })

  it('law 4: how many wait is how many come by how long they wait (Little)', () => {
    fc.assert(
      fc.property(loads, (load) => {
        const found = steady({ load, handle: 300, agents: Math.floor(load) + 3 })
        expect(found.waiting / ((load / 300) * found.meanWait)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('law 5: without work nobody is needed', () => {
    expect(agentsFor({ load: 0, handle: 300 }, { share: 0.8, within: 20 })).toBe(0)
  })
})
