/**
 * Saved flows as files that people read, diff and keep in git:
 *
 *   <folder>/<id>.flow.json                 the draft
 *   <folder>/versions/<id>/<n>.flow.json    version n, never changed
 *   <folder>/versions/<id>/index.json       which versions there are, and which is live
 *
 * A flow has an index from the moment it is saved or published here. A draft without one came from outside, by git or a
 * copy, and `deploy` publishes it as its first version; what a designer saves here waits for `publish`.
 *
 * Files may be changed from outside at any time (an editor, a pull): a draft is read again when its file has changed.
 * Within one process the changes of one flow run one after the other and are decided by etag; for several servers there
 * is the same port on PostgreSQL.
 */
import { readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Low } from 'lowdb'
import { ID_PATTERN } from '#engine/flow/values.ts'
import { parseFlow, type Fault, type Flow } from '#engine/index.ts'
import { createLanes } from '../runtime/lanes.ts'
import { Recent } from '../runtime/recent.ts'
import { RuntimeError } from '../runtime/runtime.ts'
import {
  checkMatch,
  errorsOf,
  etagOf,
  noSuchFlow,
  noSuchVersion,
  refuseErrors,
  unreadable,
  type FindErrors,
  type Found,
} from './flow-refusals.ts'
import type { Deployed, Draft, FlowStore, FlowSummary, FlowVersion } from './flows.ts'
import { JsonFile } from './json-file.ts'

interface Index {
  readonly live: number | null
  readonly versions: readonly { readonly version: number; readonly publishedAt: string; readonly note?: string }[]
}
type ReadDraft = { readonly stamp: string; readonly changedAt: string } & (
  { readonly flow: Flow; readonly etag: string } | { readonly faults: readonly Fault[] }
)

const NO_INDEX: Index = { live: null, versions: [] }
const SUFFIX = '.flow.json'
const VERSIONS_IN_MEMORY = 200

export interface FlowFolder extends FlowStore {
  /** Publishes every draft that came from outside and has no errors as its first version. For a start of the server. */
  deploy(): Promise<readonly Deployed[]>
  /** The flows of which there is a draft or a version. */
  ids(): Promise<readonly string[]>
  /** Whether it was never saved or published here. */
  isFromOutside(id: string): Promise<boolean>
}

