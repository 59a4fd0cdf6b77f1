import type { EffectHandler } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'
import { tellDone } from './report.ts'

/** Books the time a customer chose. One that was taken meanwhile ends with the error `taken`: the flow offers more. */
export function createCallback(deps: EffectDeps): EffectHandler<'callback'> {
  const { conversations, callbacks, clock, teamOf } = deps
  return {
    type: 'callback',
    maxAttempts: 8,
    needs: () => 'job',
    async run(effect, context) {
      context.signal.throwIfAborted()
      const snapshot = await conversations.snapshot(context.conversation)
      const { customer, vars } = snapshot.machine.context
      const { id, schedule, at, length } = effect
      const booked = await callbacks.book({
        id,
        conversation: context.conversation,
        schedule,
        at,
        length,
        // A number that the flow has asked for is among its variables.
        customer: {
          ...customer,
          ...(customer['phone'] === undefined && vars['phone'] !== undefined ? { phone: vars['phone'] } : {}),
        },
        team: await teamOf(snapshot),
        bookedAt: clock.now(),
      })
      await tellDone(
        deps,
        effect,
        context,
        booked === 'booked' ? { ok: true, value: { schedule, at, length } } : { ok: false, error: 'taken' },
      )
    },
    async gaveUp(effect, context, error) {
      await tellDone(deps, effect, context, { ok: false, error })
    },
  }
}
