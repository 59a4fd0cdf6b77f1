/**
 * What the desk knows, folded from what its stream says. Laws:
 * 1. A conversation is never shown older than it was: a lower version does not replace a higher one.
 * 2. What is said twice changes nothing.
 * 3. Once a look is whole (`ready`), the desk holds what that look showed and nothing else: what ended while the line
 *    was broken is gone.
 * 4. An answer to the desk's own event moves a conversation on that is there, and brings none in.
 * 5. Of what the server keeps no more nothing is held but that it was so, until one of that name is shown again.
 */
import type { AgentView, ConversationView, DeskConversation, QueueView } from '#ui/answers.ts'

export interface Typing {
  readonly from: 'customer' | 'agent' | 'bot'
  readonly agent?: { readonly id: string; readonly name: string }
  /** Epoch ms: who has not been heard of since writes no more. */
  readonly until: number
}

export interface Desk {
  readonly conversations: ReadonlyMap<string, DeskConversation>
  readonly queues: readonly QueueView[]
  readonly agents: readonly AgentView[]
  readonly typing: ReadonlyMap<string, Typing>
  /** What the present look has shown; null when it is whole. */
  readonly looked: ReadonlySet<string> | null
  /** Erased, or past the time for which they are kept. */
  readonly forgotten: ReadonlySet<string>
  /** A look was whole once: what is held may be old, but it is not nothing. */
  readonly known: boolean
}

export type DeskNews =
  | { readonly type: 'opened' }
  | { readonly type: 'ready' }
  | { readonly type: 'queues'; readonly queues: readonly QueueView[] }
  | { readonly type: 'agents'; readonly agents: readonly AgentView[] }
  | { readonly type: 'conversation'; readonly conversation: DeskConversation }
  | { readonly type: 'gone'; readonly id: string; readonly isForgotten: boolean }
  | { readonly type: 'typing'; readonly conversation: string; readonly typing: Typing | null }
  | { readonly type: 'answered'; readonly view: ConversationView }

export const nothingKnown: Desk = {
  conversations: new Map(),
  queues: [],
  agents: [],
  typing: new Map(),
  looked: new Set(),
  forgotten: new Set(),
  known: false,
}

/** The desk after some news, in their order. */
export function heard(desk: Desk, news: readonly DeskNews[]): Desk {
  const conversations = new Map(desk.conversations)
  const typing = new Map(desk.typing)
  const forgotten = new Set(desk.forgotten)
  let looked = desk.looked === null ? null : new Set(desk.looked)
  let { queues, agents, known } = desk
  for (const each of news) {
    switch (each.type) {
      case 'opened':
        looked = new Set()
        break
      case 'ready':
        if (looked !== null) for (const id of conversations.keys()) if (!looked.has(id)) conversations.delete(id)
        looked = null
        known = true
        break
      case 'queues':
        queues = each.queues
        break
      case 'agents':
        agents = each.agents
        break
      case 'conversation':
        looked?.add(each.conversation.id)
        forgotten.delete(each.conversation.id)
        if (isNewer(conversations.get(each.conversation.id), each.conversation))
          conversations.set(each.conversation.id, each.conversation)
        break
      case 'gone':
        looked?.delete(each.id)
        conversations.delete(each.id)
        typing.delete(each.id)
        if (each.isForgotten) forgotten.add(each.id)
        break
      case 'typing':
        if (each.typing === null) typing.delete(each.conversation)
        else typing.set(each.conversation, each.typing)
        break
      case 'answered': {
        const held = conversations.get(each.view.id)
        if (held !== undefined && each.view.version > held.version)
          conversations.set(each.view.id, { ...each.view, about: held.about })
        break
      }
      default:
        each satisfies never
    }
  }
  return { conversations, queues, agents, typing, looked, forgotten, known }
}

/** Of the same version the later one is truer: places in the queue and clocks move without an event. */
function isNewer(held: DeskConversation | undefined, shown: DeskConversation): boolean {
  return held === undefined || shown.version >= held.version
}
