/**
 * What a round of matching begins with, by one statement: what is waited for, how teams are served and, where anything is
 * waited for, who is there. (Most rounds begin because somebody has got room, and mostly nobody waits for it.)
 */
import { sql } from 'kysely'
import type { AvailableAgent } from '#engine/routing/index.ts'
import type { Database } from './database.ts'
import { waitingKeys } from './queue.ts'
import { staff, staffIn, type StaffRead } from './staff.ts'
import { settingsOf, type SettingRow, type TeamSettings } from './teams.ts'

export interface Look {
  /** Those online of these teams, and of all teams of these agents. By id. Nobody where nobody may be offered. */
  readonly agents: readonly AvailableAgent[]
  /** The different needs of all who may be offered to somebody now. */
  readonly keys: readonly string[]
  readonly settings: TeamSettings
}

interface LookRow {
  readonly staff: StaffRead | null
  readonly keys: readonly string[] | null
  readonly teams: readonly SettingRow[] | null
}

export async function lookAround(
  database: Database,
  { teams, agents }: { readonly teams: readonly string[]; readonly agents: readonly string[] },
  now: number,
): Promise<Look> {
  const which = sql`g.presence = 'online' and (g.id = any(${agents}::text[]) or g.teams && (${teams}::text[] || array(
    select unnest(f.teams) from baton.agents f where f.id = any(${agents}::text[]))))`
  const { rows } = await sql<LookRow>`
    select case when w.keys is not null then ${staff(database, which, now)} end as staff, w.keys,
      (select json_agg(json_build_object('id', id, 'policy', policy, 'offer_for', offer_for)) from baton.teams) as teams
    from (select json_agg(k.key) as keys from (${waitingKeys}) k) w`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  return {
    agents: first.staff === null ? [] : staffIn(database, first.staff),
    keys: first.keys ?? [],
    settings: settingsOf(first.teams ?? []),
  }
}
