/**
 * Agents who fit the same of those ahead are one crew: it does not matter which of them ends first. A forecast is made
 * at every joining, so they are found by sets: each need (a team, a language, a skill at a level) is looked up once
 * for all agents, and who fits a conversation is the intersection of a handful of them.
 */
import { add, emptySet, has, join, keep, type AgentSet } from './agent-set.ts'
import type { Crew } from './drain.ts'
import { asked, levelOf, serves, servesTier, speaks, type Needs, type Offering } from './needs.ts'

export interface CrewMember extends Offering {
  readonly capacity: number
  readonly load: number
}

/**
 * `own` are the needs of the customer, who takes `weight`; room that is smaller does not count as free. `Crew.fits`
 * speaks of `ahead` by number.
 */
export function crewsOf(
  agents: readonly CrewMember[],
  own: Needs,
  weight: number,
  ahead: readonly Needs[],
): readonly Crew[] {
  const fittingOf = createFitting(agents)
  const mine = fittingOf(own)
  const others = ahead.map(fittingOf)
  const crews = new Map<string, { -readonly [Key in keyof Crew]: Crew[Key] }>()
  agents.forEach(({ capacity, load }, number) => {
    const fits: number[] = []
    others.forEach((fitting, need) => {
      if (has(fitting, number)) fits.push(need)
    })
    const isMine = has(mine, number)
    if (fits.length === 0 && !isMine) return
    const free = capacity - load >= weight ? capacity - load : 0
    const key = String.fromCharCode(Number(isMine), ...fits)
    const crew = crews.get(key)
    if (crew === undefined) crews.set(key, { capacity, free, fits, mine: isMine })
    else {
      crew.capacity += capacity
      crew.free += free
    }
  })
  return [...crews.values()]
}

/** Who of the agents fits, for needs one after the other. */
function createFitting(agents: readonly CrewMember[]): (needs: Needs) => AgentSet {
  const sets = new Map<string, AgentSet>()
  const those = (need: string, test: (agent: CrewMember) => boolean): AgentSet => {
    let set = sets.get(need)
    if (set === undefined) {
      const found = emptySet(agents.length)
      agents.forEach((agent, number) => {
        if (test(agent)) add(found, number)
      })
      set = found
      sets.set(need, set)
    }
    return set
  }
  return (needs) => {
    const { teams, channel, language, tier, skills } = asked(needs)
    const fits = emptySet(agents.length)
    for (const team of teams)
      join(
        fits,
        those(`team ${team}`, (agent) => agent.teams.includes(team)),
      )
    keep(
      fits,
      those(`channel ${channel}`, (agent) => serves(agent, channel)),
    )
    if (language !== null)
      keep(
        fits,
        those(`language ${language}`, (agent) => speaks(agent, language)),
      )
    if (tier !== null)
      keep(
        fits,
        those(`tier ${tier}`, (agent) => servesTier(agent, tier)),
      )
    for (const [skill, level] of skills) {
      keep(
        fits,
        those(`skill ${level} ${skill}`, (agent) => levelOf(agent, skill) >= level),
      )
    }
    return fits
  }
}
