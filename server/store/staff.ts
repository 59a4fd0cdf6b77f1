/**
 * Who is there, and how much of their room is taken: for every match and every forecast. The loads are read each time;
 * the profiles are kept, and sent again by the same statement when one has changed since. (500 profiles as JSON take
 * the database and the node 10 ms; their loads 4.) Each agent is looked up by itself: joined with what all agents hold,
 * grouped, it is quicker by a half while the planner's statistics are fresh, and a hundred times slower while not.
 * The same holds of whom something is offered: the limit keeps the planner from reading all conversations for a few.
 * What is held is read from the running handoffs, which no event in between writes: each event of a conversation leaves a
 * dead row behind, and by these it took 7 ms for 40 agents at 500 events a second; by handoffs two or three.
 */
import { sql, type RawBuilder } from 'kysely'
import type { AgentProfile, AgentView } from '../runtime/runtime.ts'
import type { Database } from './database.ts'

/** An agent with the room taken now. */
export interface Staffed extends AgentProfile {
  readonly tiers: readonly string[]
  readonly presence: AgentView['presence']
  readonly online: boolean
  readonly because: 'missed' | null
  /** The weights of what is held, offered and wrapped up. */
  readonly load: number
  /** How many conversations are held. */
  readonly held: number
  /** When they last took or ended a conversation, or came: epoch ms. */
  readonly idleSince: number
}

/** What `staff` selects; read it with `staffIn`. */
export interface StaffRead {
  readonly version: string | null
  readonly loads: readonly Load[] | null
  /** Null when those that are kept are the newest. */
  readonly profiles: readonly Profile[] | null
}

type Load = readonly [
  id: string,
  presence: Staffed['presence'],
  because: Staffed['because'],
  load: number,
  held: number,
  idleSince: number,
]

interface Profile {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
  readonly skills: Readonly<Record<string, number>>
  readonly languages: readonly string[]
  readonly channels: readonly string[]
  readonly tiers: readonly string[]
  readonly capacity: number
  readonly bot: string | null
}

interface Known {
  readonly version: string | null
  readonly profiles: ReadonlyMap<string, KnownProfile>
}
type KnownProfile = AgentProfile & Pick<Profile, 'tiers'>

const NOBODY: Known = { version: null, profiles: new Map() }
const known = new WeakMap<Database, Known>()

/** The agents `g` for whom `which` holds, as JSON: a part of a larger statement. In the order of their ids. */
export function staff(database: Database, which: RawBuilder<unknown>, now: number): RawBuilder<StaffRead> {
  const { version } = known.get(database) ?? NOBODY
  return sql<StaffRead>`(
    with offered as materialized (
      select o.offered_to, o.weight from baton.queue q
        cross join lateral (
          select c.offered_to, c.weight from baton.conversations c where c.id = q.id collate "default" limit 1) o
      where q.offered)
    select json_build_object('version', v.version,
      'loads', (select json_agg(json_build_array(g.id, g.presence, g.away_because,
          coalesce(h.weight, 0) + coalesce(o.weight, 0) + coalesce(w.weight, 0), h.count,
          greatest(g.presence_at, h.accepted_at, i.finished_at)) order by g.id)
        from baton.agents g
          cross join lateral (
            select sum(x.weight) as weight, count(*) as count, max(x.accepted_at) as accepted_at
            from baton.handoffs x where x.agent = g.id and x.finished_at is null) h
          cross join lateral (
            select sum(f.weight) as weight from offered f where f.offered_to = g.id) o
          cross join lateral (
            select sum(x.weight) as weight from baton.handoffs x where x.agent = g.id and x.wrap_until > ${now}) w
          left join lateral (
            select x.finished_at from baton.handoffs x where x.agent = g.id and x.finished_at is not null
            order by x.finished_at desc limit 1) i on true
        where ${which}),
      'profiles', case when v.version is distinct from ${version}::text then (
        select json_agg(json_build_object('id', id, 'name', name, 'teams', teams, 'skills', skills::json,
          'languages', languages, 'channels', channels, 'tiers', tiers, 'capacity', capacity, 'bot', bot))
        from baton.agents) end)
    from (select sum(saved)::text as version from baton.agents) v)`
}

export async function readStaff(
  database: Database,
  which: RawBuilder<unknown>,
  now: number,
): Promise<readonly Staffed[]> {
  const { rows } = await sql<{ staff: StaffRead }>`select ${staff(database, which, now)} as staff`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  return staffIn(database, first.staff)
}

export function staffIn(database: Database, { version, loads, profiles }: StaffRead): readonly Staffed[] {
  if (profiles !== null)
    known.set(database, { version, profiles: new Map(profiles.map((each) => [each.id, knownProfile(each)])) })
  const { profiles: all } = known.get(database) ?? NOBODY
  const staffed: Staffed[] = []
  for (const load of loads ?? []) {
    const profile = all.get(load[0])
    if (profile !== undefined) staffed.push(withLoad(profile, load))
  }
  return staffed
}

/** Written out: spread, each of the many takes four times the memory, and much of it outlives young collections. */
function withLoad(profile: KnownProfile, [id, presence, because, load, held, idleSince]: Load): Staffed {
  const { name, teams, skills, languages, channels, tiers, capacity, bot } = profile
  return {
    id,
    name,
    teams,
    skills,
    languages,
    channels,
    tiers,
    capacity,
    ...(bot === undefined ? {} : { bot }),
    presence,
    online: presence === 'online',
    because,
    load,
    held,
    idleSince,
  }
}

function knownProfile({ bot, ...profile }: Profile): KnownProfile {
  return bot === null ? profile : { ...profile, bot }
}
