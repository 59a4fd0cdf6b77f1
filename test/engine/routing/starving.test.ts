import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match, PASSING, turnOf, type WaitingConversation } from '#engine/routing/index.ts'
import { agent, leastLoaded, MINUTE, NOW, waits } from './workload.ts'

const DAY = 24 * 60
const HANDLE = 12
const AGEING = MINUTE
const MOST_URGENT = 100
const team = [agent('ada', { capacity: 3 }), agent('bob', { capacity: 2 })]

interface Arrival {
  readonly priority: number
  readonly weight: number
}

interface Day {
  readonly served: readonly { readonly each: WaitingConversation; readonly at: number }[]
  readonly left: readonly WaitingConversation[]
}

/** A day in minutes: two come in every few of them, and what is taken up takes a while. */
function play(arrivals: readonly Arrival[], every: number): Day {
  const left = new Map<string, WaitingConversation>()
  const served: Day['served'][number][] = []
  const running: { readonly agent: string; readonly weight: number; readonly ends: number }[] = []
  for (let minute = 0; minute < DAY; minute++) {
    const now = NOW + minute * MINUTE
    const joining = minute % every === 0 ? arrivals.slice((minute / every) * 2, (minute / every) * 2 + 2) : []
    joining.forEach(({ priority, weight }, index) => {
      const turn = turnOf({ since: now, priority, ageing: AGEING })
      const id = `${minute}-${index}`
      left.set(id, waits(id, { since: now, priority, turn, weight }))
    })
    const agents = team.map((each) => {
      const held = running.filter(({ agent: holder, ends }) => holder === each.id && ends > minute)
      return { ...each, held: held.length, load: held.reduce((sum, { weight }) => sum + weight, 0) }
    })
    for (const { conversation, agent: taker } of match([...left.values()], agents, { ...leastLoaded, now })) {
      const each = left.get(conversation)
      if (each === undefined) throw new Error(`Nobody called “${conversation}” waits.`)
      left.delete(conversation)
      served.push({ each, at: minute })
      running.push({ agent: taker.id, weight: each.weight, ends: minute + HANDLE })
    }
  }
  return { served, left: [...left.values()] }
}

const days = fc.tuple(
  fc.array(fc.record({ priority: fc.constantFrom(0, 90, MOST_URGENT), weight: fc.constantFrom(0.5, 1, 2) }), {
    minLength: DAY / 2,
    maxLength: DAY / 2,
  }),
  fc.integer({ min: 4, max: 6 }),
)

describe('Nobody starves', () => {
  test('1. who joins 100 points of priority later never goes before, on a day with more than can be served', () => {
    fc.assert(
      fc.property(days, ([arrivals, every]) => {
        const { served, left } = play(
          arrivals.map(({ priority }) => ({ priority, weight: 1 })),
          every,
        )
        const latest = Math.max(...served.map(({ each }) => each.since))
        const earliest = Math.min(...left.map(({ since }) => since))
        expect(latest - earliest).toBeLessThan(MOST_URGENT * AGEING)
      }),
      { numRuns: 10 },
    )
  })

  test('2. nor do heavy conversations behind light ones: no more go before than what others take meanwhile', () => {
    fc.assert(
      fc.property(days, ([arrivals, every]) => {
        const { served, left } = play(arrivals, every)
        const places = [...served, ...left.map((each) => ({ each, at: DAY }))]
        // While one agent's room fills up to it, the other's is given away twice at most, by half.
        const room = 2 * 2 * team.reduce((sum, { capacity }) => sum + capacity, 0)
        const passedBy = places.map(
          ({ each, at }) => served.filter((one) => one.at < at && one.each.turn > each.turn + PASSING).length,
        )
        expect(Math.max(...passedBy)).toBeLessThanOrEqual(room)
      }),
      { numRuns: 10 },
    )
  })
})
