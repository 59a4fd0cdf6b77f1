/** What was said last in conversations, and by whom they were answered: read from the log, many at once. */
import type { LogEntry, Message } from '#engine/index.ts'
import type pg from 'pg'

/** What is asked about a conversation. */
export interface Asked {
  readonly id: string
  /** Since when its customer waits for a person (epoch ms); null when it does not. */
  readonly since: number | null
  readonly offered: boolean
}

export interface Said {
  readonly last: Message | null
  /** Whether a person has spoken since the customer began to wait. */
  readonly answered: boolean
  /** Why it was offered to whom it is offered to. */
  readonly offerReason: string | null
}

interface SaidRow {
  readonly id: string
  readonly last: string | null
  readonly answered: boolean
  readonly offer: string | null
}

/**
 * The log is text: what is looked for is found by the beginning of its JSON, in which quotes that somebody wrote are
 * escaped.
 */
const STATEMENT = {
  name: 'said',
  text: `
    select a.id,
      (select l.entries from baton.log l where l.conversation = a.id and l.entries like '%"kind":"message"%'
        order by l.seq desc limit 1) as last,
      a.since is not null and exists (select from baton.log l where l.conversation = a.id and l.at >= a.since
        and l.entries like '%"event":{"type":"agent.message"%') as answered,
      case when a.offered then (select l.entries from baton.log l where l.conversation = a.id
        and l.entries like '%"event":{"type":"offer.made"%' order by l.seq desc limit 1) end as offer
    from unnest($1::text[], $2::bigint[], $3::boolean[]) as a(id, since, offered)`,
}

export async function saidIn(pool: pg.Pool, asked: readonly Asked[]): Promise<ReadonlyMap<string, Said>> {
  if (asked.length === 0) return new Map()
  const { rows } = await pool.query<SaidRow>({
    ...STATEMENT,
    values: [asked.map((each) => each.id), asked.map((each) => each.since), asked.map((each) => each.offered)],
  })
  return new Map(
    rows.map((row) => [
      row.id,
      { last: lastMessage(row.last), answered: row.answered, offerReason: reasonIn(row.offer) },
    ]),
  )
}

function lastMessage(entries: string | null): Message | null {
  const entry = entriesIn(entries).findLast((each) => each.kind === 'message')
  if (entry?.kind !== 'message') return null
  const { kind: _, ...message } = entry
  return message
}

function reasonIn(entries: string | null): string | null {
  for (const entry of entriesIn(entries))
    if (entry.kind === 'event' && entry.event.type === 'offer.made') return entry.event.reason ?? null
  return null
}

function entriesIn(entries: string | null): readonly LogEntry[] {
  // Only `commit_event` writes the log, from LogEntry lists.
  return entries === null ? [] : (JSON.parse(entries) as readonly LogEntry[])
}
