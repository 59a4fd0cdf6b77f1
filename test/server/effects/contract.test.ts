import type { Effect, EffectOf, EffectType } from '#engine/index.ts'
import { awaitedEffects } from '#engine/index.ts'
import { effectContract, type EffectStage } from '#test/contracts/effect.ts'
import { noon, openWorld, type World } from './world.ts'

type Sample<Type extends EffectType> = (world: World) => EffectOf<Type>

/** One of each. A type that is missing here does not compile. */
const samples: { readonly [Type in EffectType]: Sample<Type> } = {
  message: () => ({ id: 'c-1:4:0', type: 'message', seq: 2, from: 'bot', text: 'Good day', channel: 'whatsapp' }),
  'bot.turn': () => ({ id: 'c-1:4:0', type: 'bot.turn', bot: 'helper', node: 'talk', text: 'Where is it?' }),
  'queue.join': () => ({ id: 'c-1:4:0', type: 'queue.join', node: 'people', team: 'support' }),
  'queue.leave': () => ({ id: 'c-1:4:0', type: 'queue.leave', node: 'people', team: 'support', why: 'accepted' }),
  http: ({ outside }) => ({
    id: 'c-1:4:0',
    type: 'http',
    node: 'look',
    method: 'GET',
    url: `${outside.origin}/orders`,
    headers: {},
    timeout: 5_000,
    retries: 1,
  }),
  ticket: ({ outside }) => ({
    id: 'c-1:4:0',
    type: 'ticket',
    node: 'note',
    to: { webhook: `${outside.origin}/tickets` },
    customer: { name: 'Rosa' },
    brief: 'A lost parcel',
    replyWithin: '4h',
  }),
  callback: () => ({
    id: 'c-1:4:0',
    type: 'callback',
    node: 'call',
    schedule: 'office',
    at: noon + 86_400_000,
    length: 1_800_000,
  }),
  notify: () => ({ id: 'c-1:4:0', type: 'notify', what: 'offered', team: 'support' }),
  handoff: () => ({ id: 'c-1:4:0', type: 'handoff', node: 'people', team: 'support', reason: 'asked for a person' }),
}

const working: readonly EffectType[] = ['message', 'bot.turn', 'http', 'ticket', 'callback']
/** The bot's turn is not an effect that ends by `effect.done`, but its failure must be told all the same. */
const told: readonly EffectType[] = [...awaitedEffects, 'bot.turn']

// Object.keys widens; the samples have exactly the types as keys.
for (const type of Object.keys(samples) as EffectType[]) {
  effectContract({
    name: type,
    works: working.includes(type),
    awaited: told.includes(type),
    open: () => stageOf(samples[type]),
  })
}

async function stageOf(sample: (world: World) => Effect): Promise<EffectStage> {
  const world = await openWorld()
  const effect = sample(world)
  if (awaitedEffects.some((type) => type === effect.type)) world.awaits(effect)
  const answering = (silent: boolean): void =>
    world.outside.answer((_, response) => {
      if (!silent)
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"messages":[{"text":"It is on its way."},{"text":"Anything else?"}]}')
    })
  answering(false)
  const { conversation } = world
  return {
    run: (signal) => world.run(effect, signal ? { signal } : {}),
    gaveUp: () => world.gaveUp(effect, 'it did not work'),
    told: () => [...conversation.told],
    outcome: () => [
      ...conversation.told,
      ...world.tickets.values(),
      ...world.bookings,
      ...new Set(
        world.outside.received.map(
          ({ path, headers }) => `${path} ${String(headers['webhook-id'] ?? headers['idempotency-key'])}`,
        ),
      ),
    ],
    waits: () => conversation.snapshot.awaiting !== null,
    silence: answering,
    loseDatabase: (lost) => {
      conversation.lost = lost
    },
    close: () => world.close(),
  }
}
