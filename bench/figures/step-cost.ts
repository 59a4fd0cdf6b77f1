import { throughAllPhases, scriptOf } from '../conversation.ts'
import type { Figure } from '../figure.ts'
import { flowOf } from '../flows.ts'
import { medianRatio, timed } from '../rounds.ts'

const CONVERSATIONS = 15

export const stepCost: Figure = {
  name: 'step-cost',
  what: 'step in a flow of 2,000 nodes against 20',
  reach: { atMost: 1.2 },
  unit: '',
  measure() {
    const small = scriptOf(flowOf(20), throughAllPhases)
    const large = scriptOf(flowOf(2_000), throughAllPhases)
    return medianRatio(
      () => timed(CONVERSATIONS, large.byStep),
      () => timed(CONVERSATIONS, small.byStep),
      { rounds: 150, warmUp: 30 },
    )
  },
}
