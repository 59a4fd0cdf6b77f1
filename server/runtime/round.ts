/** One round of matching, in its parts: what to read next, and what the offers leave. */
import type { AgentName } from '#engine/index.ts'
import { fitsNeeds, type AvailableAgent, type Match, type WaitingConversation } from '#engine/routing/index.ts'
import { firstOf, type Cursor, type WaitingRow } from '../store/queue.ts'
import { needsIn, soughtOf, type KeyedNeeds } from './needs.ts'

export interface Offer extends Omit<Match, 'agent'> {
  readonly agent: AgentName
  readonly team: string
  readonly weight: number
  readonly turn: number
  /** What it was found for, as `soughtOf`. */
  readonly sought: string
}

/** Conversations of the same needs that are read at once, at most. */
const PAGE = 500

/** Whom transfers ask for by name, among those who wait. */
export function askedIn(keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => needsIn(key).asked ?? [])
}

/** For whom some of these are kept now: whether they are there decides whether anybody else is offered them. */
export function heldFor(waiting: readonly WaitingConversation[], now: number): readonly string[] {
  const held = waiting.flatMap(({ preferred }) =>
    preferred?.until != null && preferred.until > now ? [preferred.agent] : [],
  )
  return [...new Set(held)]
}

/** Of each of these needs that somebody with room meets, as many as those have room for. */
export function cursorsFor(keys: readonly string[], agents: readonly AvailableAgent[]): readonly Cursor[] {
  const open = agents.filter(hasRoom)
  if (open.length === 0) return []
  return keys.flatMap((key) => {
    const room = roomFor(needsIn(key), open)
    return room > 0 ? [firstOf(key, Math.min(Math.ceil(room), PAGE))] : []
  })
}

/**
 * Where to read on: of needs of which there may be more, where somebody who meets them has room when the turn of the
 * next of them comes. What is given to later ones does not count: that would be theirs.
 */
export function beyond(
  cursors: readonly Cursor[],
  rows: readonly WaitingRow[],
  agents: readonly AvailableAgent[],
  offers: readonly Offer[],
): readonly Cursor[] {
  return cursors.flatMap(({ key, limit }) => {
    const those = rows.filter((row) => row.needs_key === key)
    const last = those.at(-1)
    if (last === undefined || those.length < limit) return []
    const earlier = offers.filter((offer) => comesBefore(offer, last))
    const open = afterOffers(agents, earlier).filter(hasRoom)
    return roomFor(needsIn(key), open) > 0 ? [{ key, limit: PAGE, turn: last.turn, id: last.id }] : []
  })
}

/** Or is the same. */
function comesBefore({ turn, conversation }: Offer, last: WaitingRow): boolean {
  return turn < last.turn || (turn === last.turn && conversation <= last.id)
}

/** The matches, with what the offers must know of both sides. */
export function offersOf(
  matches: readonly Match[],
  waiting: readonly WaitingConversation[],
  agents: readonly AvailableAgent[],
): readonly Offer[] {
  const conversations = new Map(waiting.map((each) => [each.id, each]))
  const bots = new Map(agents.flatMap(({ id, bot }) => (bot === undefined ? [] : [[id, bot] as const])))
  return matches.flatMap(({ agent, ...found }) => {
    const conversation = conversations.get(found.conversation)
    if (conversation === undefined) return []
    const { team, weight, turn } = conversation
    const sought = soughtOf(conversation, conversation)
    const bot = bots.get(agent.id)
    return [{ ...found, team, weight, turn, sought, agent: { ...agent, ...(bot === undefined ? {} : { bot }) } }]
  })
}

function afterOffers(agents: readonly AvailableAgent[], offers: readonly Offer[]): readonly AvailableAgent[] {
  const taken = new Map<string, number>()
  for (const { agent, weight } of offers) taken.set(agent.id, (taken.get(agent.id) ?? 0) + weight)
  return agents.map((agent) => {
    const weight = taken.get(agent.id)
    return weight === undefined ? agent : { ...agent, load: agent.load + weight }
  })
}

function hasRoom({ load, capacity }: AvailableAgent): boolean {
  return load < capacity
}

/** What those have left who meet the needs. */
function roomFor({ needs, asked }: KeyedNeeds, open: readonly AvailableAgent[]): number {
  return open.reduce((sum, agent) => sum + (meets(agent, needs, asked) ? agent.capacity - agent.load : 0), 0)
}

/** Who is asked for by name need not be of the team. */
function meets(agent: AvailableAgent, needs: KeyedNeeds['needs'], asked: string | null): boolean {
  return fitsNeeds(needs, agent) || (agent.id === asked && fitsNeeds(needs, { ...agent, teams: [needs.team] }))
}
