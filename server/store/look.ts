/**
 * What a round of matching begins with, by one statement: who is there, what is waited for, and how teams are served.
 */
import { sql } from 'kysely'
import type { AvailableAgent } from '#engine/routing/index.ts'
import type { Database } from './database.ts'
import { waitingKeys } from './queue.ts'
import { staff, staffIn, type StaffRead } from './staff.ts'
import { settingsOf, type SettingRow, type TeamSettings } from './teams.ts'

export interface Look {
  /** Those online of these teams, and of all teams of these agents. By id. */
  readonly agents: readonly AvailableAgent[]
  /** The different needs of all who may be offered to somebody now. */
  readonly keys: readonly string[]
  readonly settings: TeamSettings
}

interface LookRow {
  readonly staff: StaffRead
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
    select ${staff(database, which, now)} as staff,
      (select json_agg(k.key) from (${waitingKeys}) k) as keys,
      (select json_agg(json_build_object('id', id, 'policy', policy, 'offer_for', offer_for)) from baton.teams) as teams
    `.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  return {
    agents: staffIn(database, first.staff),
    keys: first.keys ?? [],
    settings: settingsOf(first.teams ?? []),
  }
}
