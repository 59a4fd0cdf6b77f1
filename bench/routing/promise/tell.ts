import type { FinishedWait } from '#engine/routing/index.ts'
import { playOut, type Scene } from '#engine/routing/staffing/events.ts'
import { createTelling } from '#engine/routing/staffing/telling.ts'

/** A day on which everybody who joins is told a wait: the waits that ended with an agent, in the order of joining. */
export function tellAll(scene: Scene): readonly FinishedWait[] {
  const { watcher, told } = createTelling(null, () => true)
  return playOut(scene, watcher).flatMap(({ arrival, given }) => {
    const said = told.get(arrival.conversation.id)
    return given === null || said === undefined ? [] : [{ wait: given.at - arrival.at, ...said }]
  })
}
