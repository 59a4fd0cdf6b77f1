/** Why the latest event of a conversation did what it did. */
import { why, type Why } from '#engine/index.ts'
import type { SimulatedStep, Simulation } from '#engine/simulate/index.ts'

/** Null before anything happened, and where the latest step was no event of the conversation. */
export function whyOf({ flow, steps }: Pick<Simulation, 'flow' | 'steps'>): Why | null {
  const last = steps.at(-1)
  if (last?.doing.type !== 'event') return null
  const known = explained.get(last)
  if (known) return known
  const told = why(flow, steps.at(-2)?.snapshot ?? null, last.doing.event, last.now)
  explained.set(last, told)
  return told
}

/** A step is the same object wherever it is shown. */
const explained = new WeakMap<SimulatedStep, Why>()
