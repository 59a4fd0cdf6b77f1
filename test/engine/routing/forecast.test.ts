import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecast, type ForecastAgent, type ForecastPlace, type NeedsGroup, type Pace } from '#engine/routing/index.ts'

const MINUTE = 60_000
const usual: Pace = { handle: 6 * MINUTE, stretch: 1 }

describe('How long somebody still waits', () => {
  test('nobody online who fits: nobody can say', () => {
    const alone = forecast(place({ language: 'fr' }), [agent({ languages: ['de'] })], [], usual)
    expect(alone).toEqual({ position: 1, expected: null, within: null })
    expect(forecast(place({}), [agent({ online: false })], [], usual).expected).toBeNull()
  })

  test('free room for everybody ahead: no wait, even when nothing is known yet', () => {
    const there = [agent({ capacity: 3, load: 1 })]
    expect(forecast(place({}), there, [group({}, 1)], { handle: null, stretch: 1 })).toEqual({
      position: 2,
      expected: 0,
      within: 0,
    })
  })

  test('nothing has ended yet and there is no room: nobody can say', () => {
    expect(forecast(place({}), [agent({ load: 1 })], [], { handle: null, stretch: 1 }).expected).toBeNull()
  })

  test('with four at work on six-minute conversations, one ends every minute and a half', () => {
    const four = [agent({ capacity: 2, load: 2 }), agent({ capacity: 2, load: 2 })]
    const after = (count: number) => forecast(place({}), four, [group({}, count)], usual).expected ?? NaN
    expect(forecast(place({}), four, [], usual).expected).toBe(1.5 * MINUTE)
    // Less a sixth of a departure, where the last ahead and the customer are served at once.
    for (const count of [3, 10, 100]) {
      const departures = after(count) / (1.5 * MINUTE)
      expect(departures).toBeGreaterThan(count + 1 - 0.3)
      expect(departures).toBeLessThan(count + 1)
    }
  })

  test('an agent over capacity counts as no room, not as less', () => {
    expect(forecast(place({}), [agent({ load: 3 })], [], usual).expected).toBe(6 * MINUTE)
  })

  test('who takes twice the room waits for twice the room', () => {
    const there = [agent({ capacity: 4, load: 4 })]
    const light = forecast(place({}), there, [], usual).expected ?? NaN
    expect(forecast({ ...place({}), weight: 2 }, there, [], usual).expected).toBe(2 * light)
  })

  test('room that is too small for the customer is none', () => {
    const there = [agent({ capacity: 4, load: 3 }), agent({ capacity: 4, load: 3 })]
    expect(forecast({ ...place({}), weight: 2 }, there, [], usual).expected).toBeGreaterThan(0)
    expect(forecast({ ...place({}), weight: 8 }, there, [], usual).expected).toBeNull()
  })

  test('free room that is not enough for all ahead is taken by as many of them as it holds', () => {
    const behind = (load: number, count: number, weight = 1) =>
      forecast(place({}), [agent({ capacity: 4, load })], [{ ...group({}, count), weight }], usual).expected
    expect(behind(2, 5)).toBe(behind(4, 3))
    expect(behind(1, 3)).toBe(behind(4, 0))
    expect(behind(2, 3, 2)).toBe(behind(4, 2, 2))
    expect(behind(1, 2)).toBe(0)
    const two = (load: number, count: number) =>
      forecast(place({}), [agent({ capacity: 2, load }), agent({ capacity: 2, load })], [group({}, count)], usual)
    expect(two(1, 3).expected).toBe(two(2, 1).expected)
  })

  test('only who meets every need of the customer counts: tier, channel, skill and language', () => {
    const able = { tiers: ['gold'], channels: ['web'], skills: { billing: 2 }, languages: ['de'] }
    const asks = place({ tier: 'gold', skills: { billing: 2 }, language: 'de' })
    const by = (over: Partial<ForecastAgent>) =>
      forecast(asks, [agent({ ...able, load: 1, ...over })], [], usual).expected
    expect(by({})).toBe(6 * MINUTE)
    for (const lacking of [
      { tiers: ['silver'] },
      { channels: ['email'] },
      { skills: { billing: 1 } },
      { languages: ['en'] },
      { teams: ['sales'] },
    ])
      expect(by(lacking)).toBeNull()
  })

  test('who asks for no language and no tier is served by who names some', () => {
    const by = (over: Partial<ForecastAgent>) => forecast(place({}), [agent({ load: 1, ...over })], [], usual).expected
    expect([by({ languages: ['de'] }), by({ tiers: ['gold'] })]).toEqual([6 * MINUTE, 6 * MINUTE])
  })

  const weighed = (count: number, weight: number, own: Partial<ForecastPlace> = {}) => ({
    ...group(own, count),
    weight,
  })
  const german = { language: 'de' }
  const [de, en] = [{ languages: ['de'] }, { languages: ['en'] }]

  // As computed when the steps of `drain` were chosen: who changes one changes what customers are told.
  test.each<[string, ForecastPlace, readonly ForecastAgent[], readonly NeedsGroup[], number, number]>([
    ['behind one', place({}), [agent({ load: 1 })], [group({}, 1)], 681_599, 1_336_917],
    ['behind five', place({}), [agent({ capacity: 3, load: 3 })], [group({}, 5)], 707_005, 1_095_401],
    ['behind a hundred', place({}), [agent({ capacity: 3, load: 3 })], [group({}, 100)], 12_111_422, 13_679_605],
    [
      'heavy, behind light ones',
      { ...place({}), weight: 2 },
      [agent({ capacity: 4, load: 4 })],
      [group({}, 6)],
      718_877,
      1_199_057,
    ],
    ['light, behind heavy ones', place({}), [agent({ capacity: 4, load: 4 })], [weighed(6, 2)], 1_128_570, 1_550_878],
    [
      'half of a room, behind halves',
      { ...place({}), weight: 0.5 },
      [agent({ capacity: 2, load: 2 })],
      [weighed(9, 0.5)],
      892_158,
      1_268_488,
    ],
    [
      'behind those who need one of two',
      place(german),
      [agent({ load: 1, ...de }), agent({ load: 1, ...en })],
      [group(german, 2), group({ language: 'en' }, 40), group({}, 7)],
      3_314_651,
      4_766_395,
    ],
    [
      'behind heavy ones who need another, beside light ones',
      place(german),
      [agent({ capacity: 3, load: 3, ...de }), agent({ capacity: 6, load: 4, ...en })],
      [weighed(4, 2, { language: 'en' }), weighed(12, 0.5), group(german, 1)],
      488_090,
      811_152,
    ],
    [
      'where free room is too little for all who are ahead',
      place({}),
      [agent({ capacity: 5, load: 2 }), agent({ capacity: 2, load: 2, ...de })],
      [weighed(4, 2), group(german, 3)],
      438_884,
      638_680,
    ],
    [
      'whom one agent fits, behind few who find room with another',
      place(german),
      [agent({ load: 1, ...de }), agent({ capacity: 5, load: 1, ...en })],
      [group({}, 2)],
      360_000,
      820_620,
    ],
    [
      'behind many who leave at different speeds',
      place(german),
      [agent({ load: 1, ...de }), agent({ capacity: 9, load: 9 }), agent({ capacity: 3, load: 3, ...en })],
      [weighed(1, 0.5, german), group(german, 60), weighed(2, 0.5), group({ language: 'en' }, 3)],
      2_227_698,
      2_597_371,
    ],
    [
      'where room is free, but not enough',
      { ...place({}), weight: 2 },
      [agent({ capacity: 3, load: 2 })],
      [],
      240_000,
      547_080,
    ],
  ])('a customer %s is told this', (_, own, staff, ahead, expected, within) => {
    const told = forecast(own, staff, ahead, usual)
    expect([told.expected, told.within]).toEqual([expected, within])
  })

  test('who is asked for in several teams is served by any of them', () => {
    const asks = place({ teams: ['sales'] })
    const by = (teams: readonly string[]) => forecast(asks, [agent({ load: 1, teams })], [], usual).expected
    expect([by(['support']), by(['sales']), by(['legal'])]).toEqual([6 * MINUTE, 6 * MINUTE, null])
  })

  test('those ahead whom others can serve too count less than those who need the same agent', () => {
    const both = [agent({ load: 1, languages: ['de'] }), agent({ load: 1, languages: ['en'] })]
    const german = place({ language: 'de' })
    const behindAny = forecast(german, both, [group({}, 4)], usual).expected ?? NaN
    const behindGermans = forecast(german, both, [group({ language: 'de' }, 4)], usual).expected ?? NaN
    expect(behindAny).toBeLessThan(0.65 * behindGermans)
  })

  test('“within” grows by the stretch; “about” does not', () => {
    const there = [agent({ load: 1 })]
    const plain = forecast(place({}), there, [group({}, 5)], usual)
    const wide = forecast(place({}), there, [group({}, 5)], { ...usual, stretch: 1.5 })
    expect(wide.expected).toBe(plain.expected)
    expect(wide.within).toBeCloseTo((plain.within ?? 0) * 1.5, -2)
  })

  test('a lone agent and nobody ahead: nine in ten are served within 2.3 handle times, as an exponential has it', () => {
    const { within } = forecast(place({}), [agent({ load: 1 })], [], usual)
    expect((within ?? 0) / (6 * MINUTE)).toBeCloseTo(Math.log(10), 1)
  })
})

