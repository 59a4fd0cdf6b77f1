/**
 * The one real connection to PostgreSQL under all simulated ones. It runs statements one at a time, at virtual time:
 * `now()` and `clock_timestamp()` are functions of a schema that stands before `pg_catalog`.
 */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { typeParser } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPool } from '#server/store/pool.ts'

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
  const { pool, close } = openPool({ connectionString: url }, () => undefined)
  await migrate(pool).finally(close)
  const client = new pg.Client({ connectionString: url, pipeline: true, types: { getTypeParser: typeParser } })
  await client.connect()
  await change(client)
  await client.query(SIMULATED)
  // The same plan whatever happened before: rows that no order is asked for come in the same order again.
  await client.query(`set search_path = simulated, pg_catalog, public; set plan_cache_mode = force_generic_plan;
    set jit = off; set client_min_messages = warning`)
  const known = new Map<string, Known>()
  let told = 0
  let cleared = 0

  /** A statement that is asked again is planned once. */
  function knownOf(text: string): Known {
    const before = known.get(text)
    if (before) return before
    const name = `s${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`
    const made: Known = { name, readsClock: readsClock(text) }
    known.set(text, made)
    return made
  }

  return {
    async run({ text, values }, now) {
      const { name, readsClock } = knownOf(text)
      // One write to the socket for both.
      const { stream } = client.connection
      stream.cork()
      const time = readsClock && told !== now ? client.query({ ...TELL, values: [String(now)] }) : undefined
      if (time) told = now
      const answer = client.query<Record<string, unknown>>({ name, text, values: [...values] })
      stream.uncork()
      await time
      const { rows, rowCount, command } = await answer
      return { rows, rowCount, command }
    },
    async clear() {
      await client.query('rollback')
      const { rows } = await client.query<{ table: string }>(FILLED)
      if (rows.length > 0) await client.query(`truncate ${rows.map(({ table }) => table).join(', ')} restart identity`)
      // Each truncation leaves a hundred dead rows there, and nothing else on this server vacuums.
      if (++cleared % VACUUM_EVERY === 0) await client.query('vacuum pg_catalog.pg_class')
    },
    close: () => client.end(),
  }
}

interface Known {
  readonly name: string
  readonly readsClock: boolean
}

/** Whether it may: by itself, or by a function, a trigger or a default of ours. A plain `select` of columns does not. */
function readsClock(text: string): boolean {
  return (
    !/^\s*select\b/i.test(text) ||
    /\bnow\b|timestamp|\bcurrent_|\b(baton|graphile_worker|simulated)"?\."?\w+"?\s*\(/i.test(text)
  )
}

const TELL = { name: 'time', text: `select set_config('simulated.now', $1, false)` }
const VACUUM_EVERY = 100

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
