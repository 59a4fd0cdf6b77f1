import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { crowd, type Crowd } from '../live/crowd.ts'
import { startLoader } from '../live/loader.ts'
import { onStage } from '../live/stage.ts'
import { chanceLanes } from '../live/talk.ts'
import { medianRatio } from '../rounds.ts'

const OPEN = { many: 100_000, few: 100 }
/** So long that the bounded summaries in a snapshot are full: those of the few grow no more than those of the many. */
const alike = { turns: 40, history: 6 }
/** In each lane; of 100,000 conversations most are not in the server's memory. */
const TURNS = 5

export const eventCostMany: Figure = {
  name: 'event-cost-many',
  what: 'an event with 100,000 open conversations against 100, any of which may speak',
  reach: { atMost: 1.3 },
  unit: '',
  measure: () =>
    onStage(async (stage) => {
      const loader = startLoader(stage)
      const flow = watchedFlow()
      const few = await crowd(stage, loader, { database: 'few', flow, count: OPEN.few, ...alike })
      const many = await crowd(stage, loader, { database: 'many', flow, count: OPEN.many, ...alike })
      const round = ({ url, ids }: Crowd): Promise<number> => loader.send(url, chanceLanes(ids, TURNS))
      return medianRatio(
        () => round(many),
        () => round(few),
        { rounds: 41, warmUp: 6 },
      )
    }),
}
