import type { RoutingFigure } from '../figure.ts'
import { spread } from './spread.ts'

export const freed: RoutingFigure = {
  name: 'freed',
  what: 'from an agent’s “resolved” to the next offer, 99 in 100',
  reach: { atMost: 50 },
  unit: ' ms',
  async measure(floor, { rounds }) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const { agent, conversation } = floor.busy(round)
      const resolved = { type: 'agent.resolve', resolution: 'done' }
      times.push(await floor.timed(agent, () => floor.tell(conversation, resolved)))
      await floor.takeOver(agent)
    }
    return spread(times)
  },
}