/** Opens a folder of flows, which need not be there yet. */
export function openFlowStore(
  folder: string,
  now: () => number = Date.now,
  findErrors: FindErrors = async (flow) => errorsOf(flow),
): FlowFolder {
  const lanes = createLanes()
  const drafts = new Map<string, ReadDraft>()
  const published = new Recent<Flow>(VERSIONS_IN_MEMORY)
  const indexes = new Map<string, { readonly stamp: string; readonly index: Index }>()
  const draftFile = (id: string) => new JsonFile(join(folder, `${id}${SUFFIX}`))
  const indexFile = (id: string) => new JsonFile(join(folder, 'versions', id, 'index.json'))
  const versionFile = (id: string, version: number) => new JsonFile(join(folder, 'versions', id, `${version}${SUFFIX}`))

  async function readDraft(id: string): Promise<ReadDraft | undefined> {
    if (!ID_PATTERN.test(id)) return undefined
    const file = draftFile(id)
    const found = await file.stamp()
    if (!found) {
      drafts.delete(id)
      return undefined
    }
    const known = drafts.get(id)
    if (known?.stamp === found.stamp) return known
    const read = { stamp: found.stamp, changedAt: found.changedAt.toISOString(), ...(await parseDraft(file, id)) }
    drafts.set(id, read)
    return read
  }

  async function readIndex(id: string): Promise<Index> {
    if (!ID_PATTERN.test(id)) return NO_INDEX
    const file = indexFile(id)
    const stamp = (await file.stamp())?.stamp
    if (stamp === undefined) return NO_INDEX
    const known = indexes.get(id)
    if (known?.stamp === stamp) return known.index
    // lowdb's type speaks of what only this store writes, in `writeIndex`.
    const low = new Low<Index>(file as JsonFile & { read(): Promise<Index | null> }, NO_INDEX)
    await low.read()
    indexes.set(id, { stamp, index: low.data })
    return low.data
  }

  async function write(file: JsonFile, data: object): Promise<void> {
    await new Low<unknown>(file, data).write()
  }

  async function current(id: string): Promise<Draft | undefined> {
    const read = await readDraft(id)
    if (!read || 'faults' in read) return undefined
    return { flow: read.flow, etag: read.etag, published: (await readIndex(id)).live }
  }

  async function drafted(): Promise<readonly string[]> {
    const names = await readdir(folder).catch(() => [])
    return names
      .filter((name) => name.endsWith(SUFFIX) && !name.startsWith('.'))
      .map((name) => name.slice(0, -SUFFIX.length))
      .sort()
  }

  async function deployed(id: string): Promise<Deployed | undefined> {
    const draft = await current(id)
    if (!draft || (await indexFile(id).stamp())) return undefined
    const errors = errorsOf(draft.flow)
    return errors.length > 0 ? { id, errors } : { id, version: (await freeze(draft.flow, undefined)).version }
  }

  async function freeze(flow: Flow, note: string | undefined): Promise<FlowVersion> {
    refuseErrors(flow, await findErrors(flow))
    const index = await readIndex(flow.id)
    const version = await nextVersion(flow.id, index)
    const entry = { version, publishedAt: new Date(now()).toISOString(), ...(note === undefined ? {} : { note }) }
    await write(versionFile(flow.id, version), flow)
    await write(indexFile(flow.id), { live: version, versions: [...index.versions, entry] } satisfies Index)
    return { ...entry, live: true }
  }

  /** A flow of which no version is left is as if it had never been here. */
  async function forget(id: string): Promise<void> {
    if (await indexFile(id).remove()) await rmdir(join(folder, 'versions', id)).catch(() => undefined)
  }

  /** Past those listed and past a file that a crash left before it was listed: no number ever means two things. */
  async function nextVersion(id: string, { versions }: Index): Promise<number> {
    const files = await readdir(join(folder, 'versions', id)).catch(() => [])
    return (
      Math.max(
        0,
        ...versions.map((each) => each.version),
        ...files.map((name) => Number.parseInt(name, 10)).filter(Number.isSafeInteger),
      ) + 1
    )
  }

  async function version(id: string, number: number): Promise<Flow | undefined> {
    if (!ID_PATTERN.test(id) || !Number.isSafeInteger(number) || number < 1) return undefined
    const known = published.get(`${id}@${number}`)
    if (known) return known
    const document = await versionFile(id, number).read()
    if (document === null) return undefined
    const parsed = parseFlow(document)
    if (parsed.ok) {
      published.set(`${id}@${number}`, parsed.flow)
      return parsed.flow
    }
    throw unreadable(id, number, parsed.faults)
  }

  return {
    version,
    async list() {
      const summaries = await Promise.all(
        (await drafted()).map(async (id) => summary(id, `${id}${SUFFIX}`, await readDraft(id), await readIndex(id))),
      )
      return summaries.filter((each) => each !== undefined)
    },
    async deploy() {
      const found: Deployed[] = []
      for (const id of await drafted()) {
        const each = await lanes.run(id, () => deployed(id))
        if (each) found.push(each)
      }
      return found
    },
    async ids() {
      const folders = await readdir(join(folder, 'versions')).catch(() => [])
      return [...new Set([...(await drafted()), ...folders.sort()])].filter((id) => ID_PATTERN.test(id))
    },
    isFromOutside: async (id) => (await indexFile(id).stamp()) === undefined,
    draft: current,
    save: (flow, ifMatch) =>
      lanes.run(flow.id, async () => {
        const there = await readDraft(flow.id)
        checkMatch(flow.id, seen(there), ifMatch)
        // Before the draft: after a crash between the two, nobody takes the draft for one from outside.
        if (!(await indexFile(flow.id).stamp())) await write(indexFile(flow.id), NO_INDEX)
        await write(draftFile(flow.id), flow)
        const saved = await current(flow.id)
        if (!saved)
          throw new RuntimeError(
            'invalid',
            `Flow “${flow.id}” was saved and cannot be read again: somebody changed its file just now. Save it again.`,
          )
        return saved
      }),
    remove: (id, ifMatch) =>
      lanes.run(id, async () => {
        const there = await readDraft(id)
        if (!there) return false
        if (ifMatch !== undefined) checkMatch(id, seen(there), ifMatch)
        const index = await readIndex(id)
        if (index.live !== null) await write(indexFile(id), { ...index, live: null } satisfies Index)
        const removed = await draftFile(id).remove()
        if (index.versions.length === 0) await forget(id)
        return removed
      }),
    publish: (id, note, ifMatch) =>
      lanes.run(id, async () => {
        const draft = await current(id)
        if (!draft) throw noSuchFlow(id)
        checkMatch(id, draft, ifMatch)
        return freeze(draft.flow, note)
      }),
    async versions(id) {
      const index = await readIndex(id)
      return index.versions.map((each) => ({ ...each, live: each.version === index.live })).reverse()
    },
    async live(id) {
      const { live } = await readIndex(id)
      const flow = live === null ? undefined : await version(id, live)
      return live !== null && flow ? { flow, version: live } : undefined
    },
    rollback: (id, number) =>
      lanes.run(id, async () => {
        const index = await readIndex(id)
        const entry = index.versions.find((each) => each.version === number)
        if (!entry) throw noSuchVersion(id, number)
        await write(indexFile(id), { ...index, live: number } satisfies Index)
        return { ...entry, live: true }
      }),
  }
}

async function parseDraft(
  file: JsonFile,
  id: string,
): Promise<{ flow: Flow; etag: string } | { faults: readonly Fault[] }> {
  let document: unknown
  try {
    document = await file.read()
  } catch (error) {
    return {
      faults: [
        { pointer: '', node: null, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` },
      ],
    }
  }
  const parsed = parseFlow(document)
  if (!parsed.ok) return { faults: parsed.faults }
  if (parsed.flow.id !== id)
    return {
      faults: [{ pointer: '/id', node: null, message: `must be “${id}”, as the file is named; rename one of them` }],
    }
  return { flow: parsed.flow, etag: etagOf(parsed.flow) }
}

function summary(id: string, file: string, read: ReadDraft | undefined, { live }: Index): FlowSummary | undefined {
  // Gone since the folder was read, or a name that no flow may have.
  if (!read)
    return ID_PATTERN.test(id)
      ? undefined
      : {
          id,
          name: id,
          etag: '',
          published: null,
          updatedAt: new Date(0).toISOString(),
          broken: { file, faults: [misnamed(id)] },
        }
  const same = { id, published: live, updatedAt: read.changedAt }
  if ('faults' in read) return { ...same, name: id, etag: '', broken: { file, faults: read.faults } }
  return { ...same, name: read.flow.name, etag: read.etag }
}

function misnamed(id: string): Fault {
  return {
    pointer: '',
    node: null,
    message: `“${id}” cannot be a flow’s id; name the file by letters, digits, “_” and “-”, a letter first`,
  }
}

function seen(there: ReadDraft | undefined): Found {
  return there && { etag: 'etag' in there ? there.etag : undefined }
}
