/** A server whose database holds a number of open conversations, all alike. */
import type { Flow } from '#engine/index.ts'
import { cloneConversation } from './clone.ts'
import type { Loader } from './loader.ts'
import type { Stage } from './stage.ts'
import { lanesFor, newIds, opening } from './talk.ts'

export interface CrowdSettings {
  /** The name of its database. */
  readonly database: string
  readonly flow: Flow
  readonly count: number
  /** Turns taken in each of them. */
  readonly turns: number
  /** Rows of the log that each has; all of them when left out. */
  readonly history?: number
}
const EVERY_ROW = 1_000_000

export interface Crowd {
  readonly url: string
  readonly ids: readonly string[]
}

export async function crowd(
  stage: Stage,
  loader: Loader,
  { database, flow, count, turns, history = EVERY_ROW }: CrowdSettings,
): Promise<Crowd> {
  const databaseUrl = await stage.database(database)
  const { url } = await stage.baton(databaseUrl, flow)
  const [original = ''] = newIds(1)
  await loader.send(url, opening(flow.id, [original]))
  await loader.send(url, lanesFor([original], turns))
  return { url, ids: await cloneConversation(databaseUrl, original, count, history) }
}
