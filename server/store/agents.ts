/** Agents as rows. */
import { sql } from 'kysely'
import type { AvailableAgent } from '#engine/routing/index.ts'
import type { AgentProfile, AgentView } from '../runtime/runtime.ts'
import type { Database } from './database.ts'
import { readStaff } from './staff.ts'

/** Those online of any of these teams, or named, with their load and idle time. By id. */
export async function availableAgents(
  database: Database,
  { teams, named }: { readonly teams: readonly string[]; readonly named: readonly string[] },
  now: number,
): Promise<readonly AvailableAgent[]> {
  if (teams.length === 0 && named.length === 0) return []
  const which = sql`g.presence = 'online' and (g.teams && ${teams}::text[] or g.id = any(${named}::text[]))`
  return readStaff(database, which, now)
}

/** Everybody, in their order; or one. */
export async function agentViews(database: Database, now: number, id?: string): Promise<readonly AgentView[]> {
  const all = await readStaff(database, id === undefined ? sql`true` : sql`g.id = ${id}`, now)
  return all.map(({ online: _, because, held: __, idleSince: ___, ...view }) => ({
    ...view,
    ...(because === null || view.presence !== 'away' ? {} : { because }),
  }))
}

export async function saveAgent(database: Database, profile: AgentProfile): Promise<void> {
  const { id, name, teams, skills, languages, channels, tiers = [], capacity, bot = null } = profile
  const values = {
    name,
    teams: [...teams],
    skills: JSON.stringify(skills),
    languages: [...languages],
    channels: [...channels],
    tiers: [...tiers],
    capacity,
    bot,
  }
  await database
    .insertInto('baton.agents')
    .values({ id, ...values, presence_at: 0 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ ...values, saved: sql<number>`nextval('baton.agents_saved')` }),
    )
    .execute()
}
