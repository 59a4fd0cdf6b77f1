/** Which agent one conversation goes to, in the state of a matching. The laws are those of `match.ts`. */
import { add, emptySet, firstOf, has, isEmpty, keep, narrow, remove, type AgentSet } from './agent-set.ts'
import type { AvailableAgent, MatchOptions, WaitingConversation } from './match.ts'
import { lacksOf, type Asked, type Lack } from './needs.ts'
import type { Roster, Rostered } from './roster.ts'

/** Who takes it; or whose room is to be kept for it, as it needs more than anybody has; or neither. */
export type Choice = { readonly taker: number } | { readonly keeps: number } | null

/** `open`: those who have room for anything at all. */
export function choose(
  conversation: WaitingConversation,
  asked: Asked,
  roster: Roster,
  open: AgentSet,
  options: MatchOptions,
): Choice {
  const pool = open.slice()
  roster.keepFitting(pool, asked)
  const preferred = preferredOf(conversation, asked, roster)
  if (preferred !== null && has(open, preferred)) add(pool, preferred)
  if (isEmpty(pool)) return null
  const holder = holderOf(conversation, asked, roster, options.now)
  if (holder !== null && !keepOnly(pool, holder)) return null

  const again = leaveInPeace(conversation, roster, pool)
  const room = roster.withRoomFor(conversation.weight)
  const free = pool.slice()
  if (!keep(free, room)) {
    free.set(again)
    if (!keep(free, room)) return roomiest(conversation, roster, pool)
  }
  const taker = first(conversation, roster, free, preferred, options)
  return taker === undefined ? null : { taker }
}

/** The number of the agent who is preferred, when that one is there and may take it. */
function preferredOf(conversation: WaitingConversation, asked: Asked, roster: Roster): number | null {
  const { preferred } = conversation
  if (preferred === null) return null
  const number = roster.numberOf(preferred.agent)
  const found = roster.agents[number]
  return found !== undefined && lacksFor(conversation, asked, found.agent).length === 0 ? number : null
}

/** What an agent lacks for it. Who is asked for by name need not be of the team; who helped last time must still be. */
export function lacksFor({ preferred }: WaitingConversation, asked: Asked, agent: AvailableAgent): readonly Lack[] {
  const lacks = lacksOf(asked, agent)
  const isAskedFor = preferred?.why === 'asked' && preferred.agent === agent.id
  return isAskedFor ? lacks.filter(({ need }) => need !== 'team') : lacks
}

/** The number of the agent for whom it is held at `now`: nobody else may be offered it. */
export function holderOf(conversation: WaitingConversation, asked: Asked, roster: Roster, now: number): number | null {
  const { preferred, skip, weight } = conversation
  if (preferred === null || preferred.until === null || now >= preferred.until) return null
  if (skip.some((each) => each.agent === preferred.agent)) return null
  const number = preferredOf(conversation, asked, roster)
  const found = number === null ? undefined : roster.agents[number]
  return found !== undefined && weight <= found.agent.capacity ? number : null
}

/** Whether one who was offered it in vain may be offered it again: people after a rest, bots never. */
export function mayAskAgain({ rested }: WaitingConversation, { agent }: Rostered): boolean {
  return rested && agent.bot === undefined
}

/** Takes those who were offered it in vain out of `pool`, and returns those of them who may be asked again. */
function leaveInPeace(conversation: WaitingConversation, roster: Roster, pool: AgentSet): AgentSet {
  const again = emptySet(roster.agents.length)
  for (const { agent } of conversation.skip) {
    const number = roster.numberOf(agent)
    const found = roster.agents[number]
    if (found === undefined || !has(pool, number)) continue
    remove(pool, number)
    if (mayAskAgain(conversation, found)) add(again, number)
  }
  return again
}

/** Law 5. `free`: those who can take it. */
function first(
  conversation: WaitingConversation,
  roster: Roster,
  free: AgentSet,
  preferred: number | null,
  { rules }: MatchOptions,
): number | undefined {
  if (preferred !== null && has(free, preferred)) return preferred
  narrow(free, roster.inTeam(conversation.team))
  keepMostPreferred(conversation.prefer, roster, free)
  return firstOf(roster.order(rules(conversation.team).policy), free)
}

/** Leaves those who have most of the preferred skills. */
function keepMostPreferred(prefer: WaitingConversation['prefer'], roster: Roster, free: AgentSet): void {
  const wished = Object.entries(prefer).map(([skill, level]) => roster.withSkill(skill, level))
  if (wished.length === 0) return
  const count = (number: number) => wished.reduce((sum, set) => sum + Number(has(set, number)), 0)
  let most = 0
  roster.agents.forEach((_, number) => {
    if (has(free, number)) most = Math.max(most, count(number))
  })
  roster.agents.forEach((_, number) => {
    if (has(free, number) && count(number) < most) remove(free, number)
  })
}

/** Of those who could take it if they were less busy, the one with most room; to be kept until it is enough. */
function roomiest({ weight }: WaitingConversation, roster: Roster, pool: AgentSet): Choice {
  if (!keep(pool, roster.unkept)) return null
  let found: number | null = null
  let most = 0
  roster.agents.forEach(({ agent, load }, number) => {
    if (!has(pool, number) || weight > agent.capacity || agent.capacity - load <= most) return
    found = number
    most = agent.capacity - load
  })
  return found === null ? null : { keeps: found }
}

function keepOnly(set: AgentSet, agent: number): boolean {
  const isThere = has(set, agent)
  set.fill(0)
  if (isThere) add(set, agent)
  return isThere
}
