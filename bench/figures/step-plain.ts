import { throughAllPhases, scriptOf } from '../conversation.ts'
import type { Figure } from '../figure.ts'
import { plainFlow } from '../flows.ts'
import { medianRatio, timed } from '../rounds.ts'

const CONVERSATIONS = 15

export const stepPlain: Figure = {
  name: 'step-plain',
  what: 'step without signals: times faster than transition()',
  reach: { atLeast: 2.5 },
  unit: '',
  measure() {
    const { byStep, byTransition } = scriptOf(plainFlow(), throughAllPhases)
    return medianRatio(
      () => timed(CONVERSATIONS, byTransition),
      () => timed(CONVERSATIONS, byStep),
      { rounds: 150, warmUp: 30 },
    )
  },
}
