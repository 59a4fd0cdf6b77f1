/** What a replayed customer is told at joining: what the live forecast would say of the same floor. */
import { describe, expect, it } from 'vitest'
import { forecast, stretchOf, type AvailableAgent, type FinishedWait } from '#engine/routing/index.ts'
import type { Arrival, Course, Floor } from '#engine/routing/staffing/events.ts'
import type { PastArrival } from '#engine/routing/staffing/past.ts'
import { isElsewhere, sceneOf } from '#engine/routing/staffing/scene.ts'
import { createTelling } from '#engine/routing/staffing/telling.ts'
import { asItWas, came, HOUR, MINUTE, pastDay, shift } from './past.ts'

const HANDLE = 6 * MINUTE

function arrivalOf(id: string, at = HOUR, over: Partial<PastArrival> = {}): Arrival {
  const day = pastDay([came(id, at, over)], [])
  const [arrival] = sceneOf(day, asItWas(day)).arrivals
  if (arrival === undefined) throw new Error('An arrival of a day is one of its scene.')
  return arrival
}

/** Work of an agent for another team. */
function elsewhere(from: number, to: number): Arrival {
  const day = pastDay([], [shift('ann')], { elsewhere: [{ agent: 'ann', from, to, weight: 1 }] })
  const [arrival] = sceneOf(day, asItWas(day)).arrivals
  if (arrival === undefined) throw new Error('Work for others is part of a scene.')
  return arrival
}

/** Somebody on shift, with no room left unless it says so. */
function there(id: string, over: Partial<AvailableAgent> = {}): AvailableAgent {
  const { agent } = shift(id, over)
  return { ...agent, online: true, load: agent.capacity, held: 0, idleSince: 0, ...over }
}

function floorOf(agents: readonly AvailableAgent[], ...waiting: readonly Arrival[]): Floor {
  return { agents, waiting: new Map(waiting.map(({ conversation }) => [conversation.id, conversation])) }
}

function telling(handle: number | null = HANDLE) {
  const { told, watcher } = createTelling(handle, (arrival) => !isElsewhere(arrival))
  const course = (arrival: Arrival): Course => ({ arrival, given: null, left: null })
  return {
    told,
    joins: (arrival: Arrival, floor: Floor) => {
      watcher.joins?.(arrival, floor)
      return told.get(arrival.conversation.id)
    },
    given: (arrival: Arrival, at: number) => watcher.given?.(course(arrival), at),
    ended: (handled: number, arrival = arrivalOf('over')) =>
      watcher.ended?.(course({ ...arrival, handle: handled }), HOUR),
  }
}

const busy = floorOf([there('ann')])

describe('Who joins a replayed queue', () => {
  const c = arrivalOf('c')
  const { conversation } = c
  const earlier = { since: HOUR - MINUTE }

  it.each<[string, readonly Arrival[], number]>([
    ['one who came before', [arrivalOf('b', HOUR - MINUTE)], 1],
    ['two alike', [arrivalOf('a', HOUR - MINUTE), arrivalOf('b', HOUR - MINUTE)], 2],
    ['one who came at the same time, by the smaller id', [arrivalOf('b')], 1],
    ['not one who came at the same time, with a larger id', [arrivalOf('d')], 0],
    ['not one who goes after, whatever the id', [arrivalOf('a', HOUR + MINUTE), arrivalOf('z', HOUR + MINUTE)], 0],
    ['one who goes before, whatever the id', [arrivalOf('z', HOUR - MINUTE)], 1],
    ['one with a priority that is worth more than coming later', [arrivalOf('z', HOUR + MINUTE, { priority: 5 })], 1],
  ])('is told the wait behind those ahead: %s', (_, waiting, count) => {
    const { joins } = telling()
    const pace = { handle: HANDLE, stretch: 1 }
    const { expected, within } = forecast(conversation, busy.agents, [{ ...conversation, count }], pace)
    expect(joins(c, floorOf(busy.agents, ...waiting))).toEqual({ expected, within, stretch: 1 })
  })

  it('waits behind those who need the same agents, and not behind as many who need others', () => {
    const german = arrivalOf('c', HOUR, { language: 'de' })
    const agents = [there('ann', { languages: ['de'] }), there('ben', { languages: ['en'] })]
    const alike = [arrivalOf('f', HOUR, { ...earlier, language: 'de' })]
    const others = ['d', 'e'].map((id) => arrivalOf(id, HOUR, { ...earlier, language: 'en' }))
    const alone = telling().joins(german, floorOf(agents, ...alike))
    expect(telling().joins(german, floorOf(agents, ...others, ...alike))).toEqual(alone)
    expect(alone?.expected).toBeGreaterThan(telling().joins(german, floorOf(agents, ...others))?.expected ?? Infinity)
  })

  it('waits longer behind heavy conversations than behind as many light ones', () => {
    const ahead = (weight: number) => [
      arrivalOf('a', HOUR, { ...earlier, weight: 1 }),
      arrivalOf('b', HOUR, { ...earlier, weight }),
    ]
    const [light, heavy] = [1, 3].map((weight) =>
      telling().joins(c, floorOf([there('ann', { capacity: 3 })], ...ahead(weight))),
    )
    expect(heavy?.expected).toBeGreaterThan(light?.expected ?? Infinity)
  })

  it('does not wait where somebody has just room enough, whoever waits for more than that', () => {
    const agents = [there('ann'), there('ben', { capacity: 3, load: 2 })]
    const heavy = arrivalOf('a', HOUR, { ...earlier, weight: 3 })
    expect(telling().joins(c, floorOf(agents, heavy))).toEqual({ expected: 0, within: 0, stretch: 1 })
    const away = [there('ann'), there('ben', { load: 0, online: false })]
    expect(telling().joins(c, floorOf(away, heavy))?.expected).toBeGreaterThan(0)
    const unfit = [there('ann'), there('ben', { load: 0, channels: ['email'] })]
    expect(telling().joins(c, floorOf(unfit, heavy))?.expected).toBeGreaterThan(0)
  })

  it('is told nothing as work for other teams, from which nothing is learned either', () => {
    const { told, joins, ended } = telling(null)
    joins(elsewhere(HOUR, 2 * HOUR), busy)
    ended(HOUR, elsewhere(HOUR, 2 * HOUR))
    expect(told.size).toBe(0)
    expect(joins(c, busy)).toEqual({ expected: null, within: null, stretch: 1 })
  })
})

