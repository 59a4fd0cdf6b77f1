/** What can be done with a run. The simulator is fetched when it is first used, so these ask it only then. */
import { marks } from '../document/marks.ts'
import { words } from '../words/en.ts'
import type { Action } from './action.ts'

/** A run paints where it stands: so it is told that one goes on. */
const isRunning = (): boolean => marks.state().simulation !== null

export const simulateActions: readonly Action[] = [
  {
    name: 'simulate.restart',
    label: words.simulate.restart,
    group: 'try',
    icon: 'history',
    keys: [],
    keywords: 'simulator run again',
    when: isRunning,
    perform: () => void running().then(({ tellRun }) => tellRun({ type: 'restart' })),
  },
  {
    name: 'simulate.next',
    label: words.simulate.nextHelp,
    group: 'try',
    icon: 'jump',
    keys: [],
    keywords: 'simulator skip time wait timer clock',
    when: isRunning,
    perform: () => void running().then(({ tellRun }) => tellRun({ type: 'do', doing: { until: 'next' } })),
  },
  {
    name: 'simulate.stop',
    label: words.simulate.stop,
    group: 'try',
    icon: 'leave',
    keys: [],
    keywords: 'simulator end run',
    when: isRunning,
    perform: () => void running().then(({ endSession }) => endSession()),
  },
]

function running() {
  return import('../simulate/session.ts')
}
