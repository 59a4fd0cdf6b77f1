/** What is still to be done, for those who watch: jobs, what failed for good, and the connections in use. */
import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '../store/database.ts'

export interface Work {
  /**
   * Jobs that wait or run, by task, and looks at deadlines as `wake`; `lag`: milliseconds since the first of them should
   * have begun.
   */
  readonly jobs: readonly { readonly task: string; readonly count: number; readonly lag: number }[]
  readonly deadLetters: { readonly open: number; readonly aside: number }
  readonly connections: { readonly used: number; readonly idle: number; readonly waiting: number }
}

export async function readWork(database: Database, pool: pg.Pool): Promise<Work> {
  const { rows } = await sql<Pick<Work, 'jobs' | 'deadLetters'>>`
    select
      (select coalesce(json_agg(j), '[]') from (
        select task_identifier as task, count(*) as count,
          coalesce(greatest(0, extract(epoch from clock_timestamp() - min(run_at) filter (where locked_at is null))
            * 1000), 0)::float8 as lag
        from graphile_worker.jobs where task_identifier <> 'wake' group by task_identifier
        union all
        select 'wake', count(*), greatest(0, extract(epoch from clock_timestamp()) * 1000 - min(wake_at))::float8
        from baton.conversations where wake_at is not null having count(*) > 0) j) as jobs,
      (select json_build_object('open', count(*) filter (where aside_at is null), 'aside', count(aside_at))
        from baton.dead_letters) as "deadLetters"`.execute(database)
  const first = rows[0]
  if (!first) throw new Error('An aggregate without a row.')
  const { totalCount, idleCount, waitingCount } = pool
  return { ...first, connections: { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount } }
}
