import type { RoutingFigure } from '../figure.ts'
import { spread } from './spread.ts'

export const joins: RoutingFigure = {
  name: 'joins',
  what: 'from a customer’s wish for a person whom only an idle agent fits to the offer, 99 in 100',
  reach: { atMost: 50 },
  unit: ' ms',
  async measure(floor, { rounds }) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const conversation = await floor.begin('idle')
      const wish = { type: 'customer.message', text: 'I want to talk to a person' }
      times.push(await floor.timed(floor.idle, () => floor.tell(conversation, wish)))
      await floor.takeOver(floor.idle)
      await floor.tell(conversation, { type: 'agent.resolve', resolution: 'done' })
      await floor.until(floor.idle, 'nothing')
    }
    return spread(times)
  },
}
