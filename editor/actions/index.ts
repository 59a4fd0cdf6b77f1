/** THE list of actions. A folder contributes by exporting an array and a line here. */
import { canvasActions } from '../canvas/actions.ts'
import type { Action } from './action.ts'
import { startActions } from '../start/actions.ts'
import { editActions } from './edit.ts'
import { simulateActions } from './simulate.ts'
import { viewActions } from './view.ts'

export const actions: readonly Action[] = [
  ...editActions,
  ...canvasActions,
  ...startActions,
  ...simulateActions,
  ...viewActions,
]

export type { Action, ActionGroup } from './action.ts'
export { canPerform } from './perform.ts'
