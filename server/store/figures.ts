/** Figures over many conversations: the state of the queues now, and counts since a time. */
import { sql } from 'kysely'
import type { Metrics } from '../runtime/runtime.ts'
import type { Database } from './database.ts'
import { paceOf, type Group, type Pace } from './line.ts'
import { staff, staffIn, type Staffed, type StaffRead } from './staff.ts'

/** All queues at one moment. */
export interface Queues {
  readonly teams: readonly QueueRow[]
  readonly groups: readonly Group[]
  /** Everybody, online or not. */
  readonly staff: readonly Staffed[]
}

export interface QueueRow {
  readonly team: string
  readonly waiting: number
  readonly offered: number
  /** Since when the first of them waits. */
  readonly oldest: number | null
  readonly pace: Pace
}

interface QueuesRow {
  readonly teams: readonly QueueRow[] | null
  readonly groups: readonly Group[] | null
  readonly staff: StaffRead
}

/** Every team that is saved, waited for, or served by somebody. */
export async function readQueues(database: Database, now: number): Promise<Queues> {
  const { rows } = await sql<QueuesRow>`
    with places as materialized (
      select team, needs_key as key, count(*) as count, max(weight) as weight,
        count(*) filter (where offered) as offered, min(waiting_since) as oldest
      from baton.queue group by team, needs_key
    ), known as (
      select id as team from baton.teams union select team from places union select unnest(teams) from baton.agents
    )
    select (select json_agg(t order by t.team) from (
        select team, coalesce(sum(count), 0) as waiting, coalesce(sum(offered), 0) as offered, min(oldest) as oldest,
          ${paceOf(sql`known.team`)} as pace
        from known left join places using (team) group by team) t
      ) as teams,
      (select json_agg(p) from (select team, key, count, weight from places) p) as groups,
      ${staff(database, sql`true`, now)} as staff`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  return { teams: first.teams ?? [], groups: first.groups ?? [], staff: staffIn(database, first.staff) }
}

/** Open conversations, by phase. */
export async function openByPhase(database: Database): Promise<Metrics['open']> {
  const { rows } = await sql<{ phase: string; count: number }>`
    select phase, count(*) as count from baton.conversations where closed_at is null group by phase`.execute(database)
  return Object.fromEntries(rows.map((row) => [row.phase, row.count]))
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
      from baton.handoffs where entered_at >= ${since}) h`.execute(database)
  const reasons = await sql<{ reason: string; count: number }>`
    select reason, count(*) as count from (
      select case when cardinality(signals) = 0 then 'flow' else signals[1] end as reason
      from baton.handoffs where entered_at >= ${since}) r
    group by reason order by count desc`.execute(database)
  const first = counts.rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  const { conversations, handed, handoffs, waits, mean, longest } = first
  return {
    conversations,
    handoffs,
    handoffRate: conversations === 0 ? null : handed / conversations,
    reasons: Object.fromEntries(reasons.rows.map((row) => [row.reason, row.count])),
    waits: { count: waits, mean, longest },
    open: await openByPhase(database),
  }
}
