import type { Figure } from '../figure.ts'
import { watchedFlow } from '../flows.ts'
import { crowd } from '../live/crowd.ts'
import { startLoader } from '../live/loader.ts'
import { onStage } from '../live/stage.ts'
import { IN_FLIGHT, lanesFor } from '../live/talk.ts'
import { medianRatio } from '../rounds.ts'

const MESSAGES = { long: 1_000, short: 10 }
const ROUNDS = { rounds: 41, warmUp: 6 }
const TURNS = 4

export const eventCostLong: Figure = {
  name: 'event-cost-long',
  what: 'an event at 1,000 messages against 10',
  reach: { atMost: 1.2 },
  unit: '',
  measure: () =>
    onStage(async (stage) => {
      const loader = startLoader(stage)
      const flow = watchedFlow()
      const long = await crowd(stage, loader, { database: 'long', flow, count: IN_FLIGHT, turns: MESSAGES.long / 2 })
      // A short conversation does not stay short: each round has its own.
      const rounds = ROUNDS.rounds + ROUNDS.warmUp
      const short = await crowd(stage, loader, {
        database: 'short',
        flow,
        count: IN_FLIGHT * rounds,
        turns: MESSAGES.short / 2,
      })
      let next = 0
      const fresh = (): readonly string[] => short.ids.slice(next, (next += IN_FLIGHT))
      const warm = async (url: string, ids: readonly string[]): Promise<number> => {
        await loader.send(url, lanesFor(ids, 1))
        return loader.send(url, lanesFor(ids, TURNS))
      }
      return medianRatio(
        () => warm(long.url, long.ids),
        () => warm(short.url, fresh()),
        ROUNDS,
      )
    }),
}
