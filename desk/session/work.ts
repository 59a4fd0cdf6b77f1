/** What a person has in hand: drafts and sendings, theirs alone, for as long as they are signed in. */
import { useCallback, useSyncExternalStore } from 'react'
import { api } from '#ui/client.ts'
import type { ApiProblem } from '#ui/request.ts'
import { live } from '../live/store.ts'
import { createDrafts, noDraft, type Draft, type Drafts } from '../outbox/drafts.ts'
import type { AgentEvent } from '../outbox/event.ts'
import { kept } from '../outbox/kept.ts'
import { createOutbox, type Outbox, type Sending } from '../outbox/outbox.ts'
import { opened } from '../shell/route.ts'
import { say } from '../shell/said.ts'
import { words } from '../words/en.ts'

interface Work {
  readonly who: string
  readonly outbox: Outbox
  readonly drafts: Drafts
}

let work: Work | null = null
const watchers = new Set<() => void>()

/** Takes up the work of `who`, and goes on with what they left unsent. */
export function begin(who: string): () => void {
  const drafts = createDrafts(kept, who)
  const outbox = createOutbox({
    kept,
    who,
    now: Date.now,
    newKey,
    send: (conversation, event, key) => api.advance(conversation, event, key),
    later: (act, milliseconds) => {
      const timer = setTimeout(act, milliseconds)
      return () => clearTimeout(timer)
    },
    onAnswered: (_, advance) => live.answered(advance.conversation),
    onRefused: (sending, problem) => giveBack(drafts, sending, problem),
  })
  const hurry = (): void => outbox.hurry()
  window.addEventListener('online', hurry)
  const unwatch = live.subscribe(({ line, open, desk: { forgotten } }, before) => {
    if (line === 'open' && before.line !== 'open') outbox.hurry()
    for (const [id, { thread }] of open) if (before.open.get(id)?.thread !== thread) outbox.seen(id, thread.version)
    // Nothing of it stays on the device either.
    for (const id of forgotten) if (!before.desk.forgotten.has(id)) drafts.change(id, noDraft)
  })
  const ends = [outbox.subscribe(tell), drafts.subscribe(tell)]
  work = { who, outbox, drafts }
  tell()
  return () => {
    window.removeEventListener('online', hurry)
    unwatch()
    for (const end of ends) end()
    drafts.stop()
    outbox.stop()
    work = null
  }
}

/** Whose work it is; undefined while nobody is signed in. */
export function writer(): string | undefined {
  return work?.who
}

/** Sends an event; what is refused is said and given back, so that nobody need wait for it. */
export async function send(conversation: string, event: AgentEvent): Promise<boolean> {
  try {
    await work?.outbox.post(conversation, event)
    return true
  } catch {
    return false
  }
}

export function changeDraft(conversation: string, to: Partial<Draft>): void {
  work?.drafts.change(conversation, to)
}

export function draft(conversation: string): Draft {
  return work?.drafts.of(conversation) ?? noDraft
}

export function useDraft(conversation: string): Draft {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => draft(conversation), [conversation]),
  )
}

/** What is on its way, over all conversations. */
export function useSendings(): readonly Sending[] {
  return useSyncExternalStore(subscribe, sendings)
}

export function sendings(): readonly Sending[] {
  return work?.outbox.state() ?? none
}

const none: readonly Sending[] = []

function giveBack(drafts: Drafts, { conversation, event }: Sending, problem: ApiProblem): void {
  // It was erased while the sending was under way: whoever has it open is told, and nothing of it is kept.
  if (live.state().desk.forgotten.has(conversation)) return
  const refusal = problem.detail || problem.title || words.compose.refused
  const why = problem.status === 401 ? words.session.wasEnded : refusal
  const isText = event.type === 'agent.message' || event.type === 'agent.note'
  if (event.type === 'agent.message') drafts.giveBack(conversation, 'reply', event.text, event.attachments ?? [], why)
  else {
    const written = writtenIn(event)
    if (written !== '') drafts.giveBack(conversation, 'note', written, [], why)
  }
  // Who looks at the field it came back into reads the reason there.
  if (isText && opened() === conversation) return
  say({ tone: 'warning', title: words.session.notDone[event.type], text: why })
}

/** What a person wrote for staff; that somebody resolved it by a ready reason is not written. */
function writtenIn(event: Exclude<AgentEvent, { readonly type: 'agent.message' }>): string {
  switch (event.type) {
    case 'agent.note':
      return event.text
    case 'agent.transfer':
    case 'agent.handback':
      return event.note ?? ''
    case 'agent.resolve':
      return words.conversation.resolve.reasons.includes(event.resolution) ? '' : event.resolution
    case 'agent.accept':
    case 'agent.decline':
      return ''
    default:
      return event satisfies never
  }
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function tell(): void {
  for (const watcher of watchers) watcher()
}

/** Not randomUUID: a desk may be served without https inside a house. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `desk-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
