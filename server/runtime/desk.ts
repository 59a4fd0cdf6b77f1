/** Agents, teams, schedules and queues, as the desk and its supervisors manage them. */
import { eta } from '#engine/routing/index.ts'
import type { Schedule } from '#engine/index.ts'
import { agentViews, saveAgent } from '../store/agents.ts'
import type { Database } from '../store/database.ts'
import { readMetrics, readQueues } from '../store/figures.ts'
import { savePresence } from './presence.ts'
import { noSuchAgent } from './refusals.ts'
import { RuntimeError, type AgentProfile, type AgentView, type Desk, type QueueView } from './runtime.ts'
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
      await reading(() => saveAgent(database, profile, clock.now()))
      freed(profile.id)
      changed()
      return agent(profile.id)
    },
    async setPresence(id, presence) {
      await reading(() => savePresence(database, id, presence, clock.now()))
      if (presence === 'online') freed(id)
      changed()
      return agent(id)
    },
    teams: () =>
      reading(async () => (await database.selectFrom('baton.teams').selectAll().orderBy('id').execute()).map(teamOf)),
    async team(id) {
      const row = await reading(() =>
        database.selectFrom('baton.teams').selectAll().where('id', '=', id).executeTakeFirst(),
      )
      if (!row) throw new RuntimeError('not-found', `There is no team “${id}”. Make it with PUT /v1/teams/${id}.`)
      return teamOf(row)
    },
    async putTeam(team) {
      const values = { name: team.name, offer_for: team.offerFor ?? null }
      await reading(() =>
        database
          .insertInto('baton.teams')
          .values({ id: team.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute(),
      )
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
      return (await reading(() => readQueues(database, now))).map((row) => queueView(row, now))
    },
    metrics: (since) => reading(() => readMetrics(database, since)),
  }
}

function checkAgent({ capacity }: AgentProfile): void {
  if (Number.isInteger(capacity) && capacity >= 0 && capacity <= 1_000) return
  throw new RuntimeError('invalid', 'An agent’s capacity is a whole number from 0 to 1000.', [
    { pointer: '/capacity', message: 'is not a capacity' },
  ])
}

function queueView(row: Awaited<ReturnType<typeof readQueues>>[number], now: number): QueueView {
  const { team, waiting, offered, oldest, online, away, capacity, load, held, handle } = row
  return {
    team,
    waiting,
    offered,
    longestWait: oldest === null ? null : Math.max(0, now - oldest),
    eta: eta({ position: waiting + 1, capacity, free: capacity - held, handle }),
    agents: { online, away, capacity, load },
  }
}

function teamOf({ id, name, offer_for }: { id: string; name: string; offer_for: string | null }) {
  return { id, name, ...(offer_for === null ? {} : { offerFor: offer_for }) }
}

function scheduleOf({ id, name, schedule }: { id: string; name: string | null; schedule: string }) {
  // Only `putSchedule` writes this column, from a Schedule.
  return { id, ...(name === null ? {} : { name }), schedule: JSON.parse(schedule) as Schedule }
}
