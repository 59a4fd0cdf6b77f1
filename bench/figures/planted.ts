import { check, replay } from '#engine/index.ts'
import { changed, READY } from '#test/engine/check/planted/changes.ts'
import { faults, type Fault } from '#test/engine/check/planted/faults.ts'
import type { Figure } from '../figure.ts'

/** Nothing else is worth much when this is not all: a rule that misses, a way that does not play, a warning for nothing. */
export const planted: Figure = {
  name: 'planted',
  what: `of ${faults.length} planted faults, the share that is found with a way that plays; 0 where the ready flows are warned of anything`,
  reach: { atLeast: 1 },
  unit: '',
  async measure() {
    const alarms = READY.flatMap((id) => check(changed(id)))
    return alarms.length > 0 ? 0 : faults.filter(isFoundAndPlays).length / faults.length
  },
}

function isFoundAndPlays({ rule, node, flow }: Fault): boolean {
  const drawn = flow()
  const problem = check(drawn).find((each) => each.rule === rule && each.node === node)
  if (problem === undefined) return false
  // Nobody comes to what cannot be come to: there is nothing to play.
  if (rule === 'unreachable') return true
  const { path = [] } = problem
  return path.length > 0 && replay(drawn, 0, path).snapshot.state === path.at(-1)?.state
}
