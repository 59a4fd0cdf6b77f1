import type pg from 'pg'
import { z } from 'zod'

/** A planted change of a function of the database. */
export const functionChange = z.strictObject({ sql: z.string(), find: z.string(), replace: z.string() }).readonly()
export type FunctionChange = z.infer<typeof functionChange>

/** The function as it is after the change; undefined: it does not hold exactly once what is to be replaced. */
export async function changedFunction(
  client: pg.ClientBase,
  { sql, find, replace }: FunctionChange,
): Promise<string | undefined> {
  const { rows } = await client.query<{ text: string }>('select pg_get_functiondef($1::regproc) as text', [sql])
  const text = rows[0]?.text ?? ''
  return text.split(find).length === 2 ? text.replace(find, () => replace) : undefined
}
