/** Past days for tests: made by hand, or simulated and then written down as a server would have. */
import { createChance } from '#engine/routing/staffing/chance.ts'
import { playOut, type Arrival, type Course, type Shift } from '#engine/routing/staffing/events.ts'
import type { PastArrival, PastDay } from '#engine/routing/staffing/past.ts'
import type { Setting } from '#engine/routing/staffing/scene.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const SPAN = { interval: 30 * MINUTE, goal: { share: 0.8, within: 20_000 } }

export function shift(id: string, over: Partial<Shift['agent']> = {}, from = 0, to = DAY): Shift {
  const offers = { teams: ['support'], skills: {}, languages: [], channels: [], tiers: [], capacity: 1 }
  return { from, to, agent: { id, name: id.toUpperCase(), ...offers, ...over } }
}

/** Served at once for five minutes, unless it says otherwise. */
export function came(id: string, at: number, over: Partial<PastArrival> = {}): PastArrival {
  return {
    id,
    at,
    since: at,
    team: 'support',
    teams: [],
    channel: 'web',
    language: null,
    tier: null,
    skills: {},
    prefer: {},
    dropped: [],
    priority: 0,
    weight: 1,
    waited: 0,
    end: 'served',
    handle: 5 * MINUTE,
    expected: null,
    within: null,
    stretch: 1,
    rules: { ageing: MINUTE, maxWait: null, relax: [] },
    ...over,
  }
}

export function pastDay(
  arrivals: readonly PastArrival[],
  staff: readonly Shift[],
  over: Partial<PastDay> = {},
): PastDay {
  return { from: 0, to: DAY, arrivals, staff, elsewhere: [], ...over }
}

export function asItWas(day: PastDay, over: Partial<Setting> = {}): Setting {
  return { staff: day.staff, policy: 'leastLoaded', rules: {}, handle: null, seed: 1, ...over }
}

/** A day of two skills, priorities and impatience, played by chance and written down. */
export function simulatedDay(seed: number, customers = 300): PastDay {
  const chance = createChance(seed)
  const staff = [
    shift('ann', { capacity: 3 }, 2 * HOUR, 10 * HOUR),
    shift('ben', { capacity: 2, skills: { spanish: 4 } }, HOUR, 9 * HOUR),
    shift('cem', { capacity: 1, skills: { spanish: 2 } }, 3 * HOUR, 12 * HOUR),
  ]
  let at = 0
  const arrivals = Array.from({ length: customers }, (_, index): Arrival => {
    at += chance.exponential((11 * HOUR) / customers)
    const priority = chance.next() < 0.1 ? 20 : 0
    const { team, teams, channel, language, tier, prefer, dropped, weight } = came('', at)
    return {
      at,
      handle: chance.lognormal(8 * MINUTE, 0.8),
      patience: chance.next() < 0.3 ? chance.exponential(10 * MINUTE) : null,
      relax: [],
      conversation: {
        ...{ team, teams, channel, language, tier, prefer, dropped, weight },
        id: `c${index}`,
        since: at,
        priority,
        turn: at - priority * MINUTE,
        skills: chance.next() < 0.2 ? { spanish: 3 } : {},
        skip: [],
        preferred: null,
        rested: true,
      },
    }
  })
  const courses = playOut({ arrivals, shifts: staff, rules: () => ({ policy: 'leastLoaded' }) })
  return pastDay(courses.map(written), staff)
}

function written({ arrival, given, left }: Course): PastArrival {
  const { id, skills, priority } = arrival.conversation
  const ended = given?.at ?? left ?? DAY
  return came(id, arrival.at, {
    skills,
    priority,
    waited: ended - arrival.at,
    end: given !== null ? 'served' : left !== null ? 'impatient' : 'waiting',
    handle: given === null ? null : arrival.handle,
  })
}
