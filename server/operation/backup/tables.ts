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
    where c.relkind = 'r' and n.nspname in ('baton', 'graphile_worker')
      and n.nspname || '.' || c.relname <> all($1)
    order by 2`,
    [LEFT_OUT],
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

/** Whether a Baton has worked on this database before. */
export async function isUsed(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ used: boolean }>(
    `select exists (select from pg_namespace where nspname in ('baton', 'graphile_worker')) as used`,
  )
  return rows[0]?.used !== false
}
