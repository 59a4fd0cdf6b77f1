/**
 * Effects after COMMIT. An effect that needs work outside the database is a job written with its event, keyed by its
 * id.
 *
 *   waiting --run--> done
 *           --run fails--> waiting, later
 *           --run fails for the last time--> given up: it is a dead letter, and the conversation is told
 *
 * Law: each effect is carried out at least once or is a dead letter; that a node dies while it runs one counts as a
 * try.
 */
import type { JobHelpers, Task } from 'graphile-worker'
import type { Effect, EffectType, Stepped } from '#engine/index.ts'
import type { Job } from '../store/commit.ts'
import type { Database } from '../store/database.ts'
import { jsonText } from '../store/json-text.ts'
import type { Telemetry } from '../operation/telemetry.ts'
import { unlessClosing } from './closing.ts'
import type { Log } from './log.ts'
import type { EffectContext, EffectHandler, EffectHandlers } from './runtime.ts'

interface EffectJob {
  readonly conversation: string
  readonly epoch: number
  readonly effect: Effect
  /** The trace it was decided in (`traceparent`), where traces are on. */
  readonly trace?: string
}

export interface Outbox {
  jobsFor(stepped: Stepped): readonly Job[]
  readonly task: Task
}

/** `handlers` is asked late: the effects themselves stand on the runtime that this outbox is a part of. */
export function createOutbox(
  database: Database,
  handlers: () => EffectHandlers,
  clock: { now(): number },
  log: Log,
  telemetry: Telemetry,
): Outbox {
  async function giveUp(
    handler: EffectHandler<EffectType>,
    job: EffectJob,
    context: EffectContext,
    error: string,
  ): Promise<void> {
    const { effect, conversation, epoch } = job
    await database
      .insertInto('baton.dead_letters')
      .values({
        id: effect.id,
        conversation,
        type: effect.type,
        attempts: Math.min(context.attempt, context.maxAttempts),
        error,
        effect: jsonText(effect),
        at: clock.now(),
        epoch,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    log.error({ effect: effect.id, conversation, error }, 'An effect was given up; it is a dead letter now.')
    await handler.gaveUp(effect, context, error)
  }

  return {
    jobsFor({ effects, snapshot }) {
      if (effects.length === 0) return []
      const { conversation, epoch } = snapshot
      const trace = telemetry.trace()
      return effects.flatMap((effect): readonly Job[] => {
        const needs = handlerOf(handlers(), effect).needs(effect)
        if (needs === 'nothing') return []
        if (needs !== 'job') return [{ task: 'follow-up', at: clock.now() + needs.followUpAfter }]
        const payload: EffectJob = { conversation, epoch, effect, ...(trace === undefined ? {} : { trace }) }
        return [{ task: 'effect', payload, key: effect.id }]
      })
    },
    async task(payload, { job, abortSignal }: JobHelpers) {
      // Only `jobsFor` adds jobs of this task.
      const what = payload as EffectJob
      const handler = handlerOf(handlers(), what.effect)
      const { maxAttempts } = handler
      const context: EffectContext = {
        conversation: what.conversation,
        epoch: what.epoch,
        attempt: job.attempts,
        maxAttempts,
        signal: abortSignal,
      }
      if (job.attempts > maxAttempts)
        return giveUp(handler, what, context, job.last_error ?? 'The server ended while this ran.')
      try {
        const run = () => unlessClosing(abortSignal, handler.run(what.effect, context))
        await telemetry.effect(what.effect.type, what.conversation, what.trace, run)
      } catch (error) {
        if (abortSignal.aborted) throw error
        log.warn(
          { effect: what.effect.id, conversation: what.conversation, attempt: job.attempts, err: error },
          'An effect failed.',
        )
        if (job.attempts < maxAttempts) throw error
        await giveUp(handler, what, context, error instanceof Error ? error.message : String(error))
      }
    },
  }
}

/** The handler of an effect's type, ready for that effect. */
function handlerOf(handlers: EffectHandlers, effect: Effect): EffectHandler<EffectType> {
  // The list maps each type to the handler of that type, so the handler found by an effect's type takes that effect.
  return handlers[effect.type] as EffectHandler<EffectType>
}
