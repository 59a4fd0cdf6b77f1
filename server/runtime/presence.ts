/**
 * An agent who goes away, or is away because offers passed unanswered (`baton.note_answer`). The change of presence and
 * the job that draws the consequences are one transaction, so that a node that dies in between leaves no customer with
 * somebody who is gone.
 *
 *   away:    offers to them end (`vanished`)
 *   offline: offers end, and each conversation they hold is told `agent.gone`
 */
import { sql } from 'kysely'
import type { Database } from '../store/database.ts'
import type { Acceptor } from './accept.ts'
import { noSuchAgent } from './refusals.ts'
import type { Presence } from './runtime.ts'

export async function savePresence(database: Database, agent: string, presence: Presence, now: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('baton.agents')
      .set({ presence, presence_at: now, missed: 0, away_because: null })
      .where('id', '=', agent)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw noSuchAgent(agent)
    if (presence === 'online') return
    await sql`select graphile_worker.add_job('presence', json_build_object('agent', ${agent}::text),
      job_key => ${`presence:${agent}`}, max_attempts => 1000)`.execute(transaction)
  })
}

/** Run by the job: does nothing when the agent has come back meanwhile, also while offers to them end. */
export async function leave(database: Database, acceptor: Acceptor, agent: string): Promise<void> {
  const presenceNow = async (): Promise<Presence | undefined> => {
    const query = database.selectFrom('baton.agents').select('presence').where('id', '=', agent)
    return (await query.executeTakeFirst())?.presence
  }
  const presence = await presenceNow()
  if (presence === undefined || presence === 'online') return
  const offered = await database
    .selectFrom('baton.conversations')
    .select('id')
    .where('offered_to', '=', agent)
    .execute()
  await Promise.all(offered.map(({ id }) => acceptor.tell(id, { type: 'offer.ended', agent, why: 'vanished' })))
  if ((await presenceNow()) !== 'offline') return
  const held = await database.selectFrom('baton.conversations').select('id').where('agent', '=', agent).execute()
  await Promise.all(held.map(({ id }) => acceptor.tell(id, { type: 'agent.gone', agent })))
}
