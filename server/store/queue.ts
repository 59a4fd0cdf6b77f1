/** The queues and who serves them, as SQL sees them. */
import { sql, type RawBuilder } from 'kysely'
import type { Database } from './database.ts'

/** A place in a queue: before whom and behind whom. */
export interface Place {
  readonly id: string
  readonly priority: number
  readonly since: number
}

export interface QueueFigures {
  readonly ahead: number
  readonly online: number
  readonly capacity: number
  /** Room taken of those online, wrap-up counted; offers are not: whom they are made to is still in the queue. */
  readonly held: number
  readonly handle: number | null
}

/** How many recent handoffs of a team the mean handle time is taken from. */
const RECENT = 50

/** What is needed to say the place and the time to somebody who waits, or would. One round trip. */
export async function queueFigures(
  database: Database,
  team: string,
  place: Place,
  now: number,
): Promise<QueueFigures> {
  const { rows } = await sql<QueueFigures>`
    select
      (select count(*) from baton.conversations c
        where c.team = ${team} and c.waiting_since is not null and c.id <> ${place.id}
        and (c.priority > ${place.priority}
          or (c.priority = ${place.priority}
            and (c.waiting_since, c.id) < (${place.since}::bigint, ${place.id})))) as ahead,
      count(*) as online, coalesce(sum(a.capacity), 0)::float8 as capacity, coalesce(sum(a.held), 0)::float8 as held,
      ${meanHandle(sql`${team}`)} as handle
    from (${agentLoads(now)}) a
    where a.presence = 'online' and a.teams @> array[${team}]`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  return first
}

export interface PlaceRow {
  readonly id: string
  readonly position: number
  readonly capacity: number
  readonly held: number
  readonly handle: number | null
}

/** The places of many who wait, each with the figures of its team; who does not wait is left out. One round trip. */
export async function placesOf(database: Database, ids: readonly string[], now: number): Promise<readonly PlaceRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PlaceRow>`
    with asked as (
      select distinct team from baton.conversations where id = any(${ids}) and waiting_since is not null
    ), places as (
      select c.id, c.team,
        row_number() over (partition by c.team order by c.priority desc, c.waiting_since, c.id) as position
      from baton.conversations c where c.waiting_since is not null and c.team in (select team from asked)
    ), staff as (
      select t.team, sum(a.capacity) as capacity, sum(a.held) as held
      from (${agentLoads(now)}) a cross join unnest(a.teams) as t(team)
      where a.presence = 'online' and t.team in (select team from asked) group by t.team
    ), pace as (select team, ${meanHandle(sql`asked.team`)} as handle from asked)
    select p.id, p.position, coalesce(s.capacity, 0)::float8 as capacity, coalesce(s.held, 0)::float8 as held, handle
    from places p left join staff s using (team) left join pace using (team)
    where p.id = any(${ids})`.execute(database)
  return rows
}

/** Every agent with the room taken now: `held` by conversations and their wrap-up, `load` with the offers. */
export const agentLoads = (now: number) => sql`
  select h.*, h.held + (select count(*) from baton.conversations c where c.offered_to = h.id) as load
  from (select g.*, (select count(*) from baton.conversations c where c.agent = g.id)
    + (select count(*) from baton.handoffs w where w.agent = g.id and w.wrap_until > ${now}) as held
    from baton.agents g) h`

/** How long the last conversations of a team took a person, wrap-up counted; null when none has ended. */
export const meanHandle = (team: RawBuilder<unknown>) => sql`
  (select avg(coalesce(h.wrap_until, h.finished_at) - h.accepted_at)::float8
    from (select wrap_until, finished_at, accepted_at from baton.handoffs x
      where x.team = ${team} and x.accepted_at is not null and x.finished_at is not null
      order by x.finished_at desc limit ${RECENT}) h)`

export interface WaitingRow {
  readonly id: string
  readonly team: string
  readonly priority: number
  readonly waiting_since: number
  readonly channel: string
  readonly needs: string
  readonly asked_at: number | null
}

/** Who waits for a team without an offer, in queue order, after a place. */
export async function waitingFor(
  database: Database,
  team: string,
  after: Place | null,
  limit: number,
): Promise<readonly WaitingRow[]> {
  const beyond =
    after === null
      ? sql`true`
      : sql`(priority < ${after.priority}
    or (priority = ${after.priority} and (waiting_since, id) > (${after.since}::bigint, ${after.id})))`
  const { rows } = await sql<WaitingRow>`
    select id, team, priority, waiting_since, channel, needs, asked_at from baton.conversations
    where team = ${team} and waiting_since is not null and offered_to is null and ${beyond}
    order by priority desc, waiting_since, id limit ${limit}`.execute(database)
  return rows
}

/** The teams for which somebody waits without an offer. */
export async function teamsWaitedFor(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ team: string }>`
    select distinct team from baton.conversations where waiting_since is not null and offered_to is null`.execute(
    database,
  )
  return rows.map((row) => row.team)
}
