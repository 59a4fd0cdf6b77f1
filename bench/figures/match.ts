import { match } from '#engine/routing/index.ts'
import type { Figure } from '../figure.ts'
import { options, queueOf, staffOf } from '../queue.ts'
import { median, timed } from '../rounds.ts'

const ROUNDS = 101
const WARM_UP = 20

export const matchTime: Figure = {
  name: 'match',
  what: '10,000 who wait are matched with 500 agents, each of whom has room for one more',
  reach: { atMost: 0.02 },
  unit: 's',
  measure() {
    const [queue, staff] = [queueOf(10_000), staffOf(500)]
    const round = () => timed(1, () => match(queue, staff, options))
    for (let time = 0; time < WARM_UP; time++) round()
    return Promise.resolve(median(Array.from({ length: ROUNDS }, round)) / 1_000)
  },
}
