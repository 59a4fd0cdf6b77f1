/**
 * How an effect speaks to its conversation. Effects run at least once, so all they say is keyed by the effect's id:
 * said twice it counts once. When a second run says it differently, what was said first stands.
 */
import type { Effect, Json, OutsideEvent } from '#engine/index.ts'
import { RuntimeError, type EffectContext, type RuntimeErrorCode } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'

export type Outcome =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: string; readonly value?: Json }

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
 * Says something as the bot whose turn it is. It carries the owner epoch of the turn, so it never talks over a person.
 * False when the conversation does not take it any more; throws when the database could not say.
 */
export async function sayAsBot(
  { conversations, log }: Telling,
  effect: Effect,
  context: EffectContext,
  key: string,
  event: OutsideEvent,
): Promise<boolean> {
  try {
    await conversations.accept(context.conversation, event, {
      epoch: context.epoch,
      idempotencyKey: `bot.turn:${effect.id}:${context.epoch}:${key}`,
    })
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
