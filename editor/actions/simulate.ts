/** What can be done with a run. The simulator is fetched when it is first used, so these ask it only then. */
import { marks } from '../document/marks.ts'
import { editor } from '../document/store.ts'
import type { SimulatorPage } from '../simulate/session.ts'
import { words } from '../words/en.ts'
import type { Action } from './action.ts'

const said = words.shell.run

/** A run paints where it stands: so it is told that one goes on. */
const isRunning = (): boolean => marks.state().simulation !== null

export const simulateActions: readonly Action[] = [
  {
    name: 'simulate.begin',
    label: said.begin,
    group: 'try',
    icon: 'play',
    keys: ['alt+shift+B'],
    inFields: true,
    keywords: 'simulator try',
    when: () => !isRunning(),
    perform: () => inSimulator(({ beginSession }) => beginSession()),
  },
  {
    name: 'simulate.restart',
    label: said.restart,
    group: 'try',
    icon: 'history',
    keys: ['alt+shift+R'],
    inFields: true,
    keywords: 'simulator run again',
    when: isRunning,
    perform: () => void session().then(({ tellRun }) => tellRun({ type: 'restart' })),
  },
  {
    name: 'simulate.next',
    label: said.next,
    group: 'try',
    icon: 'jump',
    keys: ['alt+shift+N'],
    inFields: true,
    keywords: 'simulator skip time wait timer clock',
    when: isRunning,
    perform: () => void session().then(({ tellRun }) => tellRun({ type: 'do', doing: { until: 'next' } })),
  },
  {
    name: 'simulate.earlier',
    label: said.earlier,
    group: 'try',
    icon: 'back',
    keys: [','],
    keywords: 'simulator timeline',
    when: isRunning,
    perform: () => void session().then(({ showStep }) => showStep(-1)),
  },
  {
    name: 'simulate.later',
    label: said.later,
    group: 'try',
    icon: 'forward',
    keys: ['.'],
    keywords: 'simulator timeline',
    when: isRunning,
    perform: () => void session().then(({ showStep }) => showStep(1)),
  },
  {
    name: 'simulate.toEnd',
    label: said.toEnd,
    group: 'try',
    icon: 'forward',
    keys: ['alt+shift+End'],
    inFields: true,
    keywords: 'simulator timeline last',
    when: isRunning,
    perform: () => void session().then(({ showStep }) => showStep(Infinity)),
  },
  {
    name: 'simulate.find',
    label: said.find,
    group: 'try',
    icon: 'search',
    keys: ['alt+shift+O'],
    inFields: true,
    keywords: 'simulator card where stands',
    when: isRunning,
    perform() {
      const active = marks.state().simulation?.active
      if (active !== undefined) editor.focusNode(active)
    },
  },
  {
    name: 'simulate.stop',
    label: said.stop,
    group: 'try',
    icon: 'leave',
    keys: ['alt+shift+X'],
    inFields: true,
    keywords: 'simulator end run',
    when: isRunning,
    perform: () => void session().then(({ endSession }) => endSession()),
  },
  {
    name: 'simulate.saveScenario',
    label: said.saveScenario,
    group: 'try',
    icon: 'save',
    keys: ['alt+shift+S'],
    inFields: true,
    keywords: 'test record keep promise',
    when: isRunning,
    perform: () => inSimulator(({ askFor }) => askFor('name')),
  },
  {
    name: 'simulate.openScenarios',
    label: said.openScenarios,
    group: 'try',
    icon: 'upload',
    keys: ['alt+shift+F'],
    inFields: true,
    keywords: 'test import file bring',
    perform: () => inSimulator(({ askFor }) => askFor('file')),
  },
  {
    name: 'simulate.pasteScenarios',
    label: said.pasteScenarios,
    group: 'try',
    icon: 'paste',
    keys: ['alt+shift+T'],
    inFields: true,
    keywords: 'test import json bring',
    perform: () => inSimulator(({ askFor }) => askFor('paste')),
  },
  {
    name: 'simulate.copyScenarios',
    label: said.copyScenarios,
    group: 'try',
    icon: 'copy',
    keys: ['alt+shift+Y'],
    inFields: true,
    keywords: 'test json clipboard',
    perform: () => ofFlow(({ copyScenarios }, flowId) => void copyScenarios(flowId)),
  },
  {
    name: 'simulate.downloadScenarios',
    label: said.downloadScenarios,
    group: 'try',
    icon: 'download',
    keys: ['alt+shift+L'],
    inFields: true,
    keywords: 'test file export',
    perform: () => ofFlow(({ downloadScenarios }, flowId) => downloadScenarios(flowId)),
  },
  {
    name: 'simulate.markCovered',
    label: said.markCovered,
    group: 'try',
    icon: 'check',
    keys: ['alt+shift+5'],
    inFields: true,
    keywords: 'test coverage covered uncovered canvas',
    perform: () => inSimulator(({ askFor }) => askFor('covered')),
  },
  {
    name: 'simulate.writeTests',
    label: said.writeTests,
    group: 'try',
    icon: 'check',
    keys: ['alt+shift+6'],
    inFields: true,
    keywords: 'test path generate coverage machine',
    perform: () => inSimulator(({ askFor }) => askFor('tests')),
  },
  {
    name: 'simulate.tryMistakes',
    label: said.tryMistakes,
    group: 'try',
    icon: 'warning',
    keys: ['alt+shift+7'],
    inFields: true,
    keywords: 'test mutation mutant would the scenarios notice',
    perform: () => inSimulator(({ askFor }) => askFor('mistakes')),
  },
  page('chat', 'alt+shift+1', 'play'),
  page('inside', 'alt+shift+2', 'live'),
  page('setting', 'alt+shift+3', 'settings'),
  page('scenarios', 'alt+shift+4', 'check'),
]

function page(name: SimulatorPage, keys: string, icon: Action['icon']): Action {
  return {
    name: `simulate.${name}`,
    label: said.pages[name],
    group: 'try',
    icon,
    keys: [keys],
    inFields: true,
    keywords: 'simulator tab',
    perform: () => inSimulator(({ showPage }) => showPage(name)),
  }
}

function inSimulator(act: (of: Awaited<ReturnType<typeof session>>) => void): void {
  editor.show('simulator')
  void session().then(act)
}

function session() {
  return import('../simulate/session.ts')
}

type Taking = typeof import('../simulate/scenarios/take.ts')

function ofFlow(take: (taking: Taking, flowId: string) => void): void {
  const { flowId } = editor.state()
  if (flowId !== null) void import('../simulate/scenarios/take.ts').then((taking) => take(taking, flowId))
}
