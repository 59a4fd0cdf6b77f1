import type { Flow } from '#engine/index.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { errorsOf, refuseErrors } from '#server/store/flow-refusals.ts'
import type { FlowStore, FlowVersion } from '#server/store/flows.ts'

interface Kept {
  draft: Flow
  etag: number
  readonly versions: { flow: Flow; publishedAt: string; note?: string }[]
  live: number | null
}

/** Saved flows in memory, behind the real port. */
export function fakeFlows(): FlowStore {
  const kept = new Map<string, Kept>()
  const existing = (id: string): Kept => {
    const flow = kept.get(id)
    if (!flow) throw new RuntimeError('not-found', `There is no flow “${id}”.`)
    return flow
  }
  const versionOf = (flow: Kept, version: number): FlowVersion => {
    const { publishedAt, note } = flow.versions[version - 1] ?? { publishedAt: '' }
    return { version, publishedAt, live: flow.live === version, ...(note !== undefined && { note }) }
  }
  const changed = (): RuntimeError => new RuntimeError('version-mismatch', 'The flow has changed. Read it again.')
  return {
    list: async () =>
      [...kept].map(([id, { draft, etag, live }]) => ({
        id,
        name: draft.name,
        etag: `e${etag}`,
        published: live,
        updatedAt: '2026-01-01T00:00:00.000Z',
      })),
    async draft(id) {
      const flow = kept.get(id)
      return flow && { flow: flow.draft, etag: `e${flow.etag}`, published: flow.live }
    },
    async save(flow, ifMatch) {
      const before = kept.get(flow.id)
      if (ifMatch === null ? before : ifMatch !== undefined && ifMatch !== `e${before?.etag}`) throw changed()
      const next: Kept = { versions: [], live: null, ...before, draft: flow, etag: (before?.etag ?? 0) + 1 }
      kept.set(flow.id, next)
      return { flow, etag: `e${next.etag}`, published: next.live }
    },
    async remove(id, ifMatch) {
      const flow = kept.get(id)
      if (flow && ifMatch !== undefined && ifMatch !== `e${flow.etag}`) throw changed()
      return kept.delete(id)
    },
    async publish(id, note, ifMatch) {
      const flow = existing(id)
      if (ifMatch !== undefined && ifMatch !== `e${flow.etag}`) throw changed()
      refuseErrors(flow.draft, errorsOf(flow.draft))
      flow.versions.push({
        flow: flow.draft,
        publishedAt: '2026-01-01T00:00:00.000Z',
        ...(note !== undefined && { note }),
      })
      flow.live = flow.versions.length
      return versionOf(flow, flow.live)
    },
    async versions(id) {
      const flow = existing(id)
      return flow.versions.map((_, index) => versionOf(flow, index + 1))
    },
    version: async (id, version) => kept.get(id)?.versions[version - 1]?.flow,
    async live(id) {
      const flow = kept.get(id)
      const live = flow?.live == null ? undefined : flow.versions[flow.live - 1]
      return live && flow?.live != null ? { flow: live.flow, version: flow.live } : undefined
    },
    async rollback(id, version) {
      const flow = existing(id)
      flow.live = version
      return versionOf(flow, version)
    },
  }
}
