/** Holds the logs against the ledger and against the engine: what was acknowledged, which deadlines came, and when. */
import { isDeepStrictEqual } from 'node:util'
import { isOutsideType, start, step, type ConversationEvent, type Snapshot } from '#engine/index.ts'
import type { ShownEntry } from '#server/http/schemas/conversation.ts'
import { Caller, type Acknowledged, type Ledger } from './caller.ts'
import { flow } from './flow.ts'

export interface Audit {
  readonly conversations: number
  readonly acknowledged: number
  /** Deadlines that came: the flow's, and ends of offers. */
  readonly deadlines: number
  /** The latest of them, in milliseconds after it was due. */
  readonly latest: number
  /** What must not be, a sentence each. */
  readonly faults: readonly string[]
}

interface Told {
  readonly event: ConversationEvent
  readonly at: number
}

export async function audit(url: string, ledger: Ledger): Promise<Audit> {
  const caller = new Caller(url, ledger)
  const faults: string[] = [...ledger.odd]
  const byConversation = grouped(ledger.acknowledged)
  let deadlines = 0
  let latest = 0
  for (const [id, acknowledged] of byConversation) {
    const say = (fault: string): void => {
      faults.push(`${id}: ${fault}`)
    }
    const entries = await logOf(caller, id)
    entries.forEach((entry, index) => {
      if (entry.seq !== index + 1) say(`entry ${index + 1} of the log has the number ${entry.seq}`)
    })
    const told = entries.flatMap((entry): Told[] =>
      entry.kind === 'event' ? [{ event: entry.event, at: Date.parse(entry.at) }] : [],
    )
    compare(acknowledged, told, say)
    const came = followed(told, await caller.read<Snapshot>(`/v1/conversations/${id}/snapshot`), say)
    deadlines += came.length
    latest = Math.max(latest, ...came)
  }
  return { conversations: byConversation.size, acknowledged: ledger.acknowledged.length, deadlines, latest, faults }
}

function grouped(acknowledged: readonly Acknowledged[]): ReadonlyMap<string, readonly Acknowledged[]> {
  const groups = new Map<string, Acknowledged[]>()
  for (const each of acknowledged) {
    const group = groups.get(each.conversation)
    if (group) group.push(each)
    else groups.set(each.conversation, [each])
  }
  return groups
}

async function logOf(caller: Caller, id: string): Promise<readonly ShownEntry[]> {
  const entries: ShownEntry[] = []
  for (let after: string | null = '0'; after !== null;) {
    const page: { readonly items: readonly ShownEntry[]; readonly next: string | null } = await caller.read(
      `/v1/conversations/${id}/log?after=${after}`,
    )
    entries.push(...page.items)
    after = page.next
  }
  return entries
}

/** Each acknowledged event stands where its answer said, and nothing else came from outside. */
function compare(acknowledged: readonly Acknowledged[], told: readonly Told[], say: (fault: string) => void): void {
  for (const { version, event } of acknowledged) {
    const there = told[version - 1]?.event
    const type = event === 'started' ? 'conversation.started' : event.type
    if (there?.type !== type) say(`acknowledged as event ${version} was ${type}; there is ${there?.type ?? 'nothing'}`)
    else if (event !== 'started' && !isSame(event, there)) say(`event ${version} is not the ${type} that was sent`)
  }
  const versions = new Set(acknowledged.map((each) => each.version))
  if (versions.size !== acknowledged.length) say('two answers named the same event')
  told.forEach(({ event }, index) => {
    if ((isOutsideType(event.type) || event.type === 'conversation.started') && !versions.has(index + 1))
      say(`event ${index + 1}, ${event.type}, was acknowledged to nobody`)
  })
}

function isSame(sent: object, { facts: _, ...there }: ConversationEvent): boolean {
  return isDeepStrictEqual(sent, there)
}

/** Tells the engine the log again. Returns how late each deadline came; one not set, or not due, is a fault. */
function followed(told: readonly Told[], kept: Snapshot, say: (fault: string) => void): readonly number[] {
  const [first, ...rest] = told
  if (first?.event.type !== 'conversation.started') {
    say('the log does not begin with its start')
    return []
  }
  const late: number[] = []
  let snapshot = start(
    flow,
    { ...first.event.opening, flowVersion: kept.flow.version },
    first.at,
    first.event.facts,
  ).snapshot
  for (const { event, at } of rest) {
    const due = dueOf(snapshot, event)
    if (due === null) say(`the deadline ${JSON.stringify(event)} came, which was not set or had come already`)
    if (typeof due === 'number' && at < due) say(`the deadline ${JSON.stringify(event)} came ${due - at} ms early`)
    if (typeof due === 'number') late.push(at - due)
    try {
      snapshot = step(flow, snapshot, event, at).snapshot
    } catch (error) {
      say(`the engine does not take ${event.type} of its log: ${String(error)}`)
      return late
    }
  }
  if (JSON.stringify(snapshot) !== JSON.stringify(kept)) say('the snapshot is not what the log comes to')
  if (!kept.closed) say(`it never ended: ${kept.state}`)
  return late
}

/** When a deadline was due; null when it was not set; undefined when the event is none. */
function dueOf(snapshot: Snapshot, event: ConversationEvent): number | null | undefined {
  if (event.type === 'timer')
    return snapshot.timers.find((each) => each.id === event.id && each.gen === event.gen)?.due ?? null
  if (event.type !== 'offer.ended' || event.why !== 'expired') return undefined
  const offered = snapshot.machine.context.waiting?.offered
  return offered?.agent.id === event.agent ? offered.until : null
}
