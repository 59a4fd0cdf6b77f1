/**
 * What a caller is shown. Staff sees all of it; a bot all but what people write to each other; a customer what was said
 * and where the conversation stands, never notes, reports of its mood, reasons, or who was asked to help.
 */
import type { Advance, ConversationView, HandoffPackage, LogEntry, Message } from '#engine/index.ts'
import type { Caller } from './auth.ts'
import type { ShownEntry, ShownHandoff, ShownMessage } from './schemas/conversation.ts'

export function viewFor(caller: Caller, view: ConversationView) {
  if (caller.role === 'bot' && view.queue?.offeredUntil !== undefined) {
    const { offeredUntil: _, ...queue } = view.queue
    return { ...view, queue }
  }
  if (caller.role !== 'customer') return view
  const { queue, expects, ...rest } = view
  const theirs = expects.filter((type) => type.startsWith('customer.') || type === 'survey.answer')
  if (!queue) return { ...rest, expects: theirs }
  const { team, position, eta, within, waitingSince, mayLeave } = queue
  return {
    ...rest,
    expects: theirs,
    queue: { team, position, eta, within, waitingSince, ...(mayLeave ? { mayLeave } : {}) },
  }
}

export function advanceFor(caller: Caller, advance: Advance) {
  return caller.role === 'customer' || caller.role === 'bot'
    ? { ...advance, conversation: viewFor(caller, advance.conversation) }
    : advance
}

export function shownMessage(message: Message): ShownMessage {
  return timed(message)
}

export function shownHandoff(handoff: HandoffPackage): ShownHandoff {
  const { transcript, intents, sentiment, attempted } = handoff
  return {
    ...handoff,
    transcript: transcript.map(timed),
    intents: intents.map(timed),
    sentiment: sentiment.map(timed),
    attempted: attempted.map(timed),
  }
}

function timed<Item extends { readonly at: number }>(item: Item): Omit<Item, 'at'> & { readonly at: string } {
  return { ...item, at: new Date(item.at).toISOString() }
}

/** An entry of the log as this caller is shown it; undefined when it is not shown at all. */
export function entryFor(caller: Caller, entry: LogEntry): ShownEntry | undefined {
  const at = new Date(entry.at).toISOString()
  if (caller.role === 'bot') return isBetweenPeople(entry) ? undefined : { ...withoutAside(entry), at }
  if (caller.role !== 'customer') return { ...entry, at }
  switch (entry.kind) {
    case 'message':
      return { ...entry, at }
    case 'moved':
      return { kind: 'moved', seq: entry.seq, at, from: entry.from, to: entry.to }
    case 'event':
    case 'note':
    case 'effect':
      return undefined
    default:
      return entry satisfies never
  }
}

/** What agents and supervisors write to each other. */
function isBetweenPeople(entry: LogEntry): boolean {
  return entry.kind === 'note' || (entry.kind === 'event' && entry.event.type === 'agent.note')
}

/** A note to the colleague who takes over is not for a bot; one with a handback is. */
function withoutAside(entry: LogEntry): LogEntry {
  if (entry.kind !== 'event' || entry.event.type !== 'agent.transfer') return entry
  const { note: _, ...event } = entry.event
  return { ...entry, event }
}
