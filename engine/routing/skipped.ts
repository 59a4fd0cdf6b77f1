/** Who did not get a conversation though that could have been expected, and why. */
import { drop, emptySet, has, join, keep, type AgentSet } from './agent-set.ts'
import { lacksFor } from './choose.ts'
import type { MatchOptions, Skipped, WaitingConversation } from './match.ts'
import type { Asked } from './needs.ts'
import { fullness, lacksInWords, SKIPPED } from './reason.ts'
import { hasRoomFor, nameOf, type Roster, type Rostered } from './roster.ts'

/** At most so many are named. */
export const MOST = 10

/**
 * Those before whom `taker` is given it, nearest first: who is preferred; who was offered it in vain; who fits but has
 * no room; who comes before in the team's order, but lacks something. Nobody when the preferred one takes it.
 */
export function skippedFor(
  conversation: WaitingConversation,
  asked: Asked,
  roster: Roster,
  taker: number,
  options: MatchOptions,
): readonly Skipped[] {
  const { preferred } = conversation
  const wanted = preferred === null ? undefined : roster.find(preferred.agent)
  const chosen = roster.agents[taker]?.agent
  if (wanted !== undefined && wanted === chosen) return []
  const skipped: Skipped[] = wanted === undefined || wanted.online ? [] : [{ agent: nameOf(wanted), why: 'offline' }]
  for (const number of new Set(passedOver(conversation, asked, roster, taker, options))) {
    if (skipped.length >= MOST) break
    const other = roster.agents[number]
    if (other === undefined || number === taker) continue
    const why = obstacle(conversation, asked, other) ?? comesAfter(conversation, roster, number)
    skipped.push({ agent: other.name, why })
  }
  return skipped
}

/** What keeps an agent from taking it, in words; null when nothing does. */
export function obstacle(conversation: WaitingConversation, asked: Asked, rostered: Rostered): string | null {
  const lacks = lacksFor(conversation, asked, rostered.agent)
  if (lacks.length > 0) return lacksInWords(lacks)
  const inVain = conversation.skip.find((each) => each.agent === rostered.agent.id)
  if (inVain !== undefined) return SKIPPED[inVain.why]
  return hasRoomFor(rostered, conversation.weight) ? null : fullness(conversation, rostered)
}

/** Those of all its teams, whatever else they lack. */
export function membersOf({ teams }: Asked, roster: Roster): AgentSet {
  const members = emptySet(roster.agents.length)
  for (const team of teams) join(members, roster.inTeam(team))
  return members
}

/** Their numbers, nearest first; some may be there twice, and -1 for a preferred one who is not online. */
function passedOver(
  { team, preferred, skip, weight }: WaitingConversation,
  asked: Asked,
  roster: Roster,
  taker: number,
  { rules }: MatchOptions,
): readonly number[] {
  const members = membersOf(asked, roster)
  const fits = members.slice()
  roster.keepFitting(fits, asked)
  const room = roster.withRoomFor(weight)
  const numbers = preferred === null ? [] : [roster.numberOf(preferred.agent)]
  for (const { agent } of skip) {
    const number = roster.numberOf(agent)
    if (number >= 0 && has(fits, number)) numbers.push(number)
  }
  const order = roster.order(rules(team).policy)
  if (drop(fits, room)) pushFirst(numbers, order, order.length, fits)
  if (keep(members, room)) pushFirst(numbers, order, order.indexOf(taker), members)
  return numbers
}

/** Adds to `numbers` those of `set` who come before place `end` of the order, as many as may be named. */
function pushFirst(numbers: number[], order: Int32Array, end: number, set: AgentSet): void {
  for (let place = 0; place < end && numbers.length <= MOST; place++) {
    const number = order[place] ?? 0
    if (has(set, number)) numbers.push(number)
  }
}

/** Why somebody who fits and has room does not go first. */
function comesAfter({ team }: WaitingConversation, roster: Roster, number: number): string {
  if (!has(roster.unkept, number)) return 'room kept for a longer wait'
  return has(roster.inTeam(team), number) ? 'fewer preferred skills' : 'asked after the team itself'
}
