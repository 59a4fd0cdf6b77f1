/** What a person decides about a conversation, sent; what is refused is said by the outbox. */
import type { ConversationView, DeskConversation } from '#ui/answers.ts'
import { reach } from '../actions/focus.ts'
import { send } from '../session/work.ts'
import type { Me } from '../session/me.ts'
import { navigate, paths } from '../shell/route.ts'
import { changeDraft } from '../session/work.ts'

/** Takes what is offered or waits, and opens it. */
export async function accept(view: ConversationView | DeskConversation | null, { agent }: Me): Promise<void> {
  if (view === null || agent === null) return
  if (!(await send(view.id, { type: 'agent.accept', agent }))) return
  navigate(paths.conversation(view.id))
  changeDraft(view.id, { mode: 'reply' })
  reach('reply')
}

export async function decline(view: ConversationView | DeskConversation | null, { agent }: Me): Promise<void> {
  if (view !== null && agent !== null) await send(view.id, { type: 'agent.decline', agent })
}

/** Out of the hands of who holds it: it is passed on, and taken at once. */
export async function takeOver(view: ConversationView | null, me: Me): Promise<void> {
  if (view === null || me.agent === null) return
  if (await send(view.id, { type: 'agent.transfer', agent: me.agent })) await accept(view, me)
}
