/**
 * What a forecast is made of: who waits before whom, who is there, and how fast the last went. It is read by one
 * statement, so that all of it is of one moment.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Database } from './database.ts'
import { waitingKeys } from './queue.ts'
import { staff, staffIn, type Staffed, type StaffRead } from './staff.ts'

/** How many finished waits of a team say what forecasts are stretched by, and how true they were. */
const RECENT_WAITS = 200
/** How many handled conversations of a team say how long one takes. */
const RECENT_HANDLES = 50
const ONLINE = sql`g.presence = 'online'`

/** Those who wait for a team with the same needs. `key` is null while they are offered or away. */
export interface Group {
  readonly team: string
  readonly key: string | null
  readonly count: number
  /** The room that each takes: its team and channel say it, which are of the needs. */
  readonly weight: number
}

export interface Pace {
  /** Mean milliseconds from a person's accept to the end of that person's part and its wrap-up; null: none has ended. */
  readonly handle: number | null
  /** The last finished waits of the team, the latest first. */
  readonly waits: readonly Wait[]
}

/** A wait that a person ended, in milliseconds, and what was told on joining. */
export interface Wait {
  readonly wait: number
  readonly expected: number | null
  readonly within: number | null
  readonly stretch: number
}

export interface LineFacts {
  /** All who wait, with how many of them go before the place that was asked for. */
  readonly groups: readonly (Group & { readonly ahead: number })[]
  /** Who is online. */
  readonly staff: readonly Staffed[]
  readonly pace: Pace
  /** The room that the place asked for takes. */
  readonly weight: number
}

/** A place in the order. */
export interface Turn {
  readonly id: string
  readonly channel: string
  readonly turn: number
}

interface LineRow {
  readonly groups: LineFacts['groups'] | null
  readonly staff: StaffRead
  readonly pace: Pace
  readonly weight: number
}

/** The little that says whether somebody who joins need not wait at all. */
export interface RoomFacts {
  /** Who is online in these teams. */
  readonly staff: readonly Staffed[]
  /** The different needs of all who may be offered to somebody now. */
  readonly keys: readonly string[]
  /** Who waits for the first of these teams, and how many of them before this place. */
  readonly waiting: number
  readonly ahead: number
  /** The room that the place asked for takes. */
  readonly weight: number
}

interface RoomRow {
  readonly staff: StaffRead
  readonly keys: readonly string[] | null
  readonly own: { readonly waiting: number; readonly ahead: number }
  readonly weight: number
}

/** For one who would wait at this place for the first of these teams. Costs as much as those teams have people. */
export async function readRoom(
  database: Database,
  teams: readonly [string, ...string[]],
  place: Turn,
  now: number,
): Promise<RoomFacts> {
  const [team] = teams
  const { rows } = await sql<RoomRow>`
    select ${staff(database, sql`${ONLINE} and g.teams && ${teams}::text[]`, now)} as staff,
      (select json_agg(k.key) from (${waitingKeys}) k) as keys,
      (select json_build_object('waiting', count(*), 'ahead', count(*) filter (where ${isBefore(place)}))
        from baton.queue where team = ${team} and id <> ${place.id}) as own,
      ${weightOf(team, place)} as weight`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  return { staff: staffIn(database, first.staff), keys: first.keys ?? [], ...first.own, weight: first.weight }
}

/** For one who waits at this place, or would. Itself is not counted. */
export async function readLine(database: Database, team: string, place: Turn, now: number): Promise<LineFacts> {
  const { rows } = await sql<LineRow>`
    select (select json_agg(g) from (
        select team, needs_key as key, count(*) as count, max(weight) as weight,
          count(*) filter (where ${isBefore(place)}) as ahead
        from baton.queue where id <> ${place.id} group by team, needs_key) g
      ) as groups,
      ${staff(database, ONLINE, now)} as staff,
      ${paceOf(sql`${team}::text`)} as pace,
      ${weightOf(team, place)} as weight`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  const { groups, pace, weight } = first
  return { groups: groups ?? [], staff: staffIn(database, first.staff), pace, weight }
}

const isBefore = ({ turn, id }: Turn) => sql`(turn, id) < (${turn}::bigint, ${id} collate "C")`

const weightOf = (team: string, { channel }: Turn) =>
  sql`coalesce((select (weights->>${channel}::text)::float8 from baton.teams where id = ${team}), 1)`

/** A place among many: `mark` counts up in the order of the places asked for. */
export interface PlaceRow {
  readonly id: string
  readonly team: string
  readonly teams: readonly string[]
  readonly position: number
  readonly weight: number
  readonly channel: string
  readonly needs: string
}

export interface ManyPlaces {
  /** In order. */
  readonly places: readonly PlaceRow[]
  /** Who waits between the places: `mark` is how many of the places are before them or theirs. */
  readonly between: readonly (Group & { readonly mark: number })[]
  /** Who is online. */
  readonly staff: readonly Staffed[]
  readonly paces: Readonly<Record<string, Pace>>
}

interface ManyRow {
  readonly places: readonly PlaceRow[] | null
  readonly between: ManyPlaces['between'] | null
  readonly staff: StaffRead
  readonly paces: Readonly<Record<string, Pace>> | null
}

/** The same for many who wait; who does not wait is left out. */
export async function readPlaces(database: Database, ids: readonly string[], now: number): Promise<ManyPlaces> {
  const { rows } = await sql<ManyRow>`
    with line as materialized (
      select id, team, needs_key, row_number() over (order by turn, id) as place,
        row_number() over (partition by team order by turn, id) as position, weight
      from baton.queue
    ), marks as materialized (
      select coalesce(array_agg(place order by place), '{}') as at from line where id = any(${ids})
    )
    select (select json_agg(p order by p.place) from (
        select l.id, l.team, l.position, l.place, q.teams, l.weight, q.channel, q.needs
        from line l join baton.queue q using (id) where l.id = any(${ids})) p
      ) as places,
      (select json_agg(b) from (
        select team, needs_key as key, width_bucket(place, marks.at) as mark, count(*) as count, max(weight) as weight
        from line cross join marks where cardinality(marks.at) > 0 group by 1, 2, 3) b
      ) as between,
      ${staff(database, ONLINE, now)} as staff,
      (select json_object_agg(team, ${paceOf(sql`asked.team`)}) from (
        select distinct team from line where id = any(${ids})) asked) as paces`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  const { places, between, paces } = first
  return {
    places: places ?? [],
    between: between ?? [],
    staff: staffIn(database, first.staff),
    paces: paces ?? {},
  }
}

/** The pace of a team as JSON: `Pace`. */
export const paceOf = (team: RawBuilder<unknown>) => sql`json_build_object(
  'handle', (select avg(coalesce(h.wrap_until, h.finished_at) - h.accepted_at)::float8 from (
    select wrap_until, finished_at, accepted_at from baton.handoffs x
    where x.team = ${team} and x.accepted_at is not null and x.finished_at is not null
    order by x.finished_at desc limit ${RECENT_HANDLES}) h),
  'waits', (select coalesce(json_agg(w), '[]'::json) from (
    select accepted_at - entered_at as wait, expected, within, stretch from baton.handoffs x
    where x.team = ${team} and x.accepted_at is not null order by x.accepted_at desc limit ${RECENT_WAITS}) w))`
