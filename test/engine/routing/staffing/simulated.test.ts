import { describe, expect, it } from 'vitest'
import { places, referenceRows } from './erlang-figures.ts'
import { forgetting, simulated } from './simulated.ts'

/** All rows, the slow ones too: `npm run bench -- simulated-wait`. */
const QUICK = 120

const [place = ''] = places('erlang-reference.json', 'erlang_c_reference.json')

describe('the simulator and the closed forms', () => {
  it.each(referenceRows(place).filter((row) => forgetting(row) < QUICK))(
    'the mean wait of 20 seeds has the exact one inside its 99 % interval: a load of $A on $agents agents',
    (row) => {
      const { mean, half } = simulated(row, 40)
      expect(Math.abs(mean - row.mean_wait_s)).toBeLessThanOrEqual(half)
      // An interval that holds anything says nothing.
      expect(half).toBeLessThan(0.5 * row.mean_wait_s)
    },
  )
})
