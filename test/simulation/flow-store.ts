/** Saved flows in memory, one for all simulated nodes: what is published there is published everywhere. */
import { parseFlow, type Flow } from '#engine/index.ts'
import type { FlowStore, FlowVersion } from '#server/store/flows.ts'

export interface SharedFlows {
  readonly store: FlowStore
  publish(flow: Flow): void
  /** The version before the live one goes live again. */
  rollBack(id: string): void
}

interface Published {
  readonly versions: readonly Flow[]
  live: number
}

export function createSharedFlows(): SharedFlows {
  const flows = new Map<string, Published>()
  const refused = (): Promise<never> => Promise.reject(new Error('Simulated nodes change no flows.'))
  const told = (version: number): FlowVersion => ({ version, publishedAt: '2026-11-23T10:00:00Z', live: true })
  return {
    publish(flow) {
      const known = flows.get(flow.id)
      const versions = [...(known?.versions ?? []), flow]
      flows.set(flow.id, { versions, live: versions.length })
    },
    rollBack(id) {
      const known = flows.get(id)
      if (known && known.live > 1) known.live--
    },
    store: {
      list: () => Promise.resolve([]),
      draft: () => Promise.resolve(undefined),
      versions: (id) => Promise.resolve((flows.get(id)?.versions ?? []).map((_, index) => told(index + 1))),
      save: refused,
      remove: refused,
      publish: refused,
      rollback: refused,
      version: (id, version) => Promise.resolve(flows.get(id)?.versions[version - 1]),
      live(id) {
        const known = flows.get(id)
        const flow = known?.versions[known.live - 1]
        return Promise.resolve(known && flow && { flow, version: known.live })
      },
    },
  }
}

/** A flow as a document, parsed. */
export function flowOf(document: object): Flow {
  const parsed = parseFlow(document)
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'))
  return parsed.flow
}
