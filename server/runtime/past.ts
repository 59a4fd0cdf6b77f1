/**
 * A conversation as it was. Its log is replayed up to an event, each on the version of its flow that ran then, so that
 * what comes out is, byte by byte, the snapshot that was stored at that time.
 */
import { replay, why, type Flow, type Happened, type LogEntry, type Snapshot, type Why } from '#engine/index.ts'
import type pg from 'pg'
import type { Flows } from './flows.ts'
import { noSuchConversation } from './refusals.ts'
import { RuntimeError, type Conversations } from './runtime.ts'
import { ranOn } from './versions.ts'
import { reading } from './write.ts'

/** Why an event did what it did: `seq` is its own entry in the log, `version` the flow's at that time. */
export interface WhyThen extends Why {
  readonly seq: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly version: number
}

/** A snapshot as text, and an entry of the log at which it is so: its event’s own, where it was asked for by an entry. */
export interface SnapshotThen {
  readonly text: string
  readonly seq: number
}

export function createPast({
  pool,
  flows,
}: {
  readonly pool: pg.Pool
  readonly flows: Flows
}): Pick<Conversations, 'snapshot' | 'snapshotText' | 'why'> {
  async function stored(id: string): Promise<{ readonly text: string; readonly snapshot: Snapshot }> {
    const { rows } = await reading(() =>
      pool.query<{ snapshot: string }>('select snapshot from baton.conversations where id = $1', [id]),
    )
    const text = rows[0]?.snapshot
    if (text === undefined) throw noSuchConversation(id)
    // Only `commit_event` writes this column, from a Snapshot.
    return { text, snapshot: JSON.parse(text) as Snapshot }
  }

  async function eventsOf(id: string): Promise<readonly PastEvent[]> {
    const { rows } = await reading(() =>
      pool.query<{ first_seq: number; seq: number; entries: string }>({
        name: 'log_whole',
        text: 'select first_seq, seq, entries from baton.log where conversation = $1 order by seq',
        values: [id],
      }),
    )
    // Only `commit_event` writes the log, from LogEntry lists; one event a row.
    return rows.flatMap(({ first_seq, seq, entries }) =>
      (JSON.parse(entries) as LogEntry[]).flatMap((entry) =>
        entry.kind === 'event' ? [{ first: first_seq, last: seq, event: entry.event, at: entry.at }] : [],
      ),
    )
  }

  /** The snapshot after the first `count` events; null before any. */
  async function replayedTo(count: number, now: Snapshot, events: readonly PastEvent[]) {
    // Those after it say which version it ran on before.
    const ran = await ranOn(flows, now.flow, events)
    const snapshot = count === 0 ? null : replay(ran.versions, ran.first, events.slice(0, count)).snapshot
    const version = snapshot?.flow.version ?? ran.first
    const flow: Flow = typeof ran.versions === 'function' ? ran.versions(version) : ran.versions
    return { snapshot, version, flow }
  }

  async function snapshotText(id: string, at?: number): Promise<SnapshotThen> {
    const { text, snapshot: now } = await stored(id)
    if (at === undefined) return { text, seq: now.seq }
    if (at < 1) throw outside('The log begins at entry 1.', 'is before the log')
    const events = await eventsOf(id)
    const upTo = Math.min(at, now.seq)
    const index = events.findLastIndex((each) => each.first <= upTo)
    const seq = events[index]?.first ?? 1
    if (at >= now.seq) return { text, seq }
    const { snapshot } = await replayedTo(index + 1, now, events)
    return { text: JSON.stringify(snapshot), seq }
  }

  return {
    snapshotText,
    async snapshot(id, at) {
      const { text } = await snapshotText(id, at)
      // Written by `commit_event` or above, from a Snapshot.
      return JSON.parse(text) as Snapshot
    },
    async why(id, at) {
      const { snapshot: now } = await stored(id)
      const events = await eventsOf(id)
      const index =
        at === undefined ? lastSaid(events) : events.findIndex((each) => each.first <= at && at <= each.last)
      const event = events[index]
      if (event === undefined)
        throw outside(`The log has entries 1 to ${events.at(-1)?.last ?? 0}.`, 'is no entry of the log')
      const { snapshot, version, flow } = await replayedTo(index, now, events)
      return { seq: event.first, at: event.at, version, ...why(flow, snapshot, event.event, event.at) }
    },
  }
}

interface PastEvent extends Happened {
  /** The numbers of its own entry, and of the last that it brought about. */
  readonly first: number
  readonly last: number
}

/** The customer's last message; the last event of all where there is none. */
function lastSaid(events: readonly PastEvent[]): number {
  const said = events.findLastIndex(({ event }) => event.type === 'customer.message')
  return said < 0 ? events.length - 1 : said
}

function outside(message: string, fault: string): RuntimeError {
  return new RuntimeError('invalid', message, [{ pointer: '/at', message: fault }])
}
