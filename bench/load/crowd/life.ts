/**
 * One conversation from its beginning to its end, as a plan of moments: each thing is said so long after the one before
 * was meant to be said, whatever the server took for that. Only a person who is waited for moves the plan.
 */
import { chance } from '#test/server/crash/chance.ts'
import type { Order } from '../order.ts'
import type { Clocked } from './clocked.ts'
import type { Desk } from './desk.ts'
import { follow, type Tally } from './feed.ts'

/** What a conversation comes to. */
export interface Plan {
  readonly turns: number
  readonly pauses: boolean
  readonly wantsPerson: boolean
  readonly answersSurvey: boolean
  /** Whether the customer's page follows it. */
  readonly watched: boolean
}

/** Of ten conversations three come to a person and one is put off for a moment; four leave the survey unanswered. */
export const PLANS: readonly Plan[] = Array.from({ length: 10 }, (_, index) => ({
  turns: index % 3 === 0 ? 2 : 4,
  pauses: index === 1,
  wantsPerson: index % 3 === 0 && index < 9,
  answersSurvey: index % 5 < 3,
  watched: index % 2 === 0,
}))

/** Acknowledged events of a life: what the rate is made of. */
export function eventsOf({ turns, pauses, wantsPerson, answersSurvey }: Plan): number {
  return 1 + 2 * turns + (pauses ? 1 : 0) + (wantsPerson ? 3 + 2 * TALK : 1) + (answersSurvey ? 1 : 0)
}

export interface Scene {
  readonly order: Order
  readonly clocked: Clocked
  readonly desk: Desk
  readonly tally: Tally
}

/** Exchanges with a person. */
const TALK = 3
/** Seconds that people think, and a bot. */
const THINKS = { person: 6, bot: 1 } as const
/** Longer than the flow's wait. */
const NAP = 5_000

export async function live(
  { order, clocked, desk, tally }: Scene,
  plan: Plan,
  from: number,
  seed: number,
): Promise<void> {
  const draw = chance(seed)
  const url = order.urls[seed % order.urls.length] ?? ''
  let at = from
  const think = (who: keyof typeof THINKS): void => {
    at += (0.5 + draw()) * THINKS[who] * 1_000
  }
  const begun = JSON.parse(
    await clocked.send({ at, url, path: '/v1/conversations', body: opening(order.flow, seed), key: order.bot }),
    // The contract's answer to a start.
  ) as { readonly conversation: { readonly id: string }; readonly customerToken: string }
  const { id } = begun.conversation
  const token = begun.customerToken
  const say = (key: string, body: object, by = url): Promise<string> =>
    clocked.send({ at, url: by, path: `/v1/conversations/${id}/events`, body, key })
  const feed = plan.watched ? follow(`${url}/v1/conversations/${id}/stream`, token, tally) : undefined
  const customer = (text: string): Promise<string> => {
    think('person')
    return say(token, { type: 'customer.message', text })
  }

  for (let turn = 0; turn < plan.turns; turn++) {
    await customer(`Today ${words(draw)} and ${words(draw)} then`)
    think('bot')
    await say(order.bot, {
      type: 'bot.message',
      text: `It is ${words(draw)}.`,
      nlu: { intent: INTENTS[turn % INTENTS.length], confidence: 0.9 },
    })
    if (plan.pauses && turn === 0) {
      think('bot')
      await say(order.bot, { type: 'bot.intent', intent: 'pause' })
      at += NAP
    }
  }
  if (plan.wantsPerson) {
    think('person')
    const coming = desk.person(id, at)
    await say(token, { type: 'customer.message', text: 'I want to talk to a person please' })
    const agent = await coming
    at = performance.now()
    for (let exchange = 0; exchange < TALK; exchange++) {
      think('person')
      await say(agent.key, { type: 'agent.message', text: `I look at the ${words(draw)}.` }, agent.url)
      await customer(`Then ${words(draw)} it is.`)
    }
    think('person')
    await say(agent.key, { type: 'agent.resolve', resolution: 'It was put right.' }, agent.url)
  } else {
    think('bot')
    await say(order.bot, { type: 'bot.done' })
  }
  if (plan.answersSurvey) {
    at += (1 + draw()) * 1_000
    await say(token, { type: 'survey.answer', score: 5 })
  }
  feed?.close()
}

function opening(flow: string, seed: number): object {
  return { flow, customer: { id: `customer-${seed}`, name: 'Ann', tier: seed % 5 === 0 ? 'gold' : 'silver' } }
}

/** Another one with each question: who asks the same thing three times is brought to a person. */
const INTENTS = ['order', 'delivery', 'size', 'colour']

/** Made-up words: no signal knows them, and none comes twice soon. */
function words(draw: () => number): string {
  return Array.from({ length: 9 }, (_, index) => {
    const syllable = SYLLABLES[Math.floor(draw() * SYLLABLES.length)] ?? ''
    return index % 3 === 2 ? `${syllable} ` : syllable
  })
    .join('')
    .trim()
}
const SYLLABLES = 'ba du fi go ka le mi no pu ra si ta ve wo zu lan mer tin vol kas dor fen gul hap jin lop mur'.split(
  ' ',
)
