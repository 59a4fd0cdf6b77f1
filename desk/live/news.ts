/** Reads what the streams send. What is of no known form is passed over: a newer server may say more. */
import type { AgentView, ConversationView, DeskConversation, QueueView, ShownEntry } from '#ui/answers.ts'
import type { FeedEvent } from '#ui/feed.ts'
import type { DeskNews, Typing } from './desk.ts'

/** How long somebody counts as writing after the last sign of it. */
const TYPING = 6_000

/** News of the desk's stream. */
export function deskNews({ event, data }: FeedEvent, now: number): DeskNews | null {
  // The server and this page are one release: what an event of this name holds, its OpenAPI document promises.
  switch (event) {
    case 'queues':
      return { type: 'queues', queues: data as readonly QueueView[] }
    case 'agents':
      return { type: 'agents', agents: data as readonly AgentView[] }
    case 'conversation':
      return { type: 'conversation', conversation: data as DeskConversation }
    case 'gone': {
      const { id, because } = data as { readonly id: string; readonly because?: string }
      return { type: 'gone', id, isForgotten: because === 'forgotten' }
    }
    case 'ready':
      return { type: 'ready' }
    case 'typing': {
      const told = data as TypingData & { readonly conversation: string }
      return { type: 'typing', conversation: told.conversation, typing: typingOf(told, now) }
    }
    default:
      return null
  }
}

export type ThreadNews =
  | { readonly type: 'entry'; readonly entry: ShownEntry }
  | { readonly type: 'view'; readonly view: ConversationView }
  | { readonly type: 'typing'; readonly typing: Typing | null }

const kinds: ReadonlySet<string> = new Set(['event', 'message', 'moved', 'note', 'effect'])

/** News of a conversation's stream. */
export function threadNews({ event, data }: FeedEvent, now: number): ThreadNews | null {
  if (kinds.has(event)) return { type: 'entry', entry: data as ShownEntry }
  if (event === 'view') return { type: 'view', view: data as ConversationView }
  return event === 'typing' ? { type: 'typing', typing: typingOf(data as TypingData, now) } : null
}

interface TypingData {
  readonly from: Typing['from']
  readonly agent?: { readonly id: string; readonly name: string }
  readonly typing: boolean
}

function typingOf({ from, agent, typing }: TypingData, now: number): Typing | null {
  return typing ? { from, ...(agent === undefined ? {} : { agent }), until: now + TYPING } : null
}
