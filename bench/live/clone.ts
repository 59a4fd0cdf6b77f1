/**
 * Many conversations out of one: the rows of a real conversation, its log and keys copied under new ids, each with its
 * own armed wake, as if each had been led. 100,000 take seconds instead of an hour.
 */
import { withClient } from './stage.ts'

/**
 * The new ids. Of the log and the keys only the newest rows are copied, `history` of each. Ids are found inside
 * snapshots and log entries as text, so the original's must be nowhere else: a random one.
 */
export async function cloneConversation(
  databaseUrl: string,
  original: string,
  count: number,
  history: number,
): Promise<readonly string[]> {
  await withClient(databaseUrl, async (client) => {
    await client.query(copies('conversations', 'id', 'snapshot', 'id'), [original, count, 1])
    await client.query(copies('log', 'conversation', 'entries', 'seq'), [original, count, history])
    await client.query(copies('keys', 'conversation', 'answer', 'at'), [original, count, history])
    await client.query(`update baton.conversations set wake_at = next_due where id like $1 || '-%'`, [original])
    const clones = `array(select id from baton.conversations where id like $1 || '-%')`
    await client.query(`select baton.arm_wakes(${clones}, $2)`, [original, Date.now()])
    // What autovacuum would have done long before there were so many.
    await client.query('vacuum (analyze)')
  })
  return Array.from({ length: count }, (_, index) => `${original}-${index + 1}`)
}

/** Copies the newest $3 rows of $1 by `order`, $2 times; `id` is the column of its id, `text` one that holds it. */
function copies(table: string, id: string, text: string, order: string): string {
  return `insert into baton.${table} select copy.* from
    (select $1 || '-' || number as id from generate_series(1, $2::integer) number) new,
    (select source from baton.${table} source where ${id} = $1 order by ${order} desc limit $3) newest,
    jsonb_populate_record(newest.source,
      jsonb_build_object('${id}', new.id, '${text}', replace((newest.source).${text}, $1, new.id))) copy`
}
