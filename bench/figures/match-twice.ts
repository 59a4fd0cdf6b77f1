import { match } from '#engine/routing/index.ts'
import type { Figure } from '../figure.ts'
import { options, queueOf, staffOf } from '../queue.ts'
import { medianRatio, timed } from '../rounds.ts'

export const matchTwice: Figure = {
  name: 'match-twice',
  what: '20,000 who wait are matched with 500 agents, against 10,000',
  reach: { atMost: 2.2 },
  unit: '',
  measure() {
    const [twice, once, staff] = [queueOf(20_000), queueOf(10_000), staffOf(500)]
    return medianRatio(
      () => timed(1, () => match(twice, staff, options)),
      () => timed(1, () => match(once, staff, options)),
      { rounds: 101, warmUp: 20 },
    )
  },
}