describe('Laws of the forecast', () => {
  test('1. who finds free room that fits nobody ahead does not wait', () => {
    fc.assert(
      fc.property(staffs, queues, needs, (staff, ahead, own) => {
        const idle = agent({ ...OFFERS_ALL, teams: ['other'], capacity: 1 })
        const here = place({ ...own, team: 'other' })
        expect(forecast(here, [...staff, idle], ahead, usual).expected).toBe(0)
      }),
    )
  })

  test('3. more ahead never make the wait shorter', () => {
    fc.assert(
      fc.property(staffs, queues, needs, fc.nat(), fc.integer({ min: 1, max: 20 }), (...drawn) => {
        const [staff, ahead, own, which, more] = drawn
        const longer = ahead.map((each, index) =>
          index === which % Math.max(1, ahead.length) ? { ...each, count: each.count + more } : each,
        )
        expectNotShorter(forecast(own, staff, longer, usual).expected, forecast(own, staff, ahead, usual).expected)
      }),
    )
  })

  test('3. one agent more never makes the wait longer', () => {
    fc.assert(
      fc.property(staffs, agents, queues, needs, (staff, one, ahead, own) => {
        const before = forecast(own, staff, ahead, usual).expected
        if (before === null) return
        expectNotShorter(before, forecast(own, [...staff, one], ahead, usual).expected)
      }),
    )
  })

  test('3. longer conversations make it longer in proportion', () => {
    fc.assert(
      fc.property(staffs, queues, needs, (staff, ahead, own) => {
        const { expected, within } = forecast(own, staff, ahead, { handle: 1_000_000, stretch: 1 })
        const double = forecast(own, staff, ahead, { handle: 2_000_000, stretch: 1 })
        if (expected === null || within === null) return
        expect(Math.abs((double.expected ?? NaN) - 2 * expected)).toBeLessThanOrEqual(2)
        expect(Math.abs((double.within ?? NaN) - 2 * within)).toBeLessThanOrEqual(2)
      }),
    )
  })

  test('4. those ahead with agents of their own change only the position', () => {
    fc.assert(
      fc.property(staffs, queues, needs, fc.integer({ min: 1, max: 5_000 }), (staff, ahead, own, count) => {
        const apart = [...staff, agent({ ...OFFERS_ALL, teams: ['other'], load: 1 })]
        const alone = forecast(own, apart, ahead, usual)
        const beside = forecast(own, apart, [group({ team: 'other' }, count), ...ahead], usual)
        expect(beside).toEqual({ ...alone, position: alone.position + count })
      }),
    )
  })

  test('5. “within” is never less than “about”, and both are known or neither', () => {
    fc.assert(
      fc.property(staffs, queues, needs, fc.double({ min: 0.5, max: 4, noNaN: true }), (staff, ahead, own, stretch) => {
        const { expected, within } = forecast(own, staff, ahead, { ...usual, stretch })
        if (expected === null || within === null) expect(within).toBe(expected)
        else expect(within).toBeGreaterThanOrEqual(expected)
      }),
    )
  })
})

