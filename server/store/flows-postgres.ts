/**
 * Saved flows of all nodes of a database. A row of `baton.flows` holds the draft and says which version is live; versions
 * are rows of their own that never change. Laws, beside the port's:
 *   1. Each change is one statement on what was read: of two who save on one etag the database lets one win, and of two
 *      who publish each gets a number of its own.
 *   2. Which version is live is asked for at every start of a conversation, so a publication counts on all nodes from
 *      its COMMIT on. What a version holds is kept for ever, because it never changes.
 */
import type pg from 'pg'
import { ID_PATTERN } from '#engine/flow/values.ts'
import { parseFlow, type Fault, type Flow } from '#engine/index.ts'
import { Recent } from '../runtime/recent.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import { reading, writingOnce } from '../runtime/write.ts'
import {
  checkMatch,
  errorsOf,
  etagOf,
  mismatch,
  noSuchFlow,
  noSuchVersion,
  refuseErrors,
  unreadable,
  type FindErrors,
} from './flow-refusals.ts'
import type { Draft, FlowStore, FlowSummary, FlowVersion } from './flows.ts'

interface DraftRow {
  readonly id: string
  readonly draft: string
  readonly etag: string
  readonly live: number | null
  readonly changed_at: Date
}

interface VersionRow {
  readonly version: number
  readonly published_at: Date
  readonly note: string | null
}

const VERSIONS_IN_MEMORY = 200
const DRAFTS_IN_MEMORY = 100
/** A draft that changes between its check and its publication is checked again, this often. */
const TRIES = 20

type ReadDraft = { readonly flow: Flow } | { readonly faults: readonly Fault[] }

