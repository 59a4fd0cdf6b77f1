/**
 * Brings the flows of this node's folder into the database, at a start. Laws:
 *   1. A file is brought once, whichever nodes come with it at once or later: `baton.flow_files` remembers each content.
 *   2. A flow that the database does not know comes with its versions and which of them is live. One that was never
 *      published anywhere is published as its first version unless it has errors, as on one machine.
 *   3. Of a flow that is there a new file becomes the draft, and waits to be published; not when a designer has changed
 *      what is there: nobody's work is written over.
 */
import type pg from 'pg'
import type { Flow } from '#engine/index.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import { errorsOf } from './flow-refusals.ts'
import type { FlowFolder } from './flows-lowdb.ts'
import type { Deployed, Draft, FlowVersion } from './flows.ts'

/** Resolves with what became of each flow that came; nothing is said of those that were here already. */
export async function bringFlows(pool: pg.Pool, folder: FlowFolder): Promise<readonly Deployed[]> {
  const done: Deployed[] = []
  for (const id of await folder.ids()) {
    const came = await readFolder(folder, id)
    const each = came && (await inTransaction(pool, (client) => bringOne(client, came)))
    if (each) done.push(each)
  }
  return done
}

interface Came {
  readonly id: string
  readonly draft: Draft | undefined
  readonly versions: readonly (FlowVersion & { readonly flow: Flow })[]
  readonly isFromOutside: boolean
}

async function readFolder(folder: FlowFolder, id: string): Promise<Came | undefined> {
  const draft = await folder.draft(id)
  const versions = await Promise.all(
    (await folder.versions(id)).map(async (each) => ({ ...each, flow: await readable(folder, id, each.version) })),
  )
  if (draft === undefined && versions.length === 0) return undefined
  return {
    id,
    draft,
    versions: versions.flatMap(({ flow, ...each }) => (flow ? [{ ...each, flow }] : [])),
    isFromOutside: await folder.isFromOutside(id),
  }
}

/** A version that its file does not hold any more keeps no other from being brought. */
async function readable(folder: FlowFolder, id: string, version: number): Promise<Flow | undefined> {
  return folder.version(id, version).catch((error: unknown) => {
    if (error instanceof RuntimeError) return undefined
    throw error
  })
}

async function bringOne(client: pg.PoolClient, came: Came): Promise<Deployed | undefined> {
  const { id, draft } = came
  const { rowCount } = await client.query('insert into baton.flows (id) values ($1) on conflict do nothing', [id])
  const isNew = draft === undefined || (await remember(client, id, draft.etag))
  if (rowCount === 1) return begin(client, came)
  if (draft === undefined || !isNew) return undefined
  const {
    rows: [taken],
  } = await client.query<{ last_version: number }>(
    `update baton.flows f set draft = $2, etag = $3, changed_at = clock_timestamp()
     where id = $1 and (draft is null or exists (select from baton.flow_files where flow = id and etag = f.etag))
     returning last_version`,
    [id, JSON.stringify(draft.flow), draft.etag],
  )
  if (!taken) return { id, draft: 'kept' }
  // It had errors when it came, and nobody has published it since.
  return taken.last_version === 0 && came.isFromOutside ? publishFirst(client, draft) : { id, draft: 'taken' }
}

/** Whether no node has brought it before. */
async function remember(client: pg.PoolClient, id: string, etag: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'insert into baton.flow_files (flow, etag) values ($1, $2) on conflict do nothing',
    [id, etag],
  )
  return rowCount === 1
}

async function begin(client: pg.PoolClient, { id, draft, versions, isFromOutside }: Came): Promise<Deployed> {
  for (const { version, publishedAt, note, flow } of versions)
    await client.query(
      `insert into baton.flow_versions (flow, version, document, published_at, note) values ($1, $2, $3, $4, $5)`,
      [id, version, JSON.stringify(flow), publishedAt, note ?? null],
    )
  await client.query('update baton.flows set draft = $2, etag = $3, live = $4, last_version = $5 where id = $1', [
    id,
    draft ? JSON.stringify(draft.flow) : null,
    draft?.etag ?? null,
    versions.find(({ live }) => live)?.version ?? null,
    Math.max(0, ...versions.map(({ version }) => version)),
  ])
  return draft && isFromOutside ? publishFirst(client, draft) : { id, brought: versions.length }
}

async function publishFirst(client: pg.PoolClient, { flow }: Draft): Promise<Deployed> {
  const { id } = flow
  const errors = errorsOf(flow)
  if (errors.length > 0) return { id, errors }
  await client.query(
    `insert into baton.flow_versions (flow, version, document, published_at) values ($1, 1, $2, clock_timestamp())`,
    [id, JSON.stringify(flow)],
  )
  await client.query('update baton.flows set live = 1, last_version = 1 where id = $1', [id])
  return { id, version: 1 }
}

async function inTransaction<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}
