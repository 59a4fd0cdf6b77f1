/**
 * The agents during one matching: who meets which need, who still has room, and in which order a team asks them.
 *
 * Each need (a team, a language, a skill at a level) is one set of agents, made once and kept; the needs of a
 * conversation are the intersection of a handful of them. So a matching costs the same however many different needs
 * wait. The orders are kept sorted: who takes a conversation can only move back in them.
 */
import { add, emptySet, fullSet, has, join, keep, remove, type AgentSet } from './agent-set.ts'
import type { AgentName, AvailableAgent, TeamRules } from './match.ts'
import { levelOf, serves, servesTier, speaks, type Asked } from './needs.ts'

/** An agent, and where it stands in this matching. */
export interface Rostered {
  readonly agent: AvailableAgent
  readonly name: AgentName
  readonly load: number
  readonly held: number
  readonly idleSince: number
}

export interface Roster {
  /** By id. Sets and orders speak of an agent by its number here. */
  readonly agents: readonly Rostered[]
  /** -1 where no such agent is online. */
  numberOf(id: string): number
  /** Also of those who are not online. */
  find(id: string): AvailableAgent | undefined
  inTeam(team: string): AgentSet
  withSkill(skill: string, level: number): AgentSet
  /** Leaves in `set` only those who meet the needs. */
  keepFitting(set: AgentSet, asked: Asked): boolean
  withRoomFor(weight: number): AgentSet
  /** All numbers, in the order in which this policy asks. */
  order(policy: TeamRules['policy']): Int32Array
  take(agent: number, weight: number): void
  /** Nobody gets room of this agent any more whose turn is later than `until`. To be called in the order of turns. */
  keepRoom(agent: number, until: number): void
  /** Those whose room is not kept for anybody. */
  readonly unkept: AgentSet
  /** Goes on to this turn. */
  reach(turn: number): void
}

type Change = { -readonly [Key in keyof Rostered]: Rostered[Key] }

/** Weights are fractions, and their sums miss by less than this. */
const ROUNDING = 1e-9

/** Those of the agents who are online. */
export function createRoster(all: readonly AvailableAgent[], now: number): Roster {
  const agents: Change[] = all
    .filter((agent) => agent.online)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((agent) => ({ agent, name: nameOf(agent), load: agent.load, held: agent.held, idleSince: agent.idleSince }))
  const numbers = new Map(agents.map(({ agent }, number) => [agent.id, number]))
  const rooms = new Map<number, AgentSet>()
  const orders = new Map<TeamRules['policy'], Int32Array>()
  /** Whose room is kept, in the order in which it is closed to all others. */
  const kept: { readonly agent: number; readonly until: number }[] = []
  const closed = emptySet(agents.length)
  const unkept = fullSet(agents.length)
  const comparing = (policy: TeamRules['policy']) => (one: number, other: number) => compare(policy, agents, one, other)

  return {
    agents,
    ...createOfferings(agents),
    numberOf: (id) => numbers.get(id) ?? -1,
    find: (id) => all.find((agent) => agent.id === id),
    withRoomFor: (weight) =>
      once(rooms, weight, () => setOf(agents, (each, number) => hasRoomFor(each, weight) && !has(closed, number))),
    order: (policy) => once(orders, policy, () => Int32Array.from(agents.keys()).sort(comparing(policy))),
    take(number, weight) {
      const taker = agents[number]
      if (taker === undefined) return
      taker.load += weight
      taker.held += 1
      taker.idleSince = Math.max(taker.idleSince, now)
      for (const [each, set] of rooms) if (!hasRoomFor(taker, each)) remove(set, number)
      for (const [policy, sorted] of orders) moveBack(sorted, number, comparing(policy))
    },
    unkept,
    keepRoom(agent, until) {
      remove(unkept, agent)
      kept.push({ agent, until })
    },
    reach(turn) {
      for (let next = kept[0]; next !== undefined && next.until < turn; next = kept[0]) {
        kept.shift()
        add(closed, next.agent)
        for (const set of rooms.values()) remove(set, next.agent)
      }
    },
  }
}

