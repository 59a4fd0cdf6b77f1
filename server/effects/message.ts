import type { EffectOf } from '#engine/index.ts'
import type { Delivery } from '../channels/index.ts'
import type { EffectHandler } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'

/** A text for the customer. Only a channel that pushes has work: on the web the log is the feed. */
export function createMessage({ conversations, channels, log }: EffectDeps): EffectHandler<'message'> {
  return {
    type: 'message',
    maxAttempts: 8,
    needsJob: (effect) => channels.of(effect.channel)?.pushes ?? false,
    async run(effect, context) {
      const channel = channels.of(effect.channel)
      if (!channel?.pushes) return
      const { conversation, signal } = context
      const message = await wholeMessage(effect, conversation)
      await channel.deliver({ id: effect.id, conversation, message }, signal)
    },
    async gaveUp(effect, context, error) {
      log.error(
        { effect: effect.id, conversation: context.conversation, channel: effect.channel, error },
        'A message could not be delivered.',
      )
    },
  }

  /** As the log has it: with its quick replies and the agent's name. */
  async function wholeMessage(effect: EffectOf<'message'>, conversation: string): Promise<Delivery['message']> {
    const entries = await conversations.log(conversation, effect.seq - 1, 1)
    const entry = entries.find((each) => each.seq === effect.seq)
    if (entry?.kind !== 'message') return { seq: effect.seq, from: effect.from, text: effect.text }
    const { kind: _, ...message } = entry
    return message
  }
}