/** The steps in which a queue is drained are not endlessly fine. */
function expectNotShorter(longer: number | null, shorter: number | null): void {
  if (longer === null || shorter === null) expect(longer).toBe(shorter)
  else expect(longer * 1.05 + 1).toBeGreaterThanOrEqual(shorter)
}

const NEEDS_NOTHING: ForecastPlace = {
  team: 'support',
  teams: [],
  channel: 'web',
  language: null,
  tier: null,
  skills: {},
  dropped: [],
}
const OFFERS_ALL = { skills: { billing: 5, returns: 5 }, languages: [], channels: [], tiers: [] }

function place(own: Partial<ForecastPlace>): ForecastPlace {
  return { ...NEEDS_NOTHING, ...own }
}

function group(own: Partial<ForecastPlace>, count: number): NeedsGroup {
  return { ...place(own), count }
}

function agent(own: Partial<ForecastAgent>): ForecastAgent {
  return { online: true, capacity: 1, load: 0, teams: ['support'], ...OFFERS_ALL, ...own }
}

const skills = fc.record({ billing: fc.nat(3), returns: fc.nat(3) })
const needs = fc.record({ skills, language: fc.constantFrom(null, 'de', 'en') }).map((own): ForecastPlace => place(own))
const queues = fc.array(
  fc.tuple(needs, fc.integer({ min: 1, max: 40 })).map(([own, count]): NeedsGroup => ({ ...own, count })),
  { maxLength: 6 },
)
const agents = fc
  .record({
    skills,
    languages: fc.constantFrom(['de'], ['en'], ['de', 'en']),
    capacity: fc.integer({ min: 1, max: 3 }),
    online: fc.constantFrom(true, true, true, false),
  })
  .map((own) => agent({ ...own, load: own.capacity }))
const staffs = fc.array(agents, { minLength: 1, maxLength: 8 })
