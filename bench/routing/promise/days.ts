import type { FinishedWait } from '#engine/routing/index.ts'
import { sceneOf, type Day } from './scene.ts'
import { tellAll } from './tell.ts'

const PATIENCE = 60 * 60_000

/** Small, middle and large teams, each with both shapes of handle times. */
export const days: readonly Day[] = [20, 40, 60].flatMap((agents) =>
  (['exponential', 'lognormal'] as const).map((handles) => ({ seed: agents, agents, handles, patience: PATIENCE })),
)

/** Every finished wait of all these days. */
export function waitsTold(): readonly FinishedWait[] {
  return days.flatMap((day) => tellAll(sceneOf(day)))
}
