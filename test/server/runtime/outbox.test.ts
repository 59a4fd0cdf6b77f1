import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { freshDatabase, type TestDatabase } from '../../driver/postgres.ts'
import { handClock, runtimeOn, type Effects, type Tried } from './running.ts'

let database: TestDatabase
let runtime: RunningRuntime | undefined

beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(async () => {
  await runtime?.close()
  await database.drop()
})

async function begin(effects: Effects): Promise<RunningRuntime> {
  runtime = await runtimeOn(database.url, { clock: handClock(), effects })
  await runtime.conversations.start({ flow: 'support', id: 'c' })
  await runtime.conversations.accept('c', { type: 'customer.message', text: 'Where is my order?' })
  return runtime
}
const said = async (node: RunningRuntime) => (await node.conversations.transcript('c')).map((message) => message.text)

describe('Effects', () => {
  test('run after the event is durable, with a stable id, and what they bring moves the conversation on', async () => {
    const tried: Tried[] = []
    const node = await begin({
      tried,
      run: {
        http: async (effect, context, { conversations }) => {
          await conversations.tell(context.conversation, { type: 'effect.done', effect: effect.id, ok: true, value: 7 })
        },
      },
    })
    const { conversation } = await node.conversations.accept('c', { type: 'bot.intent', intent: 'look' })
    expect(conversation.state).toBe('bot.look')
    await expect.poll(() => said(node)).toContain('Found it.')
    expect(tried).toHaveLength(1)
    expect(tried[0]).toMatchObject({
      effect: { type: 'http', id: expect.stringMatching(/^c:\d+:\d+$/) },
      context: { conversation: 'c', attempt: 1, maxAttempts: 3 },
    })
  })

  test('told twice count once', async () => {
    const node = await begin({
      run: {
        http: async (effect, context, { conversations }) => {
          const done = { type: 'effect.done', effect: effect.id, ok: true } as const
          await Promise.all([
            conversations.tell(context.conversation, done),
            conversations.tell(context.conversation, done),
          ])
        },
      },
    })
    await node.conversations.accept('c', { type: 'bot.intent', intent: 'look' })
    await expect.poll(() => said(node)).toContain('Found it.')
    expect((await said(node)).filter((text) => text === 'Found it.')).toHaveLength(1)
  })

  test('that fail are tried again with the same id', async () => {
    const tried: Tried[] = []
    const node = await begin({
      tried,
      run: {
        http: async (effect, context, { conversations }) => {
          if (context.attempt === 1) throw new Error('The net is down.')
          await conversations.tell(context.conversation, { type: 'effect.done', effect: effect.id, ok: true })
        },
      },
    })
    await node.conversations.accept('c', { type: 'bot.intent', intent: 'look' })
    await expect.poll(() => said(node)).toContain('Found it.')
    expect(tried.map(({ effect, context }) => [effect.id, context.attempt])).toEqual([
      [tried[0]?.effect.id, 1],
      [tried[0]?.effect.id, 2],
    ])
    expect(await node.deadLetters()).toEqual([])
  })

  test('that fail for the last time become a dead letter, and the conversation goes on by “failed”', async () => {
    const node = await begin({
      maxAttempts: 1,
      run: { http: () => Promise.reject(new Error('Gone for good.')) },
      gaveUp: async (effect, context, { conversations }) => {
        await conversations.tell(context.conversation, {
          type: 'effect.done',
          effect: effect.id,
          ok: false,
          error: 'gave up',
        })
      },
    })
    await node.conversations.accept('c', { type: 'bot.intent', intent: 'look' })
    await expect.poll(() => said(node)).toContain('Not found.')
    expect(await node.deadLetters()).toMatchObject([
      { conversation: 'c', type: 'http', attempts: 1, error: 'Gone for good.' },
    ])
  })

  test('of a server that died while it ran them are taken over by the next, as another try', async () => {
    const node = await begin({ run: { http: () => new Promise(() => undefined) } })
    await node.conversations.accept('c', { type: 'bot.intent', intent: 'look' })
    const sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
    const locked = async () =>
      (await sql.query('select 1 from graphile_worker.jobs where locked_by is not null')).rowCount
    await expect.poll(locked).toBe(1)
    // What a kill -9 leaves: the job locked by a pool whose connections are gone.
    await sql.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-of-a-dead-node' where locked_by is not null`,
    )
    const tried: Tried[] = []
    const next = await runtimeOn(database.url, {
      effects: {
        tried,
        run: {
          http: async (effect, context, { conversations }) => {
            await conversations.tell(context.conversation, { type: 'effect.done', effect: effect.id, ok: true })
          },
        },
      },
    })
    await expect.poll(() => said(next)).toContain('Found it.')
    expect(tried[0]?.context.attempt).toBe(2)
    await next.close()
    await sql.end()
  })

  test('of a server that lives are left to it', async () => {
    let ran = 0
    const effects: Effects = {
      run: {
        http: () => {
          ran++
          return new Promise(() => undefined)
        },
      },
    }
    const node = await begin(effects)
    await node.conversations.accept('c', { type: 'bot.intent', intent: 'look' })
    await expect.poll(() => ran).toBe(1)
    const next = await runtimeOn(database.url, { effects })
    await next.conversations.start({ flow: 'support', id: 'd' })
    await next.conversations.accept('d', { type: 'bot.intent', intent: 'look' })
    await expect.poll(() => ran).toBe(2)
    await next.close()
    expect(ran).toBe(2)
  })
})
