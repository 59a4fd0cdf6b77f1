import fc from 'fast-check'
import { disagreements } from '#test/engine/check/walk/disagreement.ts'
import { randomFlow } from '#test/engine/check/walk/flows.ts'
import type { Figure } from '../figure.ts'

const FLOWS = 10_000
const SEED = 20_261_121

export const walkAgrees: Figure = {
  name: 'walk-agrees',
  what: `of ${FLOWS.toLocaleString('en')} random flows, those of which the proof and a walk of the machine say different things`,
  reach: { atMost: 0 },
  unit: '',
  measure() {
    const flows = fc.sample(randomFlow, { numRuns: FLOWS, seed: SEED })
    return Promise.resolve(flows.filter((flow) => disagreements(flow).length > 0).length)
  },
}
