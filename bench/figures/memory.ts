import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { crowd } from '../live/crowd.ts'
import { startLoader } from '../live/loader.ts'
import { onStage } from '../live/stage.ts'
import { chanceLanes } from '../live/talk.ts'
import { median } from '../rounds.ts'

const OPEN = 100_000
/** Turns after which the bounded summaries in a snapshot are full. */
const SATURATED = 40
const ROUNDS = 12
const TURNS = 20

export const memory: Figure = {
  name: 'memory',
  what: 'memory of the server with 100,000 open conversations, under load',
  reach: { atMost: 400 },
  unit: 'MB',
  measure: () =>
    onStage(async (stage) => {
      const loader = startLoader(stage)
      const { url, ids } = await crowd(stage, loader, {
        database: 'many',
        flow: watchedFlow(),
        count: OPEN,
        turns: SATURATED,
        history: 1,
      })
      const seen: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        await loader.send(url, chanceLanes(ids, TURNS))
        seen.push(await residentMegabytes(url))
      }
      // By the last rounds its caches are full: 15,000 conversations have spoken.
      return median(seen.slice(ROUNDS / 2))
    }),
}

async function residentMegabytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const bytes = Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1])
  if (!Number.isFinite(bytes)) throw new Error('The server does not say how much memory it holds.')
  return bytes / 1e6
}
