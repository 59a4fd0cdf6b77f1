/** Reading conversations: as they are, as they were, and many at once. */
import {
  advance,
  handoffPackage,
  mayComeBack,
  view,
  waitingOf,
  type ConversationView,
  type EarlierConversation,
  type Facts,
  type Flow,
  type Happened,
  type LogEntry,
  type Message,
  type Snapshot,
} from '#engine/index.ts'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '../store/database.ts'
import { listConversations } from '../store/listing.ts'
import { saidIn } from '../store/said.ts'
import { customerKey } from './columns.ts'
import { askedOf, deskConversation, type DeskConversation } from './desk-conversation.ts'
import type { World } from './facts.ts'
import { readLog } from './feed.ts'
import type { Flows } from './flows.ts'
import { createPast } from './past.ts'
import { noSuchConversation } from './refusals.ts'
import { RuntimeError, type Conversations, type ListQuery, type Page } from './runtime.ts'
import { similarReplies } from './similar.ts'
import { factsAt, placesNow } from './views.ts'
import { decisionsIn, whyItWaits } from './routing.ts'
import { reading } from './write.ts'

type Reads = Pick<
  Conversations,
  | 'view'
  | 'current'
  | 'ofCustomer'
  | 'transcript'
  | 'handoff'
  | 'log'
  | 'snapshot'
  | 'snapshotText'
  | 'why'
  | 'routing'
  | 'list'
  | 'deskViews'
  | 'deskList'
  | 'similar'
>

interface ReadDeps {
  readonly pool: pg.Pool
  readonly database: Database
  readonly flows: Flows
  readonly world: World
  readonly clock: { now(): number }
}

/** Of these the snapshot says who may still come back: nothing else uses a call up. */
const isCalledBack = sql<boolean>`exists (select from baton.tickets t
  where t.conversation = baton.conversations.id and t.state = 'open' and t.called_at is not null)`
/** Most of what changes is between customers and bots: of that nothing is read. */
const AT_THE_DESK = {
  name: 'at_the_desk',
  text: `select id, case when phase in ('queued', 'agentActive') then snapshot end as snapshot
    from baton.conversations where id = any($1)`,
}
interface AtTheDesk {
  readonly id: string
  readonly snapshot: string | null
}
const EVENTS = 100_000
const EARLIER = 5

export function createReads({ pool, database, flows, world, clock }: ReadDeps): Reads {
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

  /** Many at once: their places by one statement. */
  async function shownAll(snapshots: readonly Snapshot[]): Promise<readonly ConversationView[]> {
    const waiting = snapshots.filter((snapshot) => waitingOf(snapshot) !== null)
    const places = await placesNow(
      database,
      waiting.map((each) => each.conversation),
      clock.now(),
    )
    return Promise.all(snapshots.map((each) => viewOf(each, factsAt(each, places.get(each.conversation)))))
  }

  async function atTheDesk(snapshots: readonly Snapshot[]): Promise<readonly DeskConversation[]> {
    const [views, said] = await Promise.all([shownAll(snapshots), reading(() => saidIn(pool, snapshots.map(askedOf)))])
    return views.map((view, index) => {
      const snapshot = snapshots[index]
      if (!snapshot) throw new Error('A view of no conversation.')
      return deskConversation(snapshot, view, said.get(snapshot.conversation))
    })
  }

  async function listed(query: ListQuery): Promise<Page<Snapshot>> {
    const page = await reading(() => listConversations(database, query))
    if (!page)
      throw new RuntimeError('invalid', 'This cursor is not one. Take “next” of the page before.', [
        { pointer: '/cursor', message: 'is not a cursor' },
      ])
    // Only `commit_event` writes this column, from a Snapshot.
    return { items: page.rows.map((row) => JSON.parse(row.snapshot) as Snapshot), next: page.next }
  }

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

  /** The latest in which a customer who was called back to a ticket goes on, though it has ended. */
  async function goesOn(called: readonly { readonly id: string }[]): Promise<string | undefined> {
    for (const { id } of called) if (mayComeBack(await current(id))) return id
    return undefined
  }

  return {
    ...createPast({ pool, flows }),
    transcript,
    view: async (id) => shown(await current(id)),
    async current(id) {
      const snapshot = await current(id)
      return advance(await flowOf(snapshot), snapshot, [], await reading(() => world.queue(snapshot)))
    },
    async ofCustomer(customer, flow, channel) {
      const rows = await reading(() =>
        database
          .selectFrom('baton.conversations')
          .select(['id', 'customer', 'closed_at', isCalledBack.as('called')])
          .where('customer_key', '=', customer.toLowerCase())
          .where('flow', '=', flow)
          .where('channel', '=', channel)
          .orderBy('started_at', 'desc')
          .orderBy('id')
          .execute(),
      )
      // The key is an address where no id is known, and all in small letters: only the very id is the customer.
      const theirs = rows.filter((row) => (JSON.parse(row.customer) as { readonly id?: unknown }).id === customer)
      const open =
        theirs.find((row) => row.closed_at === null)?.id ?? (await goesOn(theirs.filter((row) => row.called)))
      return { kept: theirs.map((row) => row.id), ...(open === undefined ? {} : { open }) }
    },
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
    async routing(id) {
      const [snapshot, entries] = await Promise.all([current(id), readLog(pool, id, 0, EVENTS)])
      return { decisions: decisionsIn(entries), now: await whyItWaits(database, world, snapshot, clock.now()) }
    },
    async list(query) {
      const { items, next } = await listed(query)
      return { items: await shownAll(items), next }
    },
    async deskViews(ids) {
      if (ids.length === 0) return new Map()
      const { rows } = await reading(() => pool.query<AtTheDesk>({ ...AT_THE_DESK, values: [ids] }))
      // As above.
      const snapshots = rows.flatMap((row) => (row.snapshot === null ? [] : [JSON.parse(row.snapshot) as Snapshot]))
      const views = new Map((await atTheDesk(snapshots)).map((each) => [each.id, each]))
      return new Map(rows.map(({ id }) => [id, views.get(id) ?? null]))
    },
    async deskList(query) {
      const { items, next } = await listed(query)
      return { items: await atTheDesk(items), next }
    },
    async similar(id, limit) {
      return similarReplies(pool, await current(id), limit)
    },
  }
}

/** The events of a log, as a replay takes them. */
export function eventsOf(entries: readonly LogEntry[]): readonly Happened[] {
  return entries.flatMap((entry) => (entry.kind === 'event' ? [{ event: entry.event, at: entry.at }] : []))
}

function messageOf({ kind: _, ...message }: Extract<LogEntry, { kind: 'message' }>): Message {
  return message
}
