import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { brokenLaws, laws } from '#server/store/laws.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn } from '../runtime/running.ts'

const database = testDatabase()
let runtime: RunningRuntime
let pool: pg.Pool

beforeAll(async () => {
  runtime = await runtimeOn(database.url, { clock: handClock() })
  pool = new pg.Pool({ connectionString: database.url, max: 1 })
  await runtime.desk.putAgent(agent('ann'))
  for (const id of ['talks', 'waits', 'held', 'over']) {
    await runtime.conversations.start({ flow: 'support', id }, { idempotencyKey: id })
    if (id === 'talks') continue
    await runtime.conversations.accept(id, { type: 'customer.message', text: 'a human please' })
    if (id === 'waits') continue
    await runtime.conversations.accept(id, { type: 'agent.accept', agent: 'ann' })
    if (id === 'over') await runtime.conversations.accept(id, { type: 'agent.resolve', resolution: 'done' })
  }
})
afterAll(async () => {
  await pool.end()
  await runtime.close()
})

/** What is found wrong after a change, which is undone again. */
async function after(change: string): Promise<readonly (readonly [string, string])[]> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(change)
    return (await brokenLaws(client)).map(({ law, conversation }) => [law, conversation] as const)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

describe('The laws between the tables', () => {
  test('hold in a database that is in use', async () => {
    expect(await brokenLaws(pool)).toEqual([])
  })

  test.for<readonly [string, string, string]>([
    [
      'The log of a conversation ends where its snapshot does',
      'talks',
      `delete from baton.log where conversation = 'talks'`,
    ],
    ['A log has no gap', 'held', `delete from baton.log where conversation = 'held' and version = 2`],
    ['A conversation has one owner', 'held', `update baton.conversations set owner = 'bot' where id = 'held'`],
    ['Who waits for a person is in the queue, and nobody else', 'waits', `delete from baton.queue where id = 'waits'`],
    [
      'Who waits or is held is one running handoff',
      'held',
      `update baton.handoffs set finished_at = 1 where conversation = 'held'`,
    ],
    [
      'Who waits or is held is one running handoff',
      'held',
      `update baton.handoffs set weight = weight + 1 where conversation = 'held'`,
    ],
    [
      'What has a deadline is woken, and what is closed is not',
      'waits',
      `update baton.conversations set wake_at = null where id = 'waits'`,
    ],
    [
      'A key belongs to a conversation',
      'gone',
      `insert into baton.keys (conversation, key, body, answer, at) values ('gone', 'k', 'b', 'a', 1)`,
    ],
  ])('say it when one is broken: %s', async ([law, conversation, change]) => {
    expect(await after(change)).toContainEqual([law, conversation])
  })

  test('are each seen broken once', () => {
    expect(Object.keys(laws)).toHaveLength(7)
  })
})
