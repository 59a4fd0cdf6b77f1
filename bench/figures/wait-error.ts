import { keptOf } from '#engine/routing/index.ts'
import type { Figure } from '../figure.ts'
import { waitsTold } from '../routing/promise/days.ts'

export const waitError: Figure = {
  name: 'wait-error',
  what: 'the same days: median of |expected - wait| / wait over those who waited a minute or longer',
  reach: { atMost: 0.25 },
  unit: '',
  async measure() {
    const { medianError } = keptOf(waitsTold())
    if (medianError === null) throw new Error('Nobody waited.')
    return medianError
  },
}