/** @param broken the files of this node that cannot be read, which a list names beside the flows that are here */
export function flowsInDatabase(
  pool: pg.Pool,
  broken: () => Promise<readonly FlowSummary[]> = () => Promise.resolve([]),
  findErrors: FindErrors = async (flow) => errorsOf(flow),
): FlowStore {
  const published = new Recent<Flow>(VERSIONS_IN_MEMORY)
  const drafts = new Recent<ReadDraft>(DRAFTS_IN_MEMORY)

  async function ask<Row extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<readonly Row[]> {
    return (await reading(() => pool.query<Row>(text, values))).rows
  }

  async function tell<Row extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<readonly Row[]> {
    return (await writingOnce(() => pool.query<Row>(text, values))).rows
  }

  function read({ id, draft, etag }: DraftRow): ReadDraft {
    const key = `${id} ${etag}`
    const known = drafts.get(key)
    if (known) return known
    const parsed = parseFlow(JSON.parse(draft))
    const found = parsed.ok ? { flow: parsed.flow } : { faults: parsed.faults }
    drafts.set(key, found)
    return found
  }

  async function rowOf(id: string): Promise<DraftRow | undefined> {
    if (!ID_PATTERN.test(id)) return undefined
    const [row] = await ask<DraftRow>(
      'select id, draft, etag, live, changed_at from baton.flows where id = $1 and draft is not null',
      id,
    )
    return row
  }

  async function current(id: string): Promise<Draft | undefined> {
    const row = await rowOf(id)
    const found = row && read(row)
    return row && found && 'flow' in found ? { flow: found.flow, etag: row.etag, published: row.live } : undefined
  }

  function summary(row: DraftRow): FlowSummary {
    const found = read(row)
    const same = { id: row.id, published: row.live, updatedAt: row.changed_at.toISOString() }
    if ('flow' in found) return { ...same, name: found.flow.name, etag: row.etag }
    const file = `The draft “${row.id}” of the database`
    return { ...same, name: row.id, etag: row.etag, broken: { file, faults: found.faults } }
  }

  async function save(flow: Flow, ifMatch?: string | null): Promise<Draft> {
    const etag = etagOf(flow)
    const given = [flow.id, JSON.stringify(flow), etag]
    const rows =
      typeof ifMatch === 'string'
        ? await tell<{ live: number | null }>(
            `update baton.flows set draft = $2, etag = $3, changed_at = clock_timestamp()
             where id = $1 and etag = $4 returning live`,
            ...given,
            ifMatch,
          )
        : await tell<{ live: number | null }>(
            `insert into baton.flows as f (id, draft, etag) values ($1, $2, $3)
             on conflict (id) do update set draft = excluded.draft, etag = excluded.etag,
               changed_at = clock_timestamp()
             ${ifMatch === null ? 'where f.draft is null' : ''} returning live`,
            ...given,
          )
    const [row] = rows
    if (!row) throw mismatch(flow.id, await rowOf(flow.id), ifMatch ?? null)
    return { flow, etag, published: row.live }
  }

  async function publish(id: string, note?: string, ifMatch?: string): Promise<FlowVersion> {
    for (let tried = 0; tried < TRIES; tried++) {
      const row = await rowOf(id)
      const found = row && read(row)
      if (!row || !found || 'faults' in found) throw noSuchFlow(id)
      checkMatch(id, row, ifMatch)
      refuseErrors(found.flow, await findErrors(found.flow))
      const [made] = await tell<VersionRow>(
        `with next as (
           update baton.flows set last_version = last_version + 1, live = last_version + 1
           where id = $1 and etag = $2 returning id, last_version, draft)
         insert into baton.flow_versions (flow, version, document, published_at, note)
         select id, last_version, draft, clock_timestamp(), $3 from next returning version, published_at, note`,
        id,
        row.etag,
        note ?? null,
      )
      if (made) return shown(made, made.version)
    }
    throw new RuntimeError('unavailable', `Flow “${id}” was changed by others all the time; publish it again.`)
  }

  async function version(id: string, number: number): Promise<Flow | undefined> {
    if (!ID_PATTERN.test(id) || !Number.isSafeInteger(number) || number < 1) return undefined
    const key = `${id}@${number}`
    const known = published.get(key)
    if (known) return known
    const [row] = await ask<{ document: string }>(
      'select document from baton.flow_versions where flow = $1 and version = $2',
      id,
      Math.min(number, 2 ** 31 - 1),
    )
    if (!row) return undefined
    const parsed = parseFlow(JSON.parse(row.document))
    if (!parsed.ok) throw unreadable(id, number, parsed.faults)
    // Another may have read it meanwhile: there is to be one object of it.
    const first = published.get(key) ?? parsed.flow
    published.set(key, first)
    return first
  }

  return {
    version,
    draft: current,
    save,
    publish,
    async list() {
      const rows = await ask<DraftRow>(
        'select id, draft, etag, live, changed_at from baton.flows where draft is not null order by id',
      )
      const files = (await broken()).filter(({ id }) => !rows.some((row) => row.id === id))
      return [...rows.map(summary), ...files].sort((one, other) => (one.id < other.id ? -1 : 1))
    },
    async remove(id, ifMatch) {
      const there = await rowOf(id)
      if (!there) return false
      checkMatch(id, there, ifMatch)
      const removed = await tell(
        `update baton.flows set draft = null, etag = null, live = null, changed_at = clock_timestamp()
         where id = $1 and draft is not null and ($2::text is null or etag = $2) returning id`,
        id,
        ifMatch ?? null,
      )
      if (removed.length === 0 && ifMatch !== undefined) throw mismatch(id, await rowOf(id), ifMatch)
      return removed.length > 0
    },
    async versions(id) {
      if (!ID_PATTERN.test(id)) return []
      const rows = await ask<VersionRow & { readonly live: number | null }>(
        `select version, published_at, note, live from baton.flow_versions v join baton.flows f on f.id = v.flow
         where flow = $1 order by version desc`,
        id,
      )
      return rows.map((row) => shown(row, row.live))
    },
    async live(id) {
      if (!ID_PATTERN.test(id)) return undefined
      const { rows } = await reading(() =>
        pool.query<{ live: number | null }>({
          name: 'live_version',
          text: 'select live from baton.flows where id = $1',
          values: [id],
        }),
      )
      const number = rows[0]?.live ?? null
      const flow = number === null ? undefined : await version(id, number)
      return number !== null && flow ? { flow, version: number } : undefined
    },
    async rollback(id, number) {
      if (!ID_PATTERN.test(id) || !Number.isSafeInteger(number) || Math.abs(number) >= 2 ** 31)
        throw noSuchVersion(id, number)
      const [row] = await tell<VersionRow>(
        `with back as (
           update baton.flows f set live = v.version from baton.flow_versions v
           where f.id = $1 and v.flow = f.id and v.version = $2 returning v.version, v.published_at, v.note)
         select version, published_at, note from back`,
        id,
        number,
      )
      if (!row) throw noSuchVersion(id, number)
      return shown(row, number)
    },
  }
}

function shown({ version, published_at: at, note }: VersionRow, live: number | null): FlowVersion {
  return { version, publishedAt: at.toISOString(), ...(note === null ? {} : { note }), live: version === live }
}
