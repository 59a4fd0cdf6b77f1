/** What an agent sends to a conversation. */
import type { Attachment } from '#ui/answers.ts'

export type AgentEvent =
  | { readonly type: 'agent.accept'; readonly agent: string }
  | { readonly type: 'agent.decline'; readonly agent: string }
  | { readonly type: 'agent.message'; readonly text: string; readonly attachments?: readonly Attachment[] }
  | { readonly type: 'agent.note'; readonly text: string }
  | { readonly type: 'agent.transfer'; readonly team: string; readonly note?: string }
  | { readonly type: 'agent.transfer'; readonly agent: string; readonly note?: string }
  | { readonly type: 'agent.handback'; readonly note?: string }
  | { readonly type: 'agent.resolve'; readonly resolution: string }

/**
 * Whether it is still meant when the page was left and opened again. An offer is for now: an answer to it that could
 * not be sent is not sent an hour later.
 */
export function outlivesThePage(event: AgentEvent): boolean {
  return event.type !== 'agent.accept' && event.type !== 'agent.decline'
}
