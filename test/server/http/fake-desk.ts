import { RuntimeError, type AgentView, type Desk, type SavedSchedule, type Team } from '#server/runtime/runtime.ts'

/** The desk in memory, behind the real port. */
export function fakeDesk(): Desk {
  const agents = new Map<string, AgentView>()
  const teams = new Map<string, Team>()
  const schedules = new Map<string, SavedSchedule>()
  const found = <Item>(items: ReadonlyMap<string, Item>, id: string, what: string): Item => {
    const item = items.get(id)
    if (item === undefined) throw new RuntimeError('not-found', `There is no ${what} “${id}”. PUT it first.`)
    return item
  }
  return {
    agents: async () => [...agents.values()],
    agent: async (id) => found(agents, id, 'agent'),
    async putAgent(profile) {
      const view: AgentView = { presence: 'offline', load: 0, tiers: [], ...agents.get(profile.id), ...profile }
      agents.set(view.id, view)
      return view
    },
    async setPresence(id, presence) {
      const view = { ...found(agents, id, 'agent'), presence }
      agents.set(id, view)
      return view
    },
    teams: async () => [...teams.values()],
    team: async (id) => found(teams, id, 'team'),
    async putTeam(team) {
      teams.set(team.id, team)
      return team
    },
    schedules: async () => [...schedules.values()],
    schedule: async (id) => found(schedules, id, 'schedule'),
    async putSchedule(schedule) {
      schedules.set(schedule.id, schedule)
      return schedule
    },
    queues: async () => [
      {
        team: 'billing "x"',
        waiting: 2,
        offered: 1,
        longestWait: 90_000,
        eta: null,
        within: null,
        kept: { over: 0, share: null, medianError: null },
        agents: { online: 1, away: 0, capacity: 3, load: 2 },
      },
    ],
    metrics: async (since) => ({
      conversations: 10,
      handoffs: 4,
      handoffRate: 0.4,
      reasons: { explicitRequest: 3, loop: 1 },
      waits: { count: 4, mean: since, longest: 60_000 },
      open: { bot: 5, queued: 2 },
    }),
    open: async () => ({ bot: 5, queued: 2 }),
  }
}
