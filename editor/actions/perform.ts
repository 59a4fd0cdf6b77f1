import { editor, type EditorState } from '../document/store.ts'
import type { Action } from './action.ts'

/** Whether an action can be done now. */
export function canPerform(action: Action, state: EditorState = editor.state()): boolean {
  if (action.everywhere === true) return action.when?.(state) ?? true
  return state.opening === 'open' && (action.when?.(state) ?? true)
}
