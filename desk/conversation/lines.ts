/**
 * A conversation's log as it is read at the desk: what was said, what the staff noted, and in one sentence each what
 * happened between. Laws:
 * 1. Every message and every note of the log is a line, in the log's order; nothing else is said in anybody's name.
 * 2. A day begins before its first line, in the reader's zone.
 */
import type { ConversationEvent } from '#engine/conversation/events.ts'
import type { Attachment, ShownEntry, ShownMessage } from '#ui/answers.ts'
import { dayOf } from '../clock/telling.ts'
import { words } from '../words/en.ts'

export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | Said
  | {
      readonly kind: 'note'
      readonly key: string
      readonly at: number
      readonly by: string
      readonly isWhisper: boolean
      readonly text: string
    }
  | { readonly kind: 'happened'; readonly key: string; readonly at: number; readonly text: string }

export interface Said {
  readonly kind: 'said'
  readonly key: string
  readonly at: number
  readonly from: ShownMessage['from']
  /** Who said it, as it is read: the person's name, or what they are. */
  readonly name: string
  readonly text: string
  readonly attachments: readonly Attachment[]
  readonly choices: readonly string[]
  /** It goes on from the line above it, which names who speaks. */
  readonly goesOn: boolean
}

/** Names by agent. */
export type Names = (agent: string) => string

/** Lines of one speaker closer than this stand together. */
const TOGETHER = 180_000

export function linesOf(
  entries: readonly ShownEntry[],
  names: Names,
  customer: string,
  zone?: string,
): readonly Line[] {
  const lines: Line[] = []
  let today = ''
  for (const entry of entries) {
    const line = lineOf(entry, names, customer)
    if (line === null) continue
    const day = dayOf(line.at, zone)
    if (day !== today) lines.push({ kind: 'day', key: `day ${day}`, at: line.at })
    today = day
    const above = lines.at(-1)
    lines.push(line.kind === 'said' && above !== undefined && continues(above, line) ? { ...line, goesOn: true } : line)
  }
  return lines
}

function continues(above: Line, line: Said): boolean {
  return above.kind === 'said' && above.from === line.from && above.name === line.name && line.at - above.at < TOGETHER
}

function lineOf(entry: ShownEntry, names: Names, customer: string): Exclude<Line, { kind: 'day' }> | null {
  const [key, at] = [String(entry.seq), Date.parse(entry.at)]
  switch (entry.kind) {
    case 'message': {
      const { from, text, quickReplies = [], attachments = [] } = entry
      const choices = quickReplies.map(({ label }) => label)
      return { kind: 'said', key, at, from, name: speaker(entry, customer), text, attachments, choices, goesOn: false }
    }
    case 'note': {
      const by = entry.by?.name ?? (entry.agent === null ? words.conversation.staff : names(entry.agent))
      return { kind: 'note', key, at, by, isWhisper: entry.whisper === true, text: entry.text }
    }
    case 'event':
      return happened(key, at, sentenceOf(entry.event, names))
    case 'moved':
      return happened(
        key,
        at,
        entry.reason === undefined ? null : words.conversation.happened.escalated(entry.reason.sentence),
      )
    case 'effect':
      return null
    default:
      return entry satisfies never
  }
}

function happened(key: string, at: number, text: string | null): (Line & { kind: 'happened' }) | null {
  return text === null ? null : { kind: 'happened', key, at, text }
}

function speaker({ from, agent }: ShownMessage, customer: string): string {
  if (from === 'customer') return customer
  return from === 'agent' && agent !== undefined ? agent.name : words.conversation.from[from]
}

/** What an event did, for who reads it later; null for what its messages and notes tell already. */
function sentenceOf(event: ConversationEvent, names: Names): string | null {
  const say = words.conversation.happened
  const by = event.by === undefined ? null : names(event.by)
  switch (event.type) {
    case 'conversation.started':
      return say.started(event.opening.channel ?? 'web')
    case 'offer.made':
      return say.offered(event.agent.name, event.reason)
    case 'offer.ended':
      return say.offerEnded[event.why](names(event.agent))
    case 'agent.accept':
      return say.accepted(event.facts?.agents?.[event.agent]?.name ?? names(event.agent))
    case 'agent.decline': {
      const who = event.by ?? event.agent
      return who === undefined ? null : say.offerEnded.declined(names(who))
    }
    case 'agent.transfer':
      return say.transferred(by, 'team' in event ? event.team : names(event.agent))
    case 'agent.handback':
      return say.handedBack(by)
    case 'agent.resolve':
      return say.resolved(by, event.resolution)
    case 'agent.gone':
      return say.wentOffline(names(event.agent))
    case 'customer.identified':
      return say.identified
    case 'customer.left':
      return say.left
    case 'customer.returned':
      return say.returned
    case 'promise.told':
      return say.told[event.what]
    case 'promise.due':
      return say.due[event.promise]
    case 'bot.escalate':
      return say.botAsked(event.reason)
    case 'bot.failed':
      return say.botFailed
    case 'survey.answer':
      return say.rated(event.score, event.comment)
    case 'customer.message':
    case 'bot.message':
    case 'bot.intent':
    case 'bot.done':
    case 'agent.message':
    case 'agent.note':
    case 'timer':
    case 'effect.done':
    case 'conversation.migrated':
      return null
    default:
      // A newer server may tell of more.
      event satisfies never
      return null
  }
}
