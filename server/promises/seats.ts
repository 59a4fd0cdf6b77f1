/**
 * The room that people have, seat by seat: an agent of several teams sits once. Who is seated takes the room of an agent
 * who serves the fewest teams, so that as many as possible find somebody. Bots have no seats: who is called back was
 * promised a person.
 */
import type { AgentView } from '../runtime/runtime.ts'

export interface Seats {
  /** How many more conversations the agents of a team could take now. */
  free(team: string): number
  /** Takes so many seats of a team, or all there are. */
  take(team: string, count: number): void
}

export function seatsOf(agents: readonly AgentView[]): Seats {
  const staff = agents
    .filter(({ presence, bot }) => presence === 'online' && bot === undefined)
    .map(({ teams, capacity, load }) => ({ teams, free: Math.max(0, Math.floor(capacity - load)) }))
    .toSorted((a, b) => a.teams.length - b.teams.length)
  const of = (team: string) => staff.filter(({ teams }) => teams.includes(team))
  return {
    free: (team) => of(team).reduce((sum, { free }) => sum + free, 0),
    take(team, count) {
      let left = count
      for (const agent of of(team)) {
        const taken = Math.min(left, agent.free)
        agent.free -= taken
        left -= taken
      }
    },
  }
}
