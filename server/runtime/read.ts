/** Reading conversations: as they are, as they were, and many at once. */
import {
  handoffPackage,
  replay,
  view,
  type ConversationEvent,
  type ConversationView,
  type EarlierConversation,
  type Facts,
  type Flow,
  type LogEntry,
  type Message,
  type Snapshot,
} from '#engine/index.ts'
import type pg from 'pg'
import type { Database } from '../store/database.ts'
import { listConversations } from '../store/listing.ts'
import { customerKey } from './columns.ts'
import type { World } from './facts.ts'
import { readLog } from './feed.ts'
import type { Flows } from './flows.ts'
import { noSuchConversation } from './refusals.ts'
import { RuntimeError, type Conversations } from './runtime.ts'
import { reading } from './write.ts'

type Reads = Pick<Conversations, 'view' | 'transcript' | 'handoff' | 'log' | 'snapshot' | 'list'>

interface ReadDeps {
  readonly pool: pg.Pool
  readonly database: Database
  readonly flows: Flows
  readonly world: World
}

const EVENTS = 100_000
const EARLIER = 5

export function createReads({ pool, database, flows, world }: ReadDeps): Reads {
  async function current(id: string): Promise<Snapshot> {
    const { rows } = await reading(() =>
      pool.query<{ snapshot: string }>('select snapshot from baton.conversations where id = $1', [id]),
    )
    const row = rows[0]
    if (!row) throw noSuchConversation(id)
    // Only `commit_event` writes this column, from a Snapshot.
    return JSON.parse(row.snapshot) as Snapshot
  }

  const flowOf = ({ flow }: Snapshot): Promise<Flow> => flows.version(flow.id, flow.version)
  const viewOf = async (snapshot: Snapshot, facts: Facts): Promise<ConversationView> =>
    view(await flowOf(snapshot), snapshot, facts)
  const shown = async (snapshot: Snapshot) => viewOf(snapshot, await reading(() => world.queue(snapshot)))

  async function transcript(id: string): Promise<readonly Message[]> {
    const entries = await readLog(pool, id, 0, EVENTS)
    if (entries.length === 0) await current(id)
    return entries.flatMap((entry) => (entry.kind === 'message' ? [messageOf(entry)] : []))
  }

  /** The same customer's conversations before this one, the newest first. */
  async function earlier(snapshot: Snapshot): Promise<readonly EarlierConversation[]> {
    const { customer, about } = snapshot.machine.context
    const key = customerKey(customer)
    if (key === null) return []
    const rows = await reading(() =>
      database
        .selectFrom('baton.conversations')
        .select('snapshot')
        .where('customer_key', '=', key)
        .where('started_at', '<', about.startedAt)
        .where('id', '<>', snapshot.conversation)
        .orderBy('started_at', 'desc')
        .limit(EARLIER)
        .execute(),
    )
    return Promise.all(
      rows.map(async (row) => {
        const past = JSON.parse(row.snapshot) as Snapshot
        const { summary } = handoffPackage(await flowOf(past), past, { transcript: [], earlier: [] })
        const {
          about: { startedAt },
          resolution,
        } = past.machine.context
        return { id: past.conversation, at: new Date(startedAt).toISOString(), flow: past.flow.id, summary, resolution }
      }),
    )
  }

  return {
    transcript,
    view: async (id) => shown(await current(id)),
    async handoff(id) {
      const snapshot = await current(id)
      const said = await transcript(id)
      return handoffPackage(await flowOf(snapshot), snapshot, { transcript: said, earlier: await earlier(snapshot) })
    },
    async log(id, after = 0, limit = EVENTS) {
      const entries = await readLog(pool, id, after, limit)
      if (entries.length === 0) await current(id)
      return entries.slice(0, limit)
    },
    async snapshot(id, at) {
      const now = await current(id)
      if (at === undefined || at >= now.seq) return now
      if (at < 1)
        throw new RuntimeError('invalid', 'The log begins at entry 1.', [
          { pointer: '/at', message: 'is before the log' },
        ])
      const { rows } = await reading(() =>
        pool.query<{ entries: string }>(
          'select entries from baton.log where conversation = $1 and first_seq <= $2 order by seq',
          [id, at],
        ),
      )
      const entries = rows.flatMap((row) => JSON.parse(row.entries) as LogEntry[])
      return replay(await flowOf(now), now.flow.version, eventsOf(entries)).snapshot
    },
    async list(query) {
      const listed = await reading(() => listConversations(database, query))
      if (!listed)
        throw new RuntimeError('invalid', 'This cursor is not one. Take “next” of the page before.', [
          { pointer: '/cursor', message: 'is not a cursor' },
        ])
      const items = await Promise.all(listed.rows.map((row) => shown(JSON.parse(row.snapshot) as Snapshot)))
      return { items, next: listed.next }
    },
  }
}

/** The events of a log, as a replay takes them. */
export function eventsOf(
  entries: readonly LogEntry[],
): readonly { readonly event: ConversationEvent; readonly at: number }[] {
  return entries.flatMap((entry) => (entry.kind === 'event' ? [{ event: entry.event, at: entry.at }] : []))
}

function messageOf({ kind: _, ...message }: Extract<LogEntry, { kind: 'message' }>): Message {
  return message
}
