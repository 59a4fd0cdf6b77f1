/** Teams as rows. */
import { milliseconds } from '#engine/index.ts'
import type { TeamRules } from '#engine/routing/index.ts'
import type { Team } from '../runtime/runtime.ts'
import type { Database } from './database.ts'
import type { TeamRow } from './tables.ts'
import { sql, type Selectable } from 'kysely'

export interface TeamSetting extends TeamRules {
  /** How long an offer rings, in milliseconds. */
  readonly offerFor: number
}

const OFFER_FOR = '30s'
const AWAY_AFTER = 2
const POLICY = 'leastLoaded'

export type TeamSettings = (team: string) => TeamSetting
export type SettingRow = Pick<TeamRow, 'id' | 'policy' | 'offer_for'>

/** How each team is served; one that is not saved, by the defaults. */
export function settingsOf(rows: readonly SettingRow[]): TeamSettings {
  const saved = new Map(rows.map(({ id, policy, offer_for }) => [id, settingOf(policy, offer_for)]))
  const unsaved = settingOf(POLICY, null)
  return (team) => saved.get(team) ?? unsaved
}

export async function readSettings(database: Database): Promise<TeamSettings> {
  return settingsOf(await database.selectFrom('baton.teams').select(['id', 'policy', 'offer_for']).execute())
}

export async function readTeams(database: Database, id?: string): Promise<readonly Team[]> {
  const rows = await database
    .selectFrom('baton.teams')
    .selectAll()
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('id')
    .execute()
  return rows.map(teamOf)
}

/** Who waits for it takes at once the room that its weights say now: both a match and the offer it leads to ask for that. */
export async function saveTeam(database: Database, team: Team): Promise<void> {
  const { id, name, offerFor = null, routing = POLICY, weights = {}, awayAfter = AWAY_AFTER } = team
  const values = {
    name,
    offer_for: offerFor,
    policy: routing,
    weights: JSON.stringify(weights),
    away_after: awayAfter,
  }
  const weight = sql<number>`coalesce((${values.weights}::jsonb->>q.channel)::double precision, 1)`
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('baton.teams')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
    await sql`update baton.conversations c set weight = ${weight} from baton.queue q
      where q.id collate "default" = c.id and q.team = ${id} and c.weight <> ${weight}`.execute(transaction)
    await sql`update baton.queue q set weight = ${weight}
      where q.team = ${id} and q.weight <> ${weight}`.execute(transaction)
  })
}

function settingOf(policy: TeamRow['policy'], offerFor: string | null): TeamSetting {
  return { policy, offerFor: milliseconds(offerFor ?? OFFER_FOR) }
}

/** What is as it would be anyway is left out. */
function teamOf({ id, name, offer_for, policy, weights, away_after }: Selectable<TeamRow>): Team {
  return {
    id,
    name,
    ...(offer_for === null ? {} : { offerFor: offer_for }),
    ...(policy === POLICY ? {} : { routing: policy }),
    ...(Object.keys(weights).length === 0 ? {} : { weights }),
    ...(away_after === AWAY_AFTER ? {} : { awayAfter: away_after }),
  }
}
