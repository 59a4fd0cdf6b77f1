import { scriptOf, twentyWords } from '../conversation.ts'
import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { medianRatio, timed } from '../rounds.ts'

const CONVERSATIONS = 40

export const stepSignals: Figure = {
  name: 'step-signals',
  what: 'step with every signal, 20 words: times faster than transition()',
  reach: { atLeast: 1.0 },
  unit: '',
  measure() {
    const { byStep, byTransition } = scriptOf(watchedFlow(), twentyWords)
    return medianRatio(
      () => timed(CONVERSATIONS, byTransition),
      () => timed(CONVERSATIONS, byStep),
      { rounds: 150, warmUp: 30 },
    )
  },
}
