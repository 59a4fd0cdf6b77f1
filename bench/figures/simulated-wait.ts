import { places, referenceRows } from '#test/engine/routing/staffing/erlang-figures.ts'
import { simulated } from '#test/engine/routing/staffing/simulated.ts'
import type { Figure } from '../figure.ts'

export const simulatedWait: Figure = {
  name: 'simulated-wait',
  what: 'the day simulator: worst row of mean wait against the closed form, in 99 % intervals of 20 seeds',
  reach: { atMost: 1 },
  unit: '',
  async measure() {
    const rows = places('erlang-reference.json', 'erlang_c_reference.json').slice(0, 1).flatMap(referenceRows)
    return Math.max(
      ...rows.map((row) => {
        const { mean, half } = simulated(row, 30)
        return Math.abs(mean - row.mean_wait_s) / half
      }),
    )
  },
}
