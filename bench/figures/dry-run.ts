import { createChance } from '#engine/routing/staffing/chance.ts'
import { measured, replay } from '#engine/routing/staffing/day.ts'
import type { PastDay } from '#engine/routing/staffing/past.ts'
import { asItWas, came, HOUR, MINUTE, pastDay, shift, SPAN } from '#test/engine/routing/staffing/past.ts'
import type { Figure } from '../figure.ts'
import { median } from '../rounds.ts'

const ARRIVALS = 5_000
const AGENTS = 60
const ROUNDS = 5
const SKILLS = ['spanish', 'refunds', 'tech'] as const

/** All that a dry run computes; reading the day from the database comes on top. */
export const dryRun: Figure = {
  name: 'dry-run',
  what: `a busy day of ${ARRIVALS} arrivals and ${AGENTS} agents: measured, as it was and as asked`,
  reach: { atMost: 2 },
  unit: 's',
  async measure() {
    const day = busyDay()
    const seconds = Array.from({ length: ROUNDS }, () => {
      const from = performance.now()
      measured(day, SPAN)
      for (const staff of [day.staff, day.staff.slice(2)]) {
        const { advance, report } = replay(day, SPAN, asItWas(day, { staff }))
        advance(Infinity)
        report()
      }
      return (performance.now() - from) / 1_000
    })
    return median(seconds)
  },
}

/** Eight hours at nine tenths of the room, with three skills, two languages, priorities and some who leave. */
function busyDay(): PastDay {
  const chance = createChance(1)
  let at = 8 * HOUR
  const arrivals = Array.from({ length: ARRIVALS }, (_, index) => {
    at += chance.exponential((8 * HOUR) / ARRIVALS)
    return came(`c${index}`, at, {
      handle: chance.lognormal(10 * MINUTE, 1),
      priority: chance.next() < 0.1 ? 20 : 0,
      skills: chance.next() < 0.3 ? { [chance.pick(SKILLS.map((name) => ({ name, weight: 1 }))).name]: 2 } : {},
      language: chance.next() < 0.3 ? 'de' : 'en',
      ...(chance.next() < 0.05 ? { end: 'impatient' as const, waited: 4 * MINUTE, handle: null } : {}),
    })
  })
  const staff = Array.from({ length: AGENTS }, (_, index) =>
    shift(
      `a${index}`,
      {
        capacity: 2,
        languages: index % 2 === 0 ? ['en', 'de'] : ['en'],
        skills: { [SKILLS[index % SKILLS.length] ?? '']: 3 },
      },
      8 * HOUR,
      17 * HOUR,
    ),
  )
  return pastDay(arrivals, staff)
}
