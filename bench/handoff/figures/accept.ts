import type { HandoffFigure } from '../figure.ts'
import type { Round } from '../load/orders.ts'
import { hire, queued } from '../stage/people.ts'
import { playOn } from '../stage/stage.ts'

const AGENTS = 64
/** Conversations that wait at a time. */
const BATCH = 50
const CAPACITY = 100

export const accept: HandoffFigure = {
  name: 'accept',
  lines: [
    {
      what: `${AGENTS} agents at two servers accept at once: rounds without one winner, and kind words for the rest`,
      reach: { atMost: 0 },
      unit: '',
    },
  ],
  measure: ({ rounds: count }) =>
    playOn(async (stage) => {
      const agents = await hire(stage, AGENTS, CAPACITY)
      const servers = [stage.url, await stage.another()]
      const loader = stage.loader()
      const rounds: Round[] = []
      while (rounds.length < count) {
        const conversations = (await queued(stage, Math.min(BATCH, count - rounds.length))).map(({ id }) => id)
        rounds.push(...(await loader.ask(stage.url, 'race', { servers, conversations, agents })))
      }
      const wrong = rounds.filter(({ winners, told }) => winners.length !== 1 || told !== AGENTS - 1)
      const winners = new Set(rounds.flatMap((round) => round.winners))
      const beside = [`${rounds.length} rounds, won by ${winners.size} agents`, ...wrong.slice(0, 3).map(inWords)]
      return [{ value: wrong.length, beside: beside.join('; ') }]
    }),
}

function inWords({ conversation, winners, told, otherwise }: Round): string {
  return `${conversation}: ${winners.length} winners, ${told} told, else ${[...new Set(otherwise)].join(' ')}`
}
