/** The versions of its flow that a conversation has run on: one, unless it was moved to another. */
import { versionsIn, type Happened, type Snapshot, type Versions } from '#engine/index.ts'
import type { Flows } from './flows.ts'

export interface RanOn {
  /** The version it began on. */
  readonly first: number
  /** What `replay` takes: every version that the log names, read. */
  readonly versions: Versions
}

/** @param events of the whole log: what comes after a moment says which version it ran on at that moment */
export async function ranOn(flows: Flows, now: Snapshot['flow'], events: readonly Happened[]): Promise<RanOn> {
  const [first, ...later] = versionsIn(events, now.version)
  const read = await Promise.all(
    [...new Set([first, ...later])].map(async (version) => [version, await flows.version(now.id, version)] as const),
  )
  const byVersion = new Map(read)
  return {
    first,
    versions: (version) => {
      const flow = byVersion.get(version)
      if (!flow) throw new Error(`The log of a conversation on “${now.id}” does not name version ${version}.`)
      return flow
    },
  }
}
