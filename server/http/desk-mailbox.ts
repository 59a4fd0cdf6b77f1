/** What one watcher of the desk has not been shown yet: at most one letter for each conversation. */
import type { DeskConversation } from '#server/runtime/desk-conversation.ts'
import type { AgentView, QueueView, Typing } from '#server/runtime/runtime.ts'
import type { ServerSentEvent } from './sse.ts'

/**
 * Whom the feed is for: an agent sees its own, those offered to it and those that wait for its teams; others see all
 * with people.
 */
export interface Watcher {
  readonly agent?: string
}

export interface Mailbox {
  readonly watcher: Watcher
  teams: ReadonlySet<string>
  readonly shown: Set<string>
  /** How often all that it may see is looked up now, page by page: what goes meanwhile must not come with a page. */
  looks: number
  /** By conversation; null: gone, `forgotten`: nothing is kept of it any more. */
  readonly news: Map<string, DeskConversation | 'forgotten' | null>
  /** By conversation and who types. */
  readonly typing: Map<string, Typing>
  queues: readonly QueueView[] | undefined
  agents: readonly AgentView[] | undefined
  readonly bell: Bell
}

interface Bell {
  ring(): void
  /** Resolves to false when nobody listens any more. */
  rung(): Promise<boolean>
}

export function createMailbox(watcher: Watcher, signal: AbortSignal): Mailbox {
  return {
    watcher,
    teams: new Set(),
    shown: new Set(),
    looks: 0,
    news: new Map(),
    typing: new Map(),
    queues: undefined,
    agents: undefined,
    bell: createBell(signal),
  }
}

/** Empties the mailbox. */
export function* letters(mailbox: Mailbox): Iterable<ServerSentEvent> {
  if (mailbox.queues) {
    const { queues } = mailbox
    mailbox.queues = undefined
    yield { event: 'queues', data: queues }
  }
  if (mailbox.agents) {
    const { agents } = mailbox
    mailbox.agents = undefined
    yield { event: 'agents', data: agents }
  }
  for (const [id, view] of mailbox.news) {
    mailbox.news.delete(id)
    if (view === 'forgotten') yield { event: 'gone', data: { id, because: 'forgotten' } }
    else yield view ? { event: 'conversation', data: view } : { event: 'gone', data: { id } }
  }
  for (const [who, typing] of mailbox.typing) {
    mailbox.typing.delete(who)
    yield { event: 'typing', data: typing }
  }
}

/** Puts in who types, where the watcher has been shown the conversation. */
export function hearTyping(mailbox: Mailbox, typing: Typing): void {
  if (!mailbox.shown.has(typing.conversation)) return
  mailbox.typing.set(`${typing.conversation} ${typing.from} ${typing.agent?.id ?? ''}`, typing)
  mailbox.bell.ring()
}

/** Puts in what concerns the watcher; what it was shown and may no longer see is taken back. */
export function deliver(mailbox: Mailbox, view: DeskConversation): void {
  if (concerns(mailbox, view)) {
    mailbox.shown.add(view.id)
    mailbox.news.set(view.id, view)
  } else takeBack(mailbox, view.id, null)
}

/** Takes back a conversation that is not for the watcher any more, or of which nothing is kept, if they were shown it. */
export function takeBack(mailbox: Mailbox, id: string, why: 'forgotten' | null): void {
  if (mailbox.shown.delete(id) || mailbox.looks > 0) mailbox.news.set(id, why)
}

function concerns({ watcher: { agent }, teams }: Mailbox, { phase, owner, queue }: DeskConversation): boolean {
  if (agent === undefined) return phase === 'queued' || phase === 'agentActive'
  return (
    owner === `agent:${agent}` ||
    (phase === 'queued' && queue !== undefined && (queue.offeredTo === agent || teams.has(queue.team)))
  )
}

/** A bell that remembers one ring. */
function createBell(signal: AbortSignal): Bell {
  let ringing = false
  let answer = (): void => {}
  signal.addEventListener('abort', () => answer(), { once: true })
  return {
    ring() {
      ringing = true
      answer()
    },
    async rung() {
      if (!ringing && !signal.aborted)
        await new Promise<void>((resolve) => {
          answer = resolve
        })
      ringing = false
      return !signal.aborted
    },
  }
}
