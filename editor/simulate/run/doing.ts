/** What the designer does in a run: the steps of a scenario, and waiting for whatever time brings next. */
import { nextDue } from '#engine/simulate/world.ts'
import { durationText, perform, type ScenarioDoing, type Simulation } from '#engine/simulate/index.ts'

export type Doing = ScenarioDoing | { readonly until: 'next' }

/**
 * Does one thing.
 * @throws Refusal when the conversation does not take it, RangeError when there is nothing to wait for
 */
export function play(simulation: Simulation, doing: Doing): Simulation {
  if (!('until' in doing)) return perform(simulation, doing)
  const due = nextMoment(simulation)
  if (due === undefined) throw new RangeError('Nothing is due: no deadline runs, and nobody is being asked.')
  return simulation.skipTo(Math.max(due, simulation.now))
}

/** When something happens by itself next: a deadline of the flow, the end of an offer, a new offer. Epoch ms. */
export function nextMoment({ setting, standing, snapshot }: Simulation): number | undefined {
  return nextDue(setting, standing, snapshot, Number.MAX_SAFE_INTEGER)?.at
}

/** Time that passes, as a doing. @param length milliseconds */
export function waiting(length: number): Doing {
  return { clock: durationText(length) }
}
