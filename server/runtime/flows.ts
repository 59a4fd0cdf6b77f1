/** Flows as conversations need them: the live version to begin on, and for ever the version they began on. */
import type { Flow } from '#engine/index.ts'
import type { FlowStore } from '../store/flows.ts'
import { RuntimeError } from './runtime.ts'

export interface Flows {
  live(id: string): Promise<{ readonly flow: Flow; readonly version: number }>
  version(id: string, version: number): Promise<Flow>
}

export function createFlows(store: FlowStore): Flows {
  return {
    async version(id, version) {
      const flow = await store.version(id, version)
      if (flow) return flow
      throw new RuntimeError(
        'unpublished',
        `Version ${version} of flow “${id}” is gone, and a conversation still runs on it. Bring it back from a backup.`,
      )
    },
    async live(id) {
      const live = await store.live(id)
      if (live) return live
      if (await store.draft(id))
        throw new RuntimeError(
          'unpublished',
          `Flow “${id}” has no published version, and its draft does not run. ` +
            `Publish it with POST /v1/flows/${id}/publish.`,
        )
      throw new RuntimeError('not-found', `There is no flow “${id}”. GET /v1/flows lists them.`, [
        { pointer: '/flow', message: 'is not a flow' },
      ])
    },
  }
}
