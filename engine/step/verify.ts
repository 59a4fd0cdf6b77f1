/**
 * Whether a log and the snapshot that is stored say the same. The log is replayed event by event: what each brings about
 * must be what was logged, and what comes out at the end must be what is stored, byte by byte.
 *
 * Law: a log that was written by this engine and its stored snapshot are equal; whatever byte of either is changed, the
 *   verdict is another one, and names the event from which they part, or the place in the snapshot.
 */
import type { ConversationEvent } from '../conversation/events.ts'
import { pointer } from '../flow/fault.ts'
import type { Json } from '../flow/values.ts'
import { replayed, versionsIn, type Versions } from './replay.ts'
import { Refusal, type LogEntry, type Stepped } from './result.ts'
import type { Snapshot } from './snapshot.ts'
import { startWith } from './step.ts'

/** An event of the log, by the entry that it is. */
export interface AtEvent {
  readonly seq: number
  readonly type: ConversationEvent['type']
}

export type Verified =
  | { readonly verdict: 'equal'; readonly events: number }
  /** The beginning of the log is not kept any more: nothing can be said. */
  | { readonly verdict: 'trimmed' }
  /** What the event brings about is not what was logged; `pointer` leads into the log. */
  | { readonly verdict: 'log differs'; readonly event: AtEvent; readonly pointer: string }
  /** The engine of now does not take the event. */
  | { readonly verdict: 'refused'; readonly event: AtEvent; readonly message: string }
  /** The log replays as it stands, but to another snapshot; `event` is its last. */
  | { readonly verdict: 'snapshot differs'; readonly event: AtEvent; readonly pointer: string }

/**
 * @param log the whole log; what comes after the stored snapshot is left out
 * @param stored the snapshot's text, exactly as it is stored
 */
export function verify(versions: Versions, log: readonly LogEntry[], stored: string): Verified {
  const snapshot = readSnapshot(stored)
  const events = eventsOf(snapshot === undefined ? log : log.filter(({ seq }) => seq <= snapshot.seq))
  const [begun] = events
  if (begun?.event.type !== 'conversation.started' || begun.seq !== 1) return { verdict: 'trimmed' }
  const present = snapshot?.flow.version ?? 0
  let stepped: Stepped | undefined
  let at: AtEvent = { seq: begun.seq, type: begun.event.type }
  for (const happened of events) {
    at = { seq: happened.seq, type: happened.event.type }
    const next = attempt(() =>
      stepped === undefined
        ? begin(versions, versionsIn(events, present)[0], happened)
        : replayed(versions, stepped.snapshot, happened),
    )
    if (next instanceof Refusal) return { verdict: 'refused', event: at, message: next.message }
    const place = difference(happened.entries, next.log)
    if (place !== undefined)
      return {
        verdict: 'log differs',
        event: at,
        pointer: pointer([happened.seq + Number(place[0] ?? 0), ...place.slice(1)]),
      }
    stepped = next
  }
  const text = JSON.stringify(stepped?.snapshot)
  if (text === stored) return { verdict: 'equal', events: events.length }
  const place = snapshot === undefined ? [] : difference(snapshot, stepped?.snapshot ?? null)
  return { verdict: 'snapshot differs', event: at, pointer: pointer(place ?? []) }
}

interface Logged {
  readonly seq: number
  readonly event: ConversationEvent
  readonly at: number
  /** The event's own entry, and what it brought about. */
  readonly entries: readonly LogEntry[]
}

function eventsOf(log: readonly LogEntry[]): readonly Logged[] {
  const starts = log.flatMap((entry, index) => (entry.kind === 'event' ? [{ entry, index }] : []))
  return starts.map(({ entry, index }, nth) => ({
    seq: entry.seq,
    event: entry.event,
    at: entry.at,
    entries: log.slice(index, starts[nth + 1]?.index ?? log.length),
  }))
}

function begin(versions: Versions, version: number, { event, at }: Logged): Stepped {
  if (event.type !== 'conversation.started')
    throw new Refusal('unknown-event', 'A log begins with “conversation.started”.')
  return startWith(typeof versions === 'function' ? versions(version) : versions, version, event, at)
}

function attempt(step: () => Stepped): Stepped | Refusal {
  try {
    return step()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Undefined for a text that is no snapshot at all. */
function readSnapshot(text: string): Snapshot | undefined {
  try {
    const read: unknown = JSON.parse(text)
    const isOne =
      typeof read === 'object' &&
      read !== null &&
      'seq' in read &&
      typeof read.seq === 'number' &&
      'flow' in read &&
      typeof read.flow === 'object' &&
      read.flow !== null &&
      'version' in read.flow &&
      typeof read.flow.version === 'number'
    // What is read of it here was just looked at; the rest is compared as JSON.
    return isOne ? (read as Snapshot) : undefined
  } catch {
    return undefined
  }
}

/** Where two of them part; undefined where they are the same text. */
function difference<Compared extends readonly LogEntry[] | Snapshot | null>(
  one: Compared,
  other: Compared,
): readonly (string | number)[] | undefined {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)]
  // What was just written is JSON.
  return left === right ? undefined : firstDifference(JSON.parse(left) as Json, JSON.parse(right) as Json)
}

/** The path to the first place where two values differ, in the order of the first; undefined where they are one text. */
function firstDifference(one: Json, other: Json): readonly (string | number)[] | undefined {
  if (JSON.stringify(one) === JSON.stringify(other)) return undefined
  if (
    typeof one !== 'object' ||
    one === null ||
    typeof other !== 'object' ||
    other === null ||
    Array.isArray(one) !== Array.isArray(other)
  )
    return []
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))]
  for (const [key, value] of left) {
    const there = right.get(key)
    const inside = there === undefined ? [] : firstDifference(value, there)
    if (inside !== undefined) return [key, ...inside]
  }
  const added = [...right.keys()].find((key) => !Object.hasOwn(one, key))
  // The same in another order: the texts differ, no value does.
  return added === undefined ? [] : [added]
}
