/**
 * How an effect speaks to its conversation. Effects run at least once, so all they say is keyed by the effect's id:
 * said twice it counts once. When a second run says it differently, what was said first stands.
 */
import { agentEventOf, type Effect, type EffectOf, type Json, type OutsideEvent } from '#engine/index.ts'
import { RuntimeError, type AcceptOptions, type EffectContext, type RuntimeErrorCode } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'

export type Outcome =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: string; readonly value?: Json }

/** What a bot says. */
export type BotEvent = Extract<OutsideEvent, { readonly type: `bot.${string}` }>

type Telling = Pick<EffectDeps, 'conversations' | 'log'>

/** Tells how an awaited effect ended. A conversation that no longer waits for it ignores it. */
export async function tellDone(
  { conversations, log }: Telling,
  effect: Effect,
  context: EffectContext,
  outcome: Outcome,
): Promise<void> {
  try {
    await conversations.tell(
      context.conversation,
      { type: 'effect.done', effect: effect.id, ...outcome },
      { idempotencyKey: `${effect.id}:done` },
    )
  } catch (error) {
    if (!isRefusal(error)) throw error
    log.info({ effect: effect.id, code: error.code }, 'The end of an effect was not taken any more.')
  }
}

/**
 * Says something as the bot whose turn it is: the `part`th event of its answer, or that it has failed. It carries the
 * owner epoch of the turn, so it never talks over a person; and what begins an answer the turn's node, so it is not
 * taken for the answer of another bot when the flow has gone on. What follows stands where the answer itself has led.
 * False when the conversation does not take it any more; throws when the database could not say.
 */
export async function sayAsBot(
  { conversations, log }: Telling,
  effect: EffectOf<'bot.turn'>,
  context: EffectContext,
  part: number | 'failed',
  event: BotEvent,
): Promise<boolean> {
  const { agent, node } = effect
  const options = { epoch: context.epoch, idempotencyKey: `bot.turn:${effect.id}:${context.epoch}:${part}` }
  const begins = part === 0 || part === 'failed'
  try {
    if (agent === undefined)
      await conversations.accept(context.conversation, event, { ...options, ...(begins ? { node } : {}) })
    else await sayAsAgent(conversations, context.conversation, event, agent, options)
    return true
  } catch (error) {
    if (!isRefusal(error)) throw error
    log.info(
      { effect: effect.id, event: event.type, code: error.code },
      'A bot’s answer came too late and was dropped.',
    )
    return error.code === 'key-reused'
  }
}

/** Where a bot holds the conversation, it speaks as the agent it is there. */
async function sayAsAgent(
  conversations: Telling['conversations'],
  conversation: string,
  event: BotEvent,
  agent: string,
  options: AcceptOptions,
): Promise<void> {
  // An intent is a way through the flow, and the flow rests: such an answer is none.
  const said = agentEventOf(event, { id: agent, name: agent }) ?? { type: 'agent.gone', agent }
  switch (said.type) {
    case 'agent.message':
      await conversations.accept(conversation, { type: 'agent.message', text: said.text }, { ...options, by: agent })
      return
    case 'agent.handback':
      await conversations.accept(conversation, { type: 'agent.handback' }, { ...options, by: agent })
      return
    case 'agent.gone':
      await conversations.tell(conversation, said, options)
      return
    default:
      throw new Error(`A bot that is an agent does not say ${said.type}.`)
  }
}

function isRefusal(error: unknown): error is RuntimeError {
  return error instanceof RuntimeError && refusals.has(error.code)
}

const refusals: ReadonlySet<RuntimeErrorCode> = new Set([
  'not-found',
  'not-owner',
  'closed',
  'not-expected',
  'stale',
  'key-reused',
])
