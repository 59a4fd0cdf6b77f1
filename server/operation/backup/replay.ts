/** What `baton verify` asks of a server, asked of a database that none runs on: whether each log replays to its snapshot. */
import { verify, versionsIn, type Flow, type LogEntry, type Verified } from '#engine/index.ts'
import type pg from 'pg'
import type { FlowStore } from '../../store/flows.ts'

export interface Replayed {
  readonly conversations: number
  readonly events: number
  /** Those that are not, byte by byte, what their log replays to; the first of them. */
  readonly differ: readonly string[]
}

const MOST_NAMED = 20

/** Replays every conversation. */
export async function replayAll(pool: pg.Pool, flows: Pick<FlowStore, 'version'>): Promise<Replayed> {
  const known = new Map<string, Promise<Flow | undefined>>()
  const flowOf = (id: string, version: number): Promise<Flow | undefined> => {
    const key = `${version} ${id}`
    const found = known.get(key) ?? flows.version(id, version).catch(() => undefined)
    known.set(key, found)
    return found
  }
  const differ: string[] = []
  let [conversations, events] = [0, 0]
  for await (const { id, flow, version, snapshot } of rowsOf(pool)) {
    const log = await logOf(pool, id)
    const verdict = await replayOne(log, snapshot, (each) => flowOf(flow, each), version)
    conversations++
    if (verdict?.verdict === 'equal') events += verdict.events
    else if (verdict?.verdict !== 'trimmed' && differ.length < MOST_NAMED) differ.push(id)
  }
  return { conversations, events, differ }
}

async function replayOne(
  log: readonly LogEntry[],
  snapshot: string,
  flowOf: (version: number) => Promise<Flow | undefined>,
  version: number,
): Promise<Verified | undefined> {
  const happened = log.flatMap((entry) => (entry.kind === 'event' ? [entry] : []))
  const versions = new Map<number, Flow>()
  for (const each of new Set(versionsIn(happened, version))) {
    const flow = await flowOf(each)
    if (flow === undefined) return undefined
    versions.set(each, flow)
  }
  return verify((each) => versions.get(each) ?? missing(each), log, snapshot)
}

function missing(version: number): never {
  throw new Error(`The log does not name version ${version}.`)
}

interface Kept {
  readonly id: string
  readonly flow: string
  readonly version: number
  readonly snapshot: string
}

async function* rowsOf(pool: pg.Pool): AsyncGenerator<Kept> {
  for (let after = ''; ;) {
    const { rows } = await pool.query<Kept>(
      'select id, flow, flow_version as version, snapshot from baton.conversations where id > $1 order by id limit 100',
      [after],
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

async function logOf(pool: pg.Pool, id: string): Promise<readonly LogEntry[]> {
  const { rows } = await pool.query<{ entries: string }>(
    'select entries from baton.log where conversation = $1 order by seq',
    [id],
  )
  // Only `commit_event` writes the log, from LogEntry lists.
  return rows.flatMap((row) => JSON.parse(row.entries) as LogEntry[])
}