describe('What is told is learned from the day itself', () => {
  const expectedNow = (joins: ReturnType<typeof telling>['joins']) => joins(arrivalOf('now'), busy)?.expected

  it('as soon as one conversation has ended, its length counts instead of that of days before', () => {
    const { joins, ended } = telling(HANDLE)
    expect(expectedNow(joins)).toBe(HANDLE)
    ended(2 * MINUTE)
    expect(expectedNow(joins)).toBe(2 * MINUTE)
    ended(4 * MINUTE)
    expect(expectedNow(joins)).toBe(3 * MINUTE)
  })

  it('the mean of the last fifty conversations counts', () => {
    const { joins, ended } = telling()
    for (let each = 0; each < 10; each++) ended(10 * HOUR)
    ended(54 * MINUTE)
    for (let each = 0; each < 49; each++) ended(4 * MINUTE)
    expect(expectedNow(joins)).toBe(5 * MINUTE)
    ended(4 * MINUTE)
    expect(expectedNow(joins)).toBe(4 * MINUTE)
  })

  /** Joins behind the busy agent, and is served after so many times of what would be told without a stretch. */
  function wait(tells: ReturnType<typeof telling>, id: string, times: number): FinishedWait {
    const arrival = arrivalOf(id)
    const said = tells.joins(arrival, busy)
    if (said === undefined) throw new Error('Who joins is told something.')
    const length = (times * (said.within ?? 0)) / said.stretch
    tells.given(arrival, arrival.at + length)
    return { wait: length, ...said }
  }

  it('waits that pass what was told stretch what is told next, looked at after every fifth', () => {
    const tells = telling()
    const waits: FinishedWait[] = []
    const stretches: number[] = []
    for (let each = 0; each < 30; each++) {
      waits.push(wait(tells, `c${each}`, each < 20 ? 1 + each / 10 : 9))
      stretches.push(tells.joins(arrivalOf('next'), busy)?.stretch ?? 0)
    }
    expect(stretches.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 1))
    expect(stretches.slice(19, 24)).toEqual(Array.from({ length: 5 }, () => stretchOf(waits.slice(0, 20))))
    expect(stretches.slice(24, 29)).toEqual(Array.from({ length: 5 }, () => stretchOf(waits.slice(0, 25))))
    expect(stretches[29]).toBe(stretchOf(waits))
    expect(stretches[19]).toBeCloseTo(2.8, 3)
  })

  it('who was told nothing is not one of the five', () => {
    const tells = telling()
    for (let each = 0; each < 19; each++) wait(tells, `c${each}`, 2)
    tells.given(elsewhere(HOUR, 2 * HOUR), 3 * HOUR)
    expect(tells.joins(arrivalOf('next'), busy)?.stretch).toBe(1)
    wait(tells, 'c19', 2)
    expect(tells.joins(arrivalOf('after'), busy)?.stretch).toBeCloseTo(2, 3)
  })

  it('who found room is one of the five, and teaches nothing else', () => {
    const tells = telling()
    const free = floorOf([there('ann', { load: 0 })])
    for (let each = 0; each < 40; each++) {
      const arrival = arrivalOf(`free${each}`)
      expect(tells.joins(arrival, free)).toEqual({ expected: 0, within: 0, stretch: 1 })
      tells.given(arrival, arrival.at)
    }
    expect(tells.joins(arrivalOf('next'), busy)?.stretch).toBe(1)
  })

  it('the last two hundred waits count', () => {
    const tells = telling()
    const waits = Array.from({ length: 240 }, (_, each) => wait(tells, `c${each}`, each < 40 ? 3 : 2))
    const { stretch } = tells.joins(arrivalOf('next'), busy) ?? { stretch: 0 }
    expect(stretch).toBeCloseTo(stretchOf(waits.slice(-200)), 3)
    expect(stretchOf(waits)).toBeCloseTo(3, 3)
    expect(stretch).toBeCloseTo(2, 3)
  })
})
