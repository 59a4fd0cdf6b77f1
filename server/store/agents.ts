/** Agents, teams and schedules as rows. */
import { sql } from 'kysely'
import type { AvailableAgent } from '#engine/routing/index.ts'
import type { AgentProfile, AgentView } from '../runtime/runtime.ts'
import type { Database } from './database.ts'
import { agentLoads } from './queue.ts'
import type { AgentRow } from './tables.ts'

type LoadedRow = AgentRow & {
  readonly load: number
  readonly presence: AgentView['presence']
  readonly idle_since: number | null
}

/** The agents of a team who are online, and of others only those who are named. With their load and idle time. */
export async function availableAgents(
  database: Database,
  team: string,
  now: number,
  named: readonly string[] | null = null,
): Promise<readonly AvailableAgent[]> {
  if (named?.length === 0) return []
  const whom = named === null ? sql`a.teams @> array[${team}]` : sql`a.id = any(${named})`
  const { rows } = await sql<LoadedRow>`
    select a.*, (select max(h.finished_at) from baton.handoffs h where h.agent = a.id) as idle_since
    from (${agentLoads(now)}) a where a.presence = 'online' and ${whom} order by a.id`.execute(database)
  return rows.map((row) => ({ ...profileOf(row), online: true, load: row.load, idleSince: row.idle_since ?? 0 }))
}

export async function agentViews(database: Database, now: number, id?: string): Promise<readonly AgentView[]> {
  const { rows } = await sql<LoadedRow>`
    select a.* from (${agentLoads(now)}) a
    where ${id === undefined ? sql`true` : sql`a.id = ${id}`} order by a.id`.execute(database)
  return rows.map((row) => ({ ...profileOf(row), presence: row.presence, load: row.load }))
}

export async function saveAgent(database: Database, profile: AgentProfile, now: number): Promise<void> {
  const { id, name, teams, skills, languages, channels, capacity } = profile
  const values = {
    name,
    teams: [...teams],
    skills: JSON.stringify(skills),
    languages: [...languages],
    channels: [...channels],
    capacity,
  }
  await database
    .insertInto('baton.agents')
    .values({ id, ...values, presence_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

function profileOf({ id, name, teams, skills, languages, channels, capacity }: LoadedRow): AgentProfile {
  // Only `saveAgent` writes this column.
  return { id, name, teams, languages, channels, capacity, skills: JSON.parse(skills) as Record<string, number> }
}
