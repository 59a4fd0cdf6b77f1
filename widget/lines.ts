/**
 * The lines of the transcript as the customer reads them, derived from what was said and what is still to be sent.
 * Laws:
 * 1. What the customer sent is shown once: an unsent line becomes the message that the server tells of, in place.
 * 2. Unsent lines come last, in the order of sending.
 * 3. A person who begins to speak is announced, and so is their going once the bot speaks again.
 */
import type { Unsent } from './outbox.ts'
import type { Message } from './wire.ts'

export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'joined' | 'left'; readonly key: string; readonly name: string }
  | SaidLine

interface SaidLine {
  readonly kind: 'said'
  readonly key: string
  readonly at: number
  readonly message: Omit<Message, 'seq' | 'at'>
  /** It begins, it ends what one speaker said in one go. */
  first: boolean
  last: boolean
  readonly unsent?: Unsent
}

const ONE_GO = 5 * 60_000

/** `keys` remembers under which key an unsent line was shown, by the `seq` of the message it became. */
export function linesOf(
  messages: readonly Message[],
  unsent: readonly Unsent[],
  keys: ReadonlyMap<number, string>,
): readonly Line[] {
  const lines: Line[] = []
  let person: Message['agent']
  let day = ''
  let latest = 0
  const say = (key: string, at: number, message: SaidLine['message'], unsent?: Unsent): void => {
    const date = new Date(at).toDateString()
    if (date !== day) lines.push({ kind: 'day', key: `day ${date}`, at })
    day = date
    latest = at
    const { agent, from } = message
    if (from === 'agent' && agent && agent.id !== person?.id)
      lines.push({ kind: 'joined', key: `joined ${key}`, name: agent.name })
    if (from === 'bot' && person) lines.push({ kind: 'left', key: `left ${key}`, name: person.name })
    person = from === 'bot' ? undefined : (agent ?? person)
    const before = lines.at(-1)
    const line: SaidLine = { kind: 'said', key, at, message, first: true, last: true, ...(unsent && { unsent }) }
    if (before?.kind === 'said' && isOneGo(before, line)) [before.last, line.first] = [false, false]
    lines.push(line)
  }
  for (const message of messages) say(keys.get(message.seq) ?? String(message.seq), Date.parse(message.at), message)
  const matched = matches(unsent, messages, keys)
  for (const item of unsent) {
    const { key, event } = item
    // By a clock of its own, which may be behind.
    if (event.type === 'customer.message' && !matched.has(key))
      say(key, Math.max(item.at, latest), { ...event, from: 'customer' }, item)
  }
  return lines
}

/** Which message an unsent line has become: the first after it was written that says the same and is nobody else's. */
export function matches(
  unsent: readonly Unsent[],
  messages: readonly Message[],
  keys: ReadonlyMap<number, string>,
): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  const seqs = new Set<number>()
  for (const { key, after, event } of unsent) {
    if (event.type !== 'customer.message') continue
    const found = messages.find(
      ({ seq, from, text, attachments }) =>
        seq > after &&
        from === 'customer' &&
        !seqs.has(seq) &&
        (keys.get(seq) ?? key) === key &&
        text === event.text &&
        idsOf(attachments) === idsOf(event.attachments),
    )
    if (!found) continue
    taken.set(key, found.seq)
    seqs.add(found.seq)
  }
  return taken
}

function idsOf(attachments: Message['attachments'] = []): string {
  return attachments.map(({ id }) => id).join()
}

function isOneGo(before: SaidLine, line: SaidLine): boolean {
  const [one, other] = [before.message, line.message]
  return one.from === other.from && one.agent?.id === other.agent?.id && line.at - before.at < ONE_GO
}
