/** What a backup holds of the database: all tables there are, found in its catalogue, so that a new one is not forgotten. */
import type pg from 'pg'

export interface Table {
  /** Quoted, with its schema. */
  readonly name: string
  readonly columns: readonly Column[]
}
export interface Column {
  /** Quoted. */
  readonly name: string
  readonly type: string
}

const SCHEMAS = ['baton', 'graphile_worker']
/**
 * Not in a backup: which migrations have run is said by its head, and which servers live is true of one moment only.
 */
const LEFT_OUT = ['baton.migrations', 'baton.nodes', 'graphile_worker.migrations']

/** Those that others refer to come first. */
export async function tablesOf(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query<{ oid: number; name: string; columns: readonly Column[] }>(
    `select c.oid::int as oid, format('%I.%I', n.nspname, c.relname) as name,
      (select json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod))
        order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = any($1) and n.nspname || '.' || c.relname <> all($2)
    order by 2`,
    [SCHEMAS, LEFT_OUT],
  )
  const refers = await client.query<{ from: number; to: number }>(
    `select conrelid::int as from, confrelid::int as to from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  )
  const sorted: (typeof rows)[number][] = []
  const seen = new Set<number>()
  const add = (table: (typeof rows)[number]): void => {
    if (seen.has(table.oid)) return
    seen.add(table.oid)
    for (const { from, to } of refers.rows) {
      const other = from === table.oid ? rows.find(({ oid }) => oid === to) : undefined
      if (other !== undefined) add(other)
    }
    sorted.push(table)
  }
  rows.forEach(add)
  return sorted
}

/** Each has a row from its beginning. */
const NEVER_EMPTY = ['baton.access_revision', 'baton.audit_head']

/** Whether the database holds anything of a Baton, or one runs on it. Tables alone are nothing. */
export async function isUsed(client: pg.ClientBase): Promise<boolean> {
  const tables = (await tablesOf(client)).map(({ name }) => name).filter((name) => !NEVER_EMPTY.includes(name))
  const { rows } = await client.query<{ runs: boolean }>(`select to_regclass('baton.nodes') is not null as runs`)
  const asked = tables.map((name) => `exists (select from ${name})`)
  if (rows[0]?.runs === true) asked.push('exists (select from baton.nodes where live_until > clock_timestamp())')
  const used = await client.query<{ used: boolean }>(`select ${['false', ...asked].join(' or ')} as used`)
  return used.rows[0]?.used !== false
}

/** Takes away the tables of a database that is not used: those of a restore that was broken off. */
export async function clear(client: pg.ClientBase): Promise<void> {
  await client.query(`drop schema if exists ${SCHEMAS.join(', ')} cascade`)
}
