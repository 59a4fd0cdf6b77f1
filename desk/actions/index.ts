/** THE list of actions. A room contributes by exporting an array and a line here. */
import { conversationActions } from '../conversation/actions.ts'
import { inboxActions } from '../inbox/actions.ts'
import { shellActions } from '../shell/actions.ts'
import type { Action } from './action.ts'

export const actions: readonly Action[] = [...inboxActions, ...conversationActions, ...shellActions]

export type { Action, ActionGroup } from './action.ts'
