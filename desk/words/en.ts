/**
 * Every word the desk shows, in English, one file for each folder of the desk in `en/`. What the engine says of reasons
 * and summaries is its own. Another language is another object of the type `Words`.
 */
import { actions } from './en/actions.ts'
import { admin } from './en/admin.ts'
import { board } from './en/board.ts'
import { clock } from './en/clock.ts'
import { compose } from './en/compose.ts'
import { context } from './en/context.ts'
import { conversation } from './en/conversation.ts'
import { inbox } from './en/inbox.ts'
import { offers } from './en/offers.ts'
import { presence } from './en/presence.ts'
import { promises } from './en/promises.ts'
import { replies } from './en/replies.ts'
import { session } from './en/session.ts'
import { setup } from './en/setup.ts'
import { shell } from './en/shell.ts'

export const words = {
  actions,
  admin,
  board,
  clock,
  compose,
  context,
  conversation,
  inbox,
  offers,
  presence,
  promises,
  replies,
  session,
  setup,
  shell,
}
export type Words = typeof words
