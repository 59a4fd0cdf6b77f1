import type { RoutingFigure } from '../figure.ts'
import { spread } from './spread.ts'

export const online: RoutingFigure = {
  name: 'online',
  what: 'from an agent who comes online to the offer, 99 in 100',
  reach: { atMost: 200 },
  unit: ' ms',
  async measure(floor, { rounds }) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const agent = floor.spare(round)
      times.push(await floor.timed(agent, () => floor.presence(agent, 'online')))
      await floor.presence(agent, 'away')
      await floor.until(agent, 'nothing')
    }
    return spread(times)
  },
}
