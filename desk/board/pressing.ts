/** What presses most, and the board's figures. Law: late before at risk before the others; within each who waits longer. */
import type { AgentView, DeskConversation } from '#ui/answers.ts'
import { slaNow } from '../clock/sla.ts'
import { isWaiting } from '../conversation/standing.ts'

export interface Figures {
  readonly waiting: number
  /** Milliseconds; null when nobody waits. */
  readonly longest: number | null
  readonly risk: number
  readonly late: number
  readonly online: number
  /** Held, and held at most, by those online. */
  readonly load: number
  readonly capacity: number
}

export function figuresOf(
  conversations: readonly DeskConversation[],
  agents: readonly AgentView[],
  now: number,
): Figures {
  const waiting = conversations.filter(isWaiting)
  const states = conversations.map(({ about }) => slaNow(about, now)?.state)
  const online = agents.filter(({ presence }) => presence === 'online')
  return {
    waiting: waiting.length,
    longest: waiting.length === 0 ? null : Math.max(0, ...waiting.map((each) => now - sinceOf(each))),
    risk: states.filter((state) => state === 'risk').length,
    late: states.filter((state) => state === 'breached').length,
    online: online.length,
    load: online.reduce((sum, { load }) => sum + load, 0),
    capacity: online.reduce((sum, { capacity }) => sum + capacity, 0),
  }
}

export function pressingFirst(conversations: readonly DeskConversation[], now: number): readonly DeskConversation[] {
  const rank = ({ about }: DeskConversation): number => {
    const state = slaNow(about, now)?.state
    return state === 'breached' ? 0 : state === 'risk' ? 1 : 2
  }
  return conversations
    .map((each) => ({ each, rank: rank(each), since: sinceOf(each) }))
    .sort(
      (one, other) =>
        one.rank - other.rank ||
        waits(one.each) - waits(other.each) ||
        one.since - other.since ||
        (one.each.id < other.each.id ? -1 : 1),
    )
    .map(({ each }) => each)
}

/** Since when somebody waits, epoch ms; else since when they talk. */
export function sinceOf({ queue, about }: DeskConversation): number {
  return Date.parse(queue?.waitingSince ?? about.waitingSince ?? about.startedAt)
}

function waits(conversation: DeskConversation): number {
  return isWaiting(conversation) ? 0 : 1
}
