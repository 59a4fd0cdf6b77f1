/**
 * The deliveries that channels have brought, each with the conversation it belongs to (migration 0011); and, under ids
 * that no delivery has, the conversations that deliveries were about to begin.
 */
import type pg from 'pg'
import { reading } from '../runtime/write.ts'

export interface Heard {
  readonly conversation: string
  /** Of its body. */
  readonly hash: string
}

export interface HeardStore {
  find(channel: string, id: string): Promise<Heard | undefined>
  /** Keeps to which conversation a delivery belongs; of two at once the first wins. Resolves to what holds now. */
  claim(channel: string, id: string, heard: Heard): Promise<Heard>
  /** Gives it to another conversation, if it still belongs to `from`. */
  move(channel: string, id: string, from: string, to: string): Promise<void>
  /** Drops what was heard before `then` (epoch ms). */
  forget(then: number): Promise<void>
}

export function createHeardStore(pool: pg.Pool, clock: { now(): number }): HeardStore {
  async function find(channel: string, id: string): Promise<Heard | undefined> {
    const { rows } = await reading(() =>
      pool.query<Heard>('select conversation, hash from baton.heard where channel = $1 and id = $2', [channel, id]),
    )
    return rows[0]
  }
  return {
    find,
    async claim(channel, id, heard) {
      // Written twice it is the same row, so that patience with a lost connection does no harm.
      await reading(() =>
        pool.query(
          `insert into baton.heard (channel, id, hash, conversation, at) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
          [channel, id, heard.hash, heard.conversation, clock.now()],
        ),
      )
      return (await find(channel, id)) ?? heard
    },
    async move(channel, id, from, to) {
      await reading(() =>
        pool.query('update baton.heard set conversation = $4 where channel = $1 and id = $2 and conversation = $3', [
          channel,
          id,
          from,
          to,
        ]),
      )
    },
    async forget(then) {
      await reading(() => pool.query('delete from baton.heard where at < $1', [then]))
    },
  }
}
