/** Figures over many conversations: the state of the queues now, and counts since a time. */
import { sql } from 'kysely'
import type { Metrics } from '../runtime/runtime.ts'
import type { Database } from './database.ts'
import { agentLoads, meanHandle } from './queue.ts'

export interface QueueRow {
  readonly team: string
  readonly waiting: number
  readonly offered: number
  /** Since when the first of them waits. */
  readonly oldest: number | null
  readonly online: number
  readonly away: number
  /** Of those online. */
  readonly capacity: number
  readonly load: number
  readonly held: number
  readonly handle: number | null
}

/** Every team that is saved, waited for, or served by somebody. `capacity`, `load` and `held` count who is online. */
export async function readQueues(database: Database, now: number): Promise<readonly QueueRow[]> {
  const { rows } = await sql<QueueRow>`
    with places as (
      select team, count(*) as waiting, count(offered_to) as offered, min(waiting_since) as oldest
      from baton.conversations where waiting_since is not null group by team
    ), staff as (
      select t.team,
        count(*) filter (where a.presence = 'online') as online, count(*) filter (where a.presence = 'away') as away,
        coalesce(sum(a.capacity) filter (where a.presence = 'online'), 0) as capacity,
        coalesce(sum(a.load) filter (where a.presence = 'online'), 0) as load,
        coalesce(sum(a.held) filter (where a.presence = 'online'), 0) as held
      from (${agentLoads(now)}) a cross join unnest(a.teams) as t(team) group by t.team
    )
    select team, coalesce(waiting, 0) as waiting, coalesce(offered, 0) as offered, oldest,
      coalesce(online, 0) as online, coalesce(away, 0) as away, coalesce(capacity, 0)::float8 as capacity,
      coalesce(load, 0)::float8 as load, coalesce(held, 0)::float8 as held,
      ${meanHandle(sql`known.team`)} as handle
    from (select id as team from baton.teams union select team from places union select team from staff) known
      left join places using (team) left join staff using (team)
    order by team`.execute(database)
  return rows
}

/** What happened since a time (epoch ms), and what is open now. */
export async function readMetrics(database: Database, since: number): Promise<Metrics> {
  const counts = await sql<{
    conversations: number
    handed: number
    handoffs: number
    waits: number
    mean: number | null
    longest: number | null
  }>`
    select (select count(*) from baton.conversations where started_at >= ${since}) as conversations,
      (select count(*) from baton.conversations c where started_at >= ${since}
        and exists (select from baton.handoffs h where h.conversation = c.id)) as handed,
      count(*) as handoffs, count(ended) as waits,
      avg(ended - waiting_since)::float8 as mean, max(ended - waiting_since) as longest
    from (select *, coalesce(accepted_at, left_at) as ended
      from baton.handoffs where entered_at >= ${since}) h`.execute(
    database,
  )
  const reasons = await sql<{ reason: string; count: number }>`
    select reason, count(*) as count from (
      select case when cardinality(signals) = 0 then 'flow' else signals[1] end as reason
      from baton.handoffs where entered_at >= ${since}) r
    group by reason order by count desc`.execute(database)
  const open = await sql<{ phase: string; count: number }>`
    select phase, count(*) as count from baton.conversations where closed_at is null group by phase`.execute(database)
  const first = counts.rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  const { conversations, handed, handoffs, waits, mean, longest } = first
  return {
    conversations,
    handoffs,
    handoffRate: conversations === 0 ? null : handed / conversations,
    reasons: Object.fromEntries(reasons.rows.map((row) => [row.reason, row.count])),
    waits: { count: waits, mean, longest },
    open: Object.fromEntries(open.rows.map((row) => [row.phase, row.count])),
  }
}
