/**
 * Who gets which conversation. Pure: the server reads who waits and who is there, and makes the offers that come out.
 *
 * Laws:
 *   1. An offer goes to an agent who is online, has room, is of the team or of one that time has opened, serves the
 *      channel, and meets language, tier and skills as far as they are still asked for.
 *   2. No agent is given more weight than there is room for, no conversation to two agents.
 *   3. Order: by turn (`turnOf`), then the smaller id. A later one goes first only where nobody with room fits the
 *      earlier one, or the earlier one is kept for somebody (6) or waits for a rest (7). As turns do not change and
 *      ageing is part of them, nobody starves.
 *   4. No agent with room is left idle while somebody waits whom that agent fits; save for 6, 7 and 8.
 *   5. Of those who can take it, first the preferred agent; then the team itself before overflow; then who meets more
 *      of the preferred skills; then as the team's policy says:
 *        leastLoaded   the smallest share of room taken, then the one idle for longest
 *        longestIdle   who holds nothing before who holds something, then the one idle for longest, then the share
 *      and of equals the smaller id.
 *   6. Until its time is over, a conversation is kept for the preferred agent, as long as that one is online, fits, is
 *      large enough and has not let it go by.
 *   7. Who was offered it in vain comes last and only after a rest; a bot is not asked again at all.
 *   8. Who needs more room than anybody who fits has (weights) may be passed by those only whose turn is at most
 *      PASSING later: the room of one agent is then kept until it is enough. Otherwise light conversations, one after
 *      the other, would keep a heavy one waiting for ever.
 *
 * Its cost grows with the queue and not with the pairs (`npm run bench -- match match-twice`, decision 0021).
 */
import { isEmpty } from './agent-set.ts'
import { choose } from './choose.ts'
import { asked, type Needs, type Offering } from './needs.ts'
import { inOrder } from './order.ts'
import { reasonFor } from './reason.ts'
import { createRoster } from './roster.ts'
import { skippedFor } from './skipped.ts'

/** By how much (ms of turn) others may pass somebody who waits for more room than is free. */
export const PASSING = 2 * 60_000

export interface WaitingConversation extends Needs {
  readonly id: string
  readonly priority: number
  /** Epoch milliseconds. */
  readonly since: number
  /** `turnOf`: smaller goes first. */
  readonly turn: number
  /** Never required: who has more of them at these levels goes first. */
  readonly prefer: Readonly<Record<string, number>>
  readonly skip: readonly Skip[]
  readonly preferred: Preferred | null
  /** False while those in `skip` are left in peace. */
  readonly rested: boolean
  /** The room it takes. */
  readonly weight: number
}

/** Who was offered it in vain. */
export interface Skip {
  readonly agent: string
  readonly why: 'declined' | 'missed' | 'lost'
}

/** Whom a transfer asks for, or who helped this customer last. */
export interface Preferred {
  readonly agent: string
  readonly why: 'asked' | 'lastTime'
  /** Nobody else is offered it before this time (epoch ms), see law 6; null: only goes first. */
  readonly until: number | null
}

export interface AvailableAgent extends Offering {
  readonly id: string
  readonly name: string
  readonly online: boolean
  /** How much weight it takes at once. */
  readonly capacity: number
  /** Room taken: the weights of conversations held, of offers and of wrap-up. */
  readonly load: number
  /** How many conversations it holds. */
  readonly held: number
  /** When it last took or ended a conversation (epoch ms); 0 when there was none. */
  readonly idleSince: number
  /** The bot that answers for it: no person. */
  readonly bot?: string
}

export interface TeamRules {
  readonly policy: 'leastLoaded' | 'longestIdle'
}

export interface MatchOptions {
  /** Epoch milliseconds. */
  readonly now: number
  readonly rules: (team: string) => TeamRules
}

export interface Match {
  readonly conversation: string
  readonly agent: AgentName
  /** A sentence for the agent and the audit: why this agent. */
  readonly reason: string
  /** Who could have been expected instead, nearest first; at most 10. */
  readonly skipped: readonly Skipped[]
}

export interface AgentName {
  readonly id: string
  readonly name: string
}

export interface Skipped {
  readonly agent: AgentName
  /** `declined`, `full, 3 of 3`, `lacks Spanish 4 (has 2)`. */
  readonly why: string
}

/** The offers to make now, in the order in which they are to be made. */
export function match(
  waiting: readonly WaitingConversation[],
  agents: readonly AvailableAgent[],
  options: MatchOptions,
): readonly Match[] {
  const roster = createRoster(agents, options.now)
  const open = roster.withRoomFor(waiting.reduce((least, { weight }) => Math.min(least, weight), Infinity))
  const matches: Match[] = []
  if (isEmpty(open)) return matches
  for (const conversation of inOrder(waiting)) {
    roster.reach(conversation.turn)
    if (isEmpty(open)) break
    const needs = asked(conversation)
    const choice = choose(conversation, needs, roster, open, options)
    if (choice === null) continue
    if ('keeps' in choice) {
      roster.keepRoom(choice.keeps, conversation.turn + PASSING)
      continue
    }
    const taker = roster.agents[choice.taker]
    if (taker === undefined) continue
    const skipped = skippedFor(conversation, needs, roster, choice.taker, options)
    const reason = reasonFor(conversation, needs, taker, skipped, options.now)
    matches.push({ conversation: conversation.id, agent: taker.name, reason, skipped })
    roster.take(choice.taker, conversation.weight)
  }
  return matches
}
