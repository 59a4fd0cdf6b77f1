/** What one watcher of the desk has not been shown yet: at most one letter for each conversation. */
import type { ConversationView } from '#engine/index.ts'
import type { QueueView } from '#server/runtime/runtime.ts'
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
  /** By conversation; null: gone. */
  readonly news: Map<string, ConversationView | null>
  queues: readonly QueueView[] | undefined
  readonly bell: Bell
}

interface Bell {
  ring(): void
  /** Resolves to false when nobody listens any more. */
  rung(): Promise<boolean>
}

export function createMailbox(watcher: Watcher, signal: AbortSignal): Mailbox {
  return { watcher, teams: new Set(), shown: new Set(), news: new Map(), queues: undefined, bell: createBell(signal) }
}

/** Empties the mailbox, letter by letter: what changes meanwhile replaces what has not been taken yet. */
export function* letters(mailbox: Mailbox): Iterable<ServerSentEvent> {
  if (mailbox.queues) {
    const { queues } = mailbox
    mailbox.queues = undefined
    yield { event: 'queues', data: queues }
  }
  for (const [id, view] of mailbox.news) {
    mailbox.news.delete(id)
    yield view ? { event: 'conversation', data: view } : { event: 'gone', data: { id } }
  }
}

/** Puts in what concerns the watcher; what it was shown and may no longer see is taken back. */
export function deliver(mailbox: Mailbox, view: ConversationView): void {
  if (concerns(mailbox, view)) {
    mailbox.shown.add(view.id)
    mailbox.news.set(view.id, view)
  } else if (mailbox.shown.delete(view.id)) mailbox.news.set(view.id, null)
}

function concerns({ watcher: { agent }, teams }: Mailbox, { phase, owner, queue }: ConversationView): boolean {
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
