/** Why somebody waits: who could take it, and what the others lack. The laws are those of `match.ts`. */
import { has } from './agent-set.ts'
import { holderOf, lacksFor, mayAskAgain } from './choose.ts'
import type { AgentName, AvailableAgent, MatchOptions, Skipped, WaitingConversation } from './match.ts'
import { asked, fitsNeeds, type Asked } from './needs.ts'
import { lacksInWords, standingOf, strengthsOf } from './reason.ts'
import { createRoster, nameOf, type Rostered } from './roster.ts'
import { membersOf, MOST, obstacle } from './skipped.ts'

export interface Explanation {
  /** Who is online and meets the needs: those first who can be asked now, all in the order of the team's policy. */
  readonly fits: readonly Fitting[]
  /** Who of its teams is offline, or lacks something, nearest first; at most 10. */
  readonly lacks: readonly Skipped[]
}

export interface Fitting {
  readonly agent: AgentName
  /** Whether this one can be offered it now, unless others go before it. */
  readonly room: boolean
  /** `Spanish 4, 1 of 3 chats, idle 2 min`; else what is in the way: `full, 3 of 3`, `declined`, `kept for Sarah`. */
  readonly why: string
}

export function explain(
  conversation: WaitingConversation,
  agents: readonly AvailableAgent[],
  options: MatchOptions,
): Explanation {
  const roster = createRoster(agents, options.now)
  const needs = asked(conversation)
  const holder = holderOf(conversation, needs, roster, options.now)
  const fits: Fitting[] = []
  const lacking: { readonly count: number; readonly skipped: Skipped }[] = []
  const members = membersOf(needs, roster)
  for (const number of roster.order(options.rules(conversation.team).policy)) {
    const rostered = roster.agents[number]
    if (rostered === undefined) continue
    const lacks = lacksFor(conversation, needs, rostered.agent)
    if (lacks.length > 0) {
      const skipped = { agent: rostered.name, why: lacksInWords(lacks) }
      if (has(members, number)) lacking.push({ count: lacks.length, skipped })
    } else if (holder === null || holder === number) {
      fits.push(fittingOf(conversation, needs, rostered, options.now))
    } else {
      fits.push({ agent: rostered.name, room: false, why: `kept for ${roster.agents[holder]?.name.name ?? ''}` })
    }
  }
  const offline = agents.filter((agent) => !agent.online && fitsNeeds(conversation, agent))
  const others = lacking.sort((one, other) => one.count - other.count).map(({ skipped }) => skipped)
  return {
    fits: [...fits.filter(({ room }) => room), ...fits.filter(({ room }) => !room)],
    lacks: [...offline.map((agent) => ({ agent: nameOf(agent), why: 'offline' })), ...others].slice(0, MOST),
  }
}

function fittingOf(conversation: WaitingConversation, needs: Asked, rostered: Rostered, now: number): Fitting {
  const why = obstacle(conversation, needs, rostered)
  const agent = rostered.name
  if (why === null) {
    const parts = [...strengthsOf(conversation, needs, rostered), ...standingOf(conversation, rostered, now)]
    return { agent, room: true, why: parts.join(', ') }
  }
  // Of those who fit, only who was offered it in vain and may be asked again can take it in spite of an obstacle.
  const isFree = obstacle({ ...conversation, skip: [] }, needs, rostered) === null
  return { agent, room: isFree && mayAskAgain(conversation, rostered), why }
}
