import type { EffectOf } from '#engine/index.ts'
import type { Delivery } from '../channels/index.ts'
import type { EffectHandler } from '../runtime/runtime.ts'
import type { EffectDeps } from './deps.ts'
import { FOLLOW_AFTER } from './follow-ups.ts'

/**
 * A text for the customer. A channel that pushes delivers it. On the web the log is the feed; what a person says, and a
 * notice, is followed up by mail for who is not there. A channel that is gone from the settings is a failure: it is tried
 * again, and a person sees what nobody was told.
 */
export function createMessage({ conversations, channels, followUps, log }: EffectDeps): EffectHandler<'message'> {
  const isFollowed = ({ channel, from, notice }: EffectOf<'message'>): boolean =>
    channel === 'web' && (from === 'agent' || notice === true)
  return {
    type: 'message',
    maxAttempts: 8,
    needs(effect) {
      if (channels.of(effect.channel)?.pushes) return 'job'
      return isFollowed(effect) ? { followUpAfter: FOLLOW_AFTER } : 'nothing'
    },
    async run(effect, context) {
      const { conversation, signal } = context
      const channel = channels.of(effect.channel)
      if (!channel) throw new Error(goneSince(effect.channel))
      if (channel.pushes) {
        const message = await wholeMessage(effect, conversation)
        await channel.deliver({ id: effect.id, conversation, message }, signal)
        return
      }
      // A job of a node of the release before, which had one for this too.
      if (isFollowed(effect)) await followUps.begin(conversation)
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

function goneSince(channel: string): string {
  return `The channel “${channel}” has no webhook any more. Bring it back in channels.json, then try the message again.`
}
