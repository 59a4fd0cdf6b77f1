/** Holds the logs against the ledger and against the engine: what was acknowledged, which deadlines came, and when. */
import { isDeepStrictEqual } from 'node:util'
import { isOutsideType, start, step, type ConversationEvent, type Flow, type Snapshot } from '#engine/index.ts'
import type { ShownEntry } from '#server/http/schemas/conversation.ts'
import { Caller, type Acknowledged, type Kept, type Ledger } from './caller.ts'
import { flow } from './flow.ts'

export interface Audit {
  readonly conversations: number
  readonly acknowledged: number
  readonly files: number
  readonly editions: number
  /** Deadlines that came: the flow's, and ends of offers. */
  readonly deadlines: readonly Deadline[]
  /** What must not be, a sentence each. */
  readonly faults: readonly string[]
}

/** When one was due, and when it came; epoch ms. */
export interface Deadline {
  readonly due: number
  readonly at: number
}

interface Told {
  readonly event: ConversationEvent
  readonly at: number
}

export async function audit(url: string, ledger: Ledger): Promise<Audit> {
  const caller = new Caller(url, ledger)
  const faults: string[] = [...ledger.odd]
  const byConversation = grouped(ledger.acknowledged)
  const deadlines: Deadline[] = []
  for (const id of await conversationsThere(caller))
    if (!byConversation.has(id)) faults.push(`${id}: it was begun, and acknowledged to nobody`)
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
    const kept = await caller.read<Snapshot>(`/v1/conversations/${id}/snapshot`)
    deadlines.push(...followed(ledger.editions.get(kept.flow.version) ?? flow, told, kept, say))
  }
  for (const file of ledger.files) faults.push(...(await compareFile(caller, file)))
  return {
    conversations: byConversation.size,
    acknowledged: ledger.acknowledged.length,
    files: ledger.files.length,
    editions: ledger.editions.size,
    deadlines,
    faults,
  }
}

/** Every conversation, page by page. */
async function conversationsThere(caller: Caller): Promise<readonly string[]> {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { readonly items: readonly { readonly id: string }[]; readonly next: string | null } =
      await caller.read(`/v1/conversations?flow=${flow.id}&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  return ids
}

async function compareFile(caller: Caller, { conversation, attachment, text }: Kept): Promise<readonly string[]> {
  const there = await caller.readText(`/v1/conversations/${conversation}/attachments/${attachment.id}`)
  return there === text ? [] : [`${conversation}: the file ${attachment.id} is not what was sent`]
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

/** Tells the engine the log again. Returns the deadlines that came; one not set, or not due, is a fault. */
function followed(
  edition: Flow,
  told: readonly Told[],
  kept: Snapshot,
  say: (fault: string) => void,
): readonly Deadline[] {
  const [first, ...rest] = told
  if (first?.event.type !== 'conversation.started') {
    say('the log does not begin with its start')
    return []
  }
  const came: Deadline[] = []
  let snapshot = start(
    edition,
    { ...first.event.opening, flowVersion: kept.flow.version },
    first.at,
    first.event.facts,
  ).snapshot
  for (const { event, at } of rest) {
    const due = dueOf(snapshot, event)
    if (due === null) say(`the deadline ${JSON.stringify(event)} came, which was not set or had come already`)
    if (typeof due === 'number' && at < due) say(`the deadline ${JSON.stringify(event)} came ${due - at} ms early`)
    if (typeof due === 'number') came.push({ due, at })
    try {
      snapshot = step(edition, snapshot, event, at).snapshot
    } catch (error) {
      say(`the engine does not take ${event.type} of its log: ${String(error)}`)
      return came
    }
  }
  if (JSON.stringify(snapshot) !== JSON.stringify(kept)) say('the snapshot is not what the log comes to')
  if (!kept.closed) say(`it never ended: ${kept.state}`)
  return came
}

/** When a deadline was due; null when it was not set; undefined when the event is none. */
function dueOf(snapshot: Snapshot, event: ConversationEvent): number | null | undefined {
  if (event.type === 'timer')
    return snapshot.timers.find((each) => each.id === event.id && each.gen === event.gen)?.due ?? null
  if (event.type !== 'offer.ended' || event.why !== 'expired') return undefined
  const offered = snapshot.machine.context.waiting?.offered
  return offered?.agent.id === event.agent ? offered.until : null
}
