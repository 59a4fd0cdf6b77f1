/** Matching as one would write it without a thought for its cost, to hold `match` against: the laws, line by line. */
import { fitsNeeds, PASSING, type AvailableAgent, type WaitingConversation } from '#engine/routing/index.ts'
import type { Workload } from './workload.ts'

export function matchPlainly({ waiting, agents, options }: Workload): readonly string[] {
  const load = new Map(agents.map(({ id, load: taken }) => [id, taken]))
  const idle = new Map(agents.map(({ id, idleSince }) => [id, idleSince]))
  const kept = new Map<string, number>()
  const made: string[] = []
  const free = ({ id, capacity }: AvailableAgent) => capacity - (load.get(id) ?? 0)

  for (const each of [...waiting].sort((one, other) => one.turn - other.turn || (one.id < other.id ? -1 : 1))) {
    const could = agents
      .filter((agent) => agent.online && mayTake(each, agent))
      .filter((agent, _, all) => isUnheld(each, agent, all, options.now))
      .filter((agent) => !isSkipped(each, agent) || (each.rested && agent.bot === undefined))
      .filter((agent) => each.turn <= (kept.get(agent.id) ?? Infinity))
    const can = could.filter((agent) => free(agent) >= each.weight)
    const fresh = can.filter((agent) => !isSkipped(each, agent))
    const [taker] = (fresh.length > 0 ? fresh : can).sort((one, other) => goesFirst(each, one, other))
    if (taker !== undefined) {
      made.push(`${each.id} > ${taker.id}`)
      load.set(taker.id, (load.get(taker.id) ?? 0) + each.weight)
      idle.set(taker.id, options.now)
      continue
    }
    const [roomiest] = could
      .filter((agent) => !isSkipped(each, agent) && free(agent) > 0 && agent.capacity >= each.weight)
      .filter((agent) => !kept.has(agent.id))
      .sort((one, other) => free(other) - free(one) || (one.id < other.id ? -1 : 1))
    if (roomiest !== undefined) kept.set(roomiest.id, each.turn + PASSING)
  }
  return made

  function goesFirst(each: WaitingConversation, one: AvailableAgent, other: AvailableAgent): number {
    const rank = (agent: AvailableAgent) => {
      const taken = load.get(agent.id) ?? 0
      const share = agent.capacity > 0 ? taken / agent.capacity : 1
      const byPolicy =
        options.rules(each.team).policy === 'leastLoaded'
          ? [share, idle.get(agent.id) ?? 0]
          : [taken > 0 ? 1 : 0, idle.get(agent.id) ?? 0, share]
      return [
        agent.id === each.preferred?.agent ? 0 : 1,
        agent.teams.includes(each.team) ? 0 : 1,
        -Object.entries(each.prefer).filter(([skill, level]) => (agent.skills[skill] ?? 0) >= level).length,
        ...byPolicy,
      ]
    }
    const [first, second] = [rank(one), rank(other)]
    const at = first.findIndex((value, index) => value !== second[index])
    return at < 0 ? (one.id < other.id ? -1 : 1) : (first[at] ?? 0) - (second[at] ?? 0)
  }
}

/** Who is asked for by name need not be of the team. */
export function mayTake(each: WaitingConversation, agent: AvailableAgent): boolean {
  const isAskedFor = each.preferred?.why === 'asked' && each.preferred.agent === agent.id
  return fitsNeeds(each, isAskedFor ? { ...agent, teams: [each.team] } : agent)
}

export function isSkipped(each: WaitingConversation, agent: AvailableAgent): boolean {
  return each.skip.some((skip) => skip.agent === agent.id)
}

/** False while it is kept for another of `all`. */
export function isUnheld(
  each: WaitingConversation,
  agent: AvailableAgent,
  all: readonly AvailableAgent[],
  now: number,
): boolean {
  const { preferred } = each
  if (preferred === null || preferred.until === null || now >= preferred.until) return true
  const holder = all.find(({ id }) => id === preferred.agent)
  const holds =
    holder !== undefined &&
    holder.online &&
    mayTake(each, holder) &&
    !isSkipped(each, holder) &&
    holder.capacity >= each.weight
  return !holds || holder.id === agent.id
}
