/** What is said while the server is measured: turns of which no two are alike, so that no trigger fires. */
import { randomUUID } from 'node:crypto'
import { chance } from '#test/server/crash/chance.ts'
import type { Lane, LaneRequest } from './lane.ts'

export const IN_FLIGHT = 64

/** Every run says the same. */
const draw = chance(1)

/** Turns of a customer and the bot, so many for each conversation of the list, in order. */
export function talk(conversations: readonly string[], turns: number): Lane {
  return conversations.flatMap((id) => Array.from({ length: turns }, () => [customer(id), bot(id)]).flat())
}

/** One lane for each conversation. */
export function lanesFor(conversations: readonly string[], turns: number): readonly Lane[] {
  return conversations.map((id) => talk([id], turns))
}

/** Begins conversations of the flow. */
export function opening(flow: string, conversations: readonly string[]): readonly Lane[] {
  return conversations.map((id) => [
    { path: '/v1/conversations', key: id, body: JSON.stringify({ flow, id, customer: { name: 'Ann', tier: 'gold' } }) },
  ])
}

/** Ids that no other call has given. */
export function newIds(count: number): readonly string[] {
  const run = randomUUID()
  return Array.from({ length: count }, (_, index) => `${run}-${index}`)
}

function customer(id: string): LaneRequest {
  return event(id, { type: 'customer.message', text: `Today ${words(6)} ${words(6)} and ${words(5)} then` })
}

function bot(id: string): LaneRequest {
  return event(id, {
    type: 'bot.message',
    text: `It is ${words(4)} with ${words(3)}.`,
    nlu: { intent: words(1), confidence: 0.92 },
  })
}

function event(id: string, what: object): LaneRequest {
  return { path: `/v1/conversations/${id}/events`, body: JSON.stringify(what), key: randomUUID() }
}

/** Lanes in which any of the conversations may speak, by chance; each is in one lane: its turns stay in order. */
export function chanceLanes(conversations: readonly string[], turns: number): readonly Lane[] {
  return Array.from({ length: IN_FLIGHT }, (_, lane) => {
    const own = conversations.filter((_, index) => index % IN_FLIGHT === lane)
    return talk(
      Array.from({ length: turns }, () => own[Math.floor(draw() * own.length)] ?? ''),
      1,
    )
  })
}

/** Made-up words: no signal knows them, and none comes twice soon. */
function words(count: number): string {
  return Array.from({ length: count }, () => {
    return Array.from({ length: 3 }, () => SYLLABLES[Math.floor(draw() * SYLLABLES.length)]).join('')
  }).join(' ')
}
const SYLLABLES =
  'ba du fi go ka le mi no pu ra si ta ve wo zu lan mer tin vol kas dor fen gul hap jin lop mur nes pil ros sul'.split(
    ' ',
  )
