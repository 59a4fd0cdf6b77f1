/**
 * Calling customers back to their tickets when an agent of the team has come online since. Laws:
 * 1. A ticket is called back once, and never while its customer waits for a person or has one.
 * 2. No more are called than people have room for, after all who wait and those who were called a moment ago, of every
 *    team that shares them: who comes back must find somebody. The others follow as room comes.
 * 3. Who has waited longest is called first.
 * 4. One server at a time calls, or two would give the same room away. What one that died had told is told no more:
 *    each call has its key.
 * 5. One that cannot be called holds up none who come after it; it is tried again by the next look.
 */
import { sql } from 'kysely'
import type { Log } from '../runtime/log.ts'
import type { Conversations, Desk } from '../runtime/runtime.ts'
import type { Database } from '../store/database.ts'
import { alone } from './alone.ts'
import { seatsOf } from './seats.ts'

/** So many that cannot be called are passed over. */
const PASSED_OVER = 50
/** So long the room of who was called is kept for them. */
const KEPT_FOR = 10 * 60_000

export interface Caller {
  /** Calls back whom there is room for; says how many. */
  look(): Promise<number>
}

interface Deps {
  readonly database: Database
  readonly conversations: Pick<Conversations, 'tell'>
  readonly desk: Pick<Desk, 'agents' | 'queues'>
  readonly clock: { now(): number }
  readonly log: Log
}

export function createCaller({ database, conversations, desk, clock, log }: Deps): Caller {
  async function look(): Promise<number> {
    if ((await teamsWithTickets()).length === 0) return 0
    return alone(database, 'calls', callAll)
  }

  async function callAll(): Promise<number> {
    const teams = await teamsWithTickets()
    const seats = seatsOf(await desk.agents())
    for (const { team, waiting, offered } of await desk.queues()) seats.take(team, waiting - offered)
    for (const { team, count } of await calledLately()) seats.take(team, count)
    let called = 0
    for (const team of teams) {
      const room = seats.free(team)
      const back = room > 0 ? await call(team, room) : 0
      seats.take(team, back)
      called += back
    }
    return called
  }

  /** Where an agent has come online since a ticket was written. */
  async function teamsWithTickets(): Promise<readonly string[]> {
    const { rows } = await sql<{ team: string }>`
      select team from (
        select team, min(created_at) as first from baton.tickets
        where state = 'open' and called_at is null and team is not null group by team
      ) t where exists (
        select from baton.agents a
        where a.presence = 'online' and a.bot is null and a.teams @> array[t.team] and a.presence_at > t.first)
      order by team`.execute(database)
    return rows.map((row) => row.team)
  }

  async function calledLately(): Promise<readonly { readonly team: string; readonly count: number }[]> {
    const { rows } = await sql<{ team: string; count: number }>`
      select team, count(*) as count from baton.tickets
      where team is not null and state = 'open' and called_at > ${clock.now() - KEPT_FOR}
      group by team order by team`.execute(database)
    return rows
  }

  async function call(team: string, most: number): Promise<number> {
    const { rows } = await sql<{ id: string; conversation: string; since: number }>`
      select t.id, t.conversation, t.waiting_since as since
      from baton.tickets t join baton.conversations c on c.id = t.conversation
      where t.team = ${team} and t.state = 'open' and t.called_at is null and c.phase in ('bot', 'closed')
        and exists (select from baton.agents a where a.presence = 'online' and a.bot is null
          and a.teams @> array[t.team] and a.presence_at > t.created_at)
      order by t.waiting_since, t.id limit ${most + PASSED_OVER}`.execute(database)
    let called = 0
    for (const { id, conversation, since } of rows) {
      if (called === most) break
      const ready = { type: 'promise.told', what: 'ready', id, since } as const
      try {
        await conversations.tell(conversation, ready, { idempotencyKey: `${id}:ready` })
      } catch (error) {
        log.warn({ ticket: id, conversation, err: error }, 'A customer could not be called back; it is tried again.')
        continue
      }
      await database.updateTable('baton.tickets').set({ called_at: clock.now() }).where('id', '=', id).execute()
      called++
    }
    return called
  }

  return { look }
}
