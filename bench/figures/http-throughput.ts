import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { startBare } from '../live/bare-server.ts'
import { startLoader } from '../live/loader.ts'
import { onStage } from '../live/stage.ts'
import { IN_FLIGHT, lanesFor, newIds, opening } from '../live/talk.ts'
import { medianRatio } from '../rounds.ts'

const TURNS = 8

export const httpThroughput: Figure = {
  name: 'http-throughput',
  what: `durable events/s over HTTP, ${IN_FLIGHT} in flight, against a bare route`,
  reach: { atLeast: 0.6 },
  unit: '',
  measure: () =>
    onStage(async (stage) => {
      const databaseUrl = await stage.database('baton_full')
      const flow = watchedFlow()
      const baton = await stage.baton(databaseUrl, flow)
      const loader = startLoader(stage)
      const round = async (url: string): Promise<number> => {
        const ids = newIds(IN_FLIGHT)
        await loader.send(url, opening(flow.id, ids))
        return loader.send(url, lanesFor(ids, TURNS))
      }
      await round(baton.url)
      const bare = await startBare(stage, await stage.database('bare'), databaseUrl)
      return medianRatio(
        () => round(bare.url),
        () => round(baton.url),
        { rounds: 41, warmUp: 6 },
      )
    }),
}
