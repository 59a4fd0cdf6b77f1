/**
 * The one real connection to PostgreSQL under all simulated ones. It runs statements one at a time, at virtual time:
 * `now()` and `clock_timestamp()` are functions of a schema that stands before `pg_catalog`.
 */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { typeParser } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'

export interface Asked {
  readonly text: string
  readonly values: readonly unknown[]
}
export interface Answered {
  readonly rows: readonly Record<string, unknown>[]
  readonly rowCount: number | null
  readonly command: string
}

export interface RealDatabase {
  /** Runs a statement at a time; rejects with what PostgreSQL rejects it with. */
  run(asked: Asked, now: number): Promise<Answered>
  /** As new: no rows, and no traces of earlier ones on the pages. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** Brings the database up to date and connects. `change` may break what the migrations have made. */
export async function openDatabase(
  url: string,
  change: (client: pg.Client) => Promise<void> = async () => undefined,
): Promise<RealDatabase> {
  const pool = new pg.Pool({ connectionString: url })
  await migrate(pool).finally(() => pool.end())
  const client = new pg.Client({ connectionString: url, pipeline: true, types: { getTypeParser: typeParser } })
  await client.connect()
  await change(client)
  await client.query(SIMULATED)
  // The same plan whatever happened before: rows that no order is asked for come in the same order again.
  await client.query(`set search_path = simulated, pg_catalog, public; set plan_cache_mode = force_generic_plan;
    set jit = off; set client_min_messages = warning`)
  const names = new Map<string, string>()
  let told = 0

  /** A statement that is asked again is planned once. */
  function nameOf(text: string): string {
    const known = names.get(text) ?? `s${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`
    names.set(text, known)
    return known
  }

  return {
    async run({ text, values }, now) {
      // One write to the socket for both.
      const { stream } = client.connection
      stream.cork()
      const time =
        told === now
          ? undefined
          : client.query({ name: 'time', text: `select set_config('simulated.now', $1, false)`, values: [String(now)] })
      told = now
      const answer = client.query<Record<string, unknown>>({ name: nameOf(text), text, values: [...values] })
      stream.uncork()
      await time
      const { rows: found, rowCount, command } = await answer
      return { rows: found, rowCount, command }
    },
    async clear() {
      await client.query('rollback')
      const { rows } = await client.query<{ table: string }>(FILLED)
      if (rows.length > 0) await client.query(`truncate ${rows.map(({ table }) => table).join(', ')} restart identity`)
    },
    close: () => client.end(),
  }
}

const FILLED = {
  name: 'filled',
  text: `select format('%I.%I', n.nspname, c.relname) as table
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and pg_relation_size(c.oid) > 0
      and (n.nspname = 'baton' and c.relname <> 'migrations'
        or n.nspname = 'graphile_worker' and c.relname in ('_private_jobs', '_private_job_queues'))`,
}

const SIMULATED = `
  create schema if not exists simulated;
  create or replace function simulated.clock_timestamp() returns timestamptz language sql volatile as
    $$ select to_timestamp(current_setting('simulated.now')::float8 / 1000) $$;
  create or replace function simulated.now() returns timestamptz language sql volatile as
    $$ select to_timestamp(current_setting('simulated.now')::float8 / 1000) $$`