export function nameOf({ id, name }: AvailableAgent): AgentName {
  return { id, name }
}

export function hasRoomFor({ agent, load }: Rostered, weight: number): boolean {
  return load + weight <= agent.capacity + ROUNDING
}

type Offerings = Pick<Roster, 'inTeam' | 'withSkill' | 'keepFitting'>

function createOfferings(agents: readonly Rostered[]): Offerings {
  const kept = () => new Map<string, AgentSet>()
  const [teams, channels, languages, tiers, skills] = [kept(), kept(), kept(), kept(), kept()]

  const those = (sets: Map<string, AgentSet>, need: string, test: (agent: AvailableAgent) => boolean): AgentSet =>
    once(sets, need, () => setOf(agents, ({ agent }) => test(agent)))
  const inTeam = (team: string) => those(teams, team, (agent) => agent.teams.includes(team))
  const withSkill = (skill: string, level: number) =>
    those(skills, `${level} ${skill}`, (agent) => levelOf(agent, skill) >= level)
  const inTeams = (asked: readonly string[]) => {
    const [first = '', ...others] = asked
    if (others.length === 0) return inTeam(first)
    const all = inTeam(first).slice()
    for (const team of others) join(all, inTeam(team))
    return all
  }

  return {
    inTeam,
    withSkill,
    keepFitting: (set, { teams: asked, channel, language, tier, skills: needed }) =>
      keep(set, inTeams(asked)) &&
      keep(
        set,
        those(channels, channel, (agent) => serves(agent, channel)),
      ) &&
      (language === null ||
        keep(
          set,
          those(languages, language, (agent) => speaks(agent, language)),
        )) &&
      (tier === null ||
        keep(
          set,
          those(tiers, tier, (agent) => servesTier(agent, tier)),
        )) &&
      needed.every(([skill, level]) => keep(set, withSkill(skill, level))),
  }
}

function setOf(agents: readonly Rostered[], test: (rostered: Rostered, number: number) => boolean): AgentSet {
  const set = emptySet(agents.length)
  agents.forEach((rostered, number) => {
    if (test(rostered, number)) add(set, number)
  })
  return set
}

/** What was made for this key, made at the first time. */
function once<Key, Value>(made: Map<Key, Value>, key: Key, make: () => Value): Value {
  let found = made.get(key)
  if (found === undefined) {
    found = make()
    made.set(key, found)
  }
  return found
}

/** Negative when `one` is asked before `other`. Of equals the smaller id, which has the smaller number. */
function compare(policy: TeamRules['policy'], agents: readonly Rostered[], one: number, other: number): number {
  const [first, second] = [agents[one], agents[other]]
  if (first === undefined || second === undefined) return 0
  const byLoad = share(first) - share(second)
  const byIdle = first.idleSince - second.idleSince
  switch (policy) {
    case 'leastLoaded':
      return byLoad || byIdle || one - other
    case 'longestIdle':
      return Number(first.load > 0) - Number(second.load > 0) || byIdle || byLoad || one - other
    default:
      return policy satisfies never
  }
}

/** The share of the room that is taken. */
function share({ agent, load }: Rostered): number {
  return agent.capacity > 0 ? load / agent.capacity : 1
}

/** Sorts one anew who can only have moved back. */
function moveBack(sorted: Int32Array, moved: number, compareNow: (one: number, other: number) => number): void {
  const from = sorted.indexOf(moved)
  let before = from
  let behind = sorted.length
  while (behind - before > 1) {
    const middle = (before + behind) >>> 1
    if (compareNow(moved, sorted[middle] ?? moved) > 0) before = middle
    else behind = middle
  }
  sorted.copyWithin(from, from + 1, before + 1)
  sorted[before] = moved
}
