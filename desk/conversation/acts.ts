/** What a person decides about a conversation, sent; what is refused is said by the outbox. */
import type { ConversationView, DeskConversation } from '#ui/answers.ts'
import { reach } from '../actions/focus.ts'
import type { Me } from '../session/me.ts'
import { changeDraft, draft, send } from '../session/work.ts'
import { navigate, opened, paths } from '../shell/route.ts'

/** Takes what is offered or waits, and opens it. */
export async function accept(view: ConversationView | DeskConversation | null, { agent }: Me): Promise<void> {
  if (view === null || agent === null) return
  await takeUp(view.id, () => send(view.id, { type: 'agent.accept', agent }))
}

/**
 * Does what makes a conversation mine, and opens it; not for who has gone elsewhere or begun to write before the answer
 * came: the rest of their word would go to another customer. Rejects as `act` does.
 */
export async function takeUp(conversation: string, act: () => Promise<boolean>): Promise<void> {
  const stays = whereabouts(conversation)
  if (!(await act()) || !stays()) return
  navigate(paths.conversation(conversation))
  changeDraft(conversation, { mode: 'reply' })
  reach('reply')
}

/** Tells later whether the person is where they were, and has not begun to write. */
function whereabouts(conversation: string): () => boolean {
  const drafts = [opened(), conversation].map((id) => [id, id === null ? null : draft(id)] as const)
  const [path, focus] = [location.pathname, document.activeElement]
  return () =>
    location.pathname === path &&
    (document.activeElement === focus || document.activeElement?.matches('input, textarea') !== true) &&
    drafts.every(([id, written]) => id === null || draft(id) === written)
}

export async function decline(view: ConversationView | DeskConversation | null, { agent }: Me): Promise<void> {
  if (view !== null && agent !== null) await send(view.id, { type: 'agent.decline', agent })
}

/** Out of the hands of who holds it: it is passed on, and taken at once. */
export async function takeOver(view: ConversationView | null, me: Me): Promise<void> {
  if (view === null || me.agent === null) return
  if (await send(view.id, { type: 'agent.transfer', agent: me.agent })) await accept(view, me)
}
