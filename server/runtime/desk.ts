/** Agents, teams, schedules and queues, as the desk and its supervisors manage them. */
import type { Schedule } from '#engine/index.ts'
import { agentViews, saveAgent } from '../store/agents.ts'
import type { Database } from '../store/database.ts'
import { openByPhase, readMetrics, readQueues } from '../store/figures.ts'
import { readTeams, saveTeam } from '../store/teams.ts'
import { queueViews } from './forecasts.ts'
import { savePresence } from './presence.ts'
import { noSuchAgent } from './refusals.ts'
import { RuntimeError, type AgentProfile, type AgentView, type Desk } from './runtime.ts'
import { reading } from './write.ts'

export interface DeskDeps {
  readonly database: Database
  readonly clock: { now(): number }
  /** Called when an agent may take more than before. */
  freed(agent: string): void
  /** Called when who works, where and when has changed. */
  changed(): void
}

export function createDesk({ database, clock, freed, changed }: DeskDeps): Desk {
  async function agent(id: string): Promise<AgentView> {
    const [view] = await reading(() => agentViews(database, clock.now(), id))
    if (!view) throw noSuchAgent(id)
    return view
  }

  return {
    agents: () => reading(() => agentViews(database, clock.now())),
    agent,
    async putAgent(profile) {
      checkAgent(profile)
      await reading(() => saveAgent(database, profile))
      freed(profile.id)
      changed()
      return agent(profile.id)
    },
    async setPresence(id, presence) {
      await reading(() => savePresence(database, id, presence, clock.now()))
      // Who comes may be offered something; what was kept for who goes may be offered to others.
      freed(id)
      changed()
      return agent(id)
    },
    teams: () => reading(() => readTeams(database)),
    async team(id) {
      const [team] = await reading(() => readTeams(database, id))
      if (!team) throw new RuntimeError('not-found', `There is no team “${id}”. Make it with PUT /v1/teams/${id}.`)
      return team
    },
    async putTeam(team) {
      await reading(() => saveTeam(database, team))
      changed()
      return team
    },
    schedules: () =>
      reading(async () =>
        (await database.selectFrom('baton.schedules').selectAll().orderBy('id').execute()).map(scheduleOf),
      ),
    async schedule(id) {
      const row = await reading(() =>
        database.selectFrom('baton.schedules').selectAll().where('id', '=', id).executeTakeFirst(),
      )
      if (!row)
        throw new RuntimeError('not-found', `There is no schedule “${id}”. Make it with PUT /v1/schedules/${id}.`)
      return scheduleOf(row)
    },
    async putSchedule(schedule) {
      const values = { name: schedule.name ?? null, schedule: JSON.stringify(schedule.schedule) }
      await reading(() =>
        database
          .insertInto('baton.schedules')
          .values({ id: schedule.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute(),
      )
      return schedule
    },
    async queues() {
      const now = clock.now()
      return queueViews(await reading(() => readQueues(database, now)), now)
    },
    metrics: (since) => reading(() => readMetrics(database, since)),
    open: () => reading(() => openByPhase(database)),
  }
}

function checkAgent({ capacity }: AgentProfile): void {
  if (Number.isInteger(capacity) && capacity >= 0 && capacity <= 1_000) return
  throw new RuntimeError('invalid', 'An agent’s capacity is a whole number from 0 to 1000.', [
    { pointer: '/capacity', message: 'is not a capacity' },
  ])
}

function scheduleOf({ id, name, schedule }: { id: string; name: string | null; schedule: string }) {
  // Only `putSchedule` writes this column, from a Schedule.
  return { id, ...(name === null ? {} : { name }), schedule: JSON.parse(schedule) as Schedule }
}
