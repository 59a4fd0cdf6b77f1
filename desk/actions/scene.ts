/** What there is to act upon at this moment. */
import type { ConversationView, DeskConversation } from '#ui/answers.ts'
import { mayOf, standingOf, type May } from '../conversation/standing.ts'
import { answeredByKey } from '../inbox/sections.ts'
import { live } from '../live/store.ts'
import { me, type Me } from '../session/me.ts'
import { opened } from '../shell/route.ts'

export interface Scene {
  readonly me: Me
  /** The open conversation. */
  readonly id: string | null
  readonly view: ConversationView | null
  readonly may: May
  /** The offer that a key answers. */
  readonly offer: DeskConversation | null
}

const nothing: May = {
  accept: false,
  decline: false,
  reply: false,
  note: false,
  transfer: false,
  handback: false,
  resolve: false,
  takeOver: false,
  assign: false,
}

export function scene(): Scene | null {
  const person = me()
  if (person === null) return null
  const { desk, open } = live.state()
  const id = opened()
  const view = id === null ? null : viewOf(desk.conversations.get(id), open.get(id)?.view)
  const offers = [...desk.conversations.values()].filter((each) => standingOf(each, person) === 'offered')
  return {
    me: person,
    id,
    view,
    may: view === null ? nothing : mayOf(view, person),
    offer: answeredByKey(offers, id),
  }
}

/** The newer of what the desk and the conversation's own stream say. */
export function viewOf(
  listed: ConversationView | undefined,
  followed: ConversationView | null | undefined,
): ConversationView | null {
  if (listed === undefined || (followed != null && followed.version >= listed.version)) return followed ?? null
  return listed
}
