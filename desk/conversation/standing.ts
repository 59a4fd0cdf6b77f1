/** How a conversation stands to the person at the desk, and what they may do with it. */
import type { ConversationView } from '#ui/answers.ts'
import type { Me } from '../session/me.ts'

export type Standing = 'mine' | 'offered' | 'waiting' | 'theirs' | 'bot' | 'closed'

/** Whether the customer waits for a person. Who leaves a message, or books a call, is with the bot meanwhile. */
export function isWaiting({ phase, queue }: Pick<ConversationView, 'phase' | 'queue'>): boolean {
  return phase === 'queued' && queue !== undefined
}

export function standingOf(
  view: Pick<ConversationView, 'phase' | 'owner' | 'queue'>,
  { agent }: Pick<Me, 'agent'>,
): Standing {
  if (view.phase === 'closed') return 'closed'
  if (isWaiting(view)) return agent !== null && view.queue?.offeredTo === agent ? 'offered' : 'waiting'
  if (view.phase !== 'agentActive') return 'bot'
  return agent !== null && view.owner === `agent:${agent}` ? 'mine' : 'theirs'
}

export interface May {
  readonly accept: boolean
  readonly decline: boolean
  readonly reply: boolean
  readonly note: boolean
  /** Transfer, hand back, resolve: what only the holder, or who leads, decides. */
  readonly transfer: boolean
  readonly handback: boolean
  readonly resolve: boolean
  /** Take what another holds. */
  readonly takeOver: boolean
  /** Give what waits or is held to whomever. */
  readonly assign: boolean
}

export function mayOf(
  view: Pick<ConversationView, 'phase' | 'owner' | 'queue' | 'expects'>,
  me: Pick<Me, 'agent' | 'leads'>,
): May {
  const standing = standingOf(view, me)
  const takes = (type: ConversationView['expects'][number]): boolean => view.expects.includes(type)
  const isMine = standing === 'mine'
  const waits = standing === 'offered' || standing === 'waiting'
  const isHeld = isMine || standing === 'theirs'
  return {
    accept: waits && me.agent !== null && takes('agent.accept'),
    decline: standing === 'offered' && takes('agent.decline'),
    reply: isMine && takes('agent.message'),
    note: (isMine && takes('agent.note')) || (me.leads && (isHeld || waits)),
    transfer: (isMine || (me.leads && isHeld)) && takes('agent.transfer'),
    handback: isMine && takes('agent.handback'),
    resolve: isMine && takes('agent.resolve'),
    takeOver: standing === 'theirs' && me.leads && me.agent !== null && takes('agent.transfer'),
    assign: me.leads && (waits || isHeld),
  }
}
