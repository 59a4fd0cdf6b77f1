import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { soughtOf } from '#server/runtime/needs.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { freshDatabase, type TestDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn, type HandClock } from './running.ts'

const SECOND = 1_000
let database: TestDatabase
let clock: HandClock
let runtime: RunningRuntime
let other: RunningRuntime

beforeEach(async () => {
  database = await freshDatabase()
  clock = handClock()
  runtime = await runtimeOn(database.url, { clock })
  other = await runtimeOn(database.url, { clock })
})
afterEach(async () => {
  await Promise.all([runtime.close(), other.close()])
  await database.drop()
})

async function waits(id: string, node = runtime): Promise<void> {
  await node.conversations.start({ flow: 'support', id })
  await node.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
}
async function online(id: string, over: Parameters<typeof agent>[1] = {}): Promise<void> {
  await runtime.desk.putAgent(agent(id, over))
  await runtime.desk.setPresence(id, 'online')
}
const offeredTo = async (id: string) => (await runtime.conversations.view(id)).queue?.offeredTo
const queue = async () => (await runtime.desk.queues()).find((each) => each.team === 'billing')

describe('An offer', () => {
  test('is made at once to an agent who comes online', async () => {
    await waits('c')
    await online('ada')
    await expect.poll(() => offeredTo('c')).toBe('ada')
  })

  test('is made at once to an agent who is online, when a customer joins', async () => {
    await online('ada')
    await waits('c')
    await expect.poll(() => offeredTo('c')).toBe('ada')
  })

  test('goes to the customer who waits longest, in the order of the queue', async () => {
    for (const id of ['first', 'second', 'third']) {
      await waits(id)
      clock.skip(SECOND)
    }
    expect((await runtime.conversations.view('third')).queue?.position).toBe(3)
    await online('ada', { capacity: 1 })
    await expect.poll(() => offeredTo('first')).toBe('ada')
    expect(await offeredTo('second')).toBeUndefined()
    await runtime.conversations.accept('first', { type: 'agent.accept', agent: 'ada' })
    await runtime.conversations.accept('first', { type: 'agent.resolve', resolution: 'done' })
    await expect.poll(() => offeredTo('second')).toBe('ada')
    expect((await runtime.conversations.view('third')).queue?.position).toBe(2)
  })

  test('that is declined goes to the next, and the customer keeps the place', async () => {
    await waits('c')
    const since = (await runtime.conversations.view('c')).queue?.waitingSince
    await online('ada')
    await expect.poll(() => offeredTo('c')).toBe('ada')
    await online('bob')
    clock.skip(SECOND)
    await expect(runtime.conversations.accept('c', { type: 'agent.decline' }, { by: 'bob' })).rejects.toMatchObject({
      code: 'not-owner',
    })
    await runtime.conversations.accept('c', { type: 'agent.decline' }, { by: 'ada' })
    await expect.poll(() => offeredTo('c')).toBe('bob')
    expect((await runtime.conversations.view('c')).queue?.waitingSince).toBe(since)
  })

  test('that is declined by the only one there comes back to them after a rest, not at once', async () => {
    await waits('c')
    await online('ada')
    await expect.poll(() => offeredTo('c')).toBe('ada')
    await runtime.conversations.accept('c', { type: 'agent.decline', agent: 'ada' })
    await runtime.settle()
    expect(await offeredTo('c')).toBeUndefined()
    clock.skip(30 * SECOND)
    await runtime.settle()
    expect(await offeredTo('c')).toBe('ada')
  })

  test('of a customer whom somebody lost goes back to them after a rest, not at once, and to another at once', async () => {
    await waits('c')
    await online('ada')
    await expect.poll(() => offeredTo('c')).toBe('ada')
    await runtime.conversations.accept('c', { type: 'agent.accept', agent: 'ada' })
    // Ada's laptop is closed, and she is online still: the time that the flow gives her runs out.
    clock.skip(300 * SECOND)
    await runtime.settle()
    expect((await runtime.conversations.view('c')).phase).toBe('queued')
    expect(await offeredTo('c')).toBeUndefined()
    await online('bob')
    await expect.poll(() => offeredTo('c')).toBe('bob')
  })

  test('that nobody answers ends after the team’s time, to the next', async () => {
    await runtime.desk.putTeam({ id: 'billing', name: 'Billing', offerFor: '10s' })
    await waits('c')
    await online('ada')
    await expect.poll(() => offeredTo('c')).toBe('ada')
    await online('bob')
    clock.skip(10 * SECOND - 1)
    await runtime.settle()
    expect(await offeredTo('c')).toBe('ada')
    clock.skip(1)
    await runtime.settle()
    expect(await offeredTo('c')).toBe('bob')
  })

  test.each(['away', 'offline'] as const)('to somebody who goes %s ends at once', async (presence) => {
    await waits('c')
    await online('ada')
    await expect.poll(() => offeredTo('c')).toBe('ada')
    await runtime.desk.setPresence('ada', presence)
    await expect.poll(() => offeredTo('c')).toBeUndefined()
  })

  test('is not made while the customer is away, and is made on the return', async () => {
    await waits('c')
    await runtime.conversations.accept('c', { type: 'customer.left' })
    await online('ada')
    await runtime.settle()
    expect(await offeredTo('c')).toBeUndefined()
    await runtime.conversations.accept('c', { type: 'customer.returned' })
    await expect.poll(() => offeredTo('c')).toBe('ada')
  })

  test('says why it goes to whom', async () => {
    await waits('c')
    await online('ada')
    await expect.poll(() => offeredTo('c')).toBe('ada')
    const made = (await runtime.conversations.log('c')).flatMap((entry) =>
      entry.kind === 'event' && entry.event.type === 'offer.made' ? [entry.event.reason] : [],
    )
    expect(made).toEqual(['ADA: 0 of 2 chats'])
  })
})

describe('An agent who goes offline', () => {
  test('gives back what they hold, to the queue, at the same place', async () => {
    await waits('c')
    const since = (await runtime.conversations.view('c')).queue?.waitingSince
    await online('ada')
    await runtime.conversations.accept('c', { type: 'agent.accept', agent: 'ada' })
    clock.skip(60 * SECOND)
    await runtime.desk.setPresence('ada', 'offline')
    await expect.poll(async () => (await runtime.conversations.view('c')).phase).toBe('queued')
    expect((await runtime.conversations.view('c')).queue?.waitingSince).toBe(since)
  })

  test('and away keeps it', async () => {
    await waits('c')
    await online('ada')
    await runtime.conversations.accept('c', { type: 'agent.accept', agent: 'ada' })
    await runtime.desk.setPresence('ada', 'away')
    await runtime.settle()
    expect((await runtime.conversations.view('c')).owner).toBe('agent:ada')
  })

  test('that is not registered is said so', async () => {
    await expect(runtime.desk.setPresence('ghost', 'online')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('Laws of assignment', () => {
  test('1. accepting does not pass the capacity', async () => {
    await online('ada', { capacity: 1 })
    await runtime.desk.setPresence('ada', 'away')
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => waits(id)))
    const answers = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((id, index) =>
        (index % 2 === 0 ? runtime : other).conversations.accept(id, { type: 'agent.accept', agent: 'ada' }),
      ),
    )
    expect(answers.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    for (const each of answers)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'not-expected', message: /capacity/ })
    expect(await runtime.desk.agent('ada')).toMatchObject({ load: 1 })
  })

  test('2. from two nodes at once, nobody is offered more than fits, and nobody waits who could be served', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => waits(`w-${index}`, index % 2 === 0 ? runtime : other)))
    await Promise.all(['ada', 'bob', 'cyd', 'dan'].map((id) => runtime.desk.putAgent(agent(id, { capacity: 5 }))))
    await Promise.all(
      ['ada', 'bob', 'cyd', 'dan'].map((id, index) =>
        (index % 2 === 0 ? runtime : other).desk.setPresence(id, 'online'),
      ),
    )
    await Promise.all([runtime.settle(), other.settle(), runtime.settle(), other.settle()])
    await runtime.settle()
    const loads = (await runtime.desk.agents()).map((each) => each.load)
    expect(loads).toEqual([5, 5, 5, 5])
    expect(await queue()).toMatchObject({ waiting: 30, offered: 20, agents: { online: 4, capacity: 20, load: 20 } })
    const offers = (await runtime.conversations.list({ phase: 'queued', limit: 100 })).items.filter(
      (each) => each.queue?.offeredTo,
    )
    expect(offers).toHaveLength(20)
  })

  test('3. an offer to somebody who is not online, or not registered, is not made', async () => {
    await waits('c')
    await runtime.desk.putAgent(agent('ada'))
    for (const id of ['ada', 'ghost']) {
      const made = await runtime.conversations
        .tell('c', { type: 'offer.made', agent: { id, name: id }, until: clock.now() + SECOND })
        .catch((error: unknown) => error)
      expect(made === undefined || made instanceof RuntimeError).toBe(true)
    }
    expect((await runtime.conversations.view('c')).version).toBe(2)
  })

  test('4. nobody gets an offer after going away, however close the two come', async () => {
    for (let round = 0; round < 10; round++) {
      await online('ada', { capacity: 50 })
      await Promise.all([waits(`r-${round}`), runtime.desk.setPresence('ada', 'offline'), other.settle()])
      await runtime.settle()
      await expect.poll(() => offeredTo(`r-${round}`)).toBeUndefined()
    }
    expect(await runtime.desk.agent('ada')).toMatchObject({ load: 0 })
  })

  test('5. who has gone by the time of their accept has not accepted; who accepts later is there', async () => {
    await waits('c')
    await online('ada')
    // An offer is made at some time; from then on the conversation stands still.
    await expect.poll(() => offeredTo('c')).toBe('ada')
    const accepted = () => runtime.conversations.accept('c', { type: 'agent.accept', agent: 'ada' })
    clock.skip(SECOND)
    await runtime.desk.setPresence('ada', 'offline')
    const refused = { code: 'not-expected', message: /not online/ }
    await expect(accepted()).rejects.toMatchObject(refused)
    // As one that was on its way for a second.
    clock.skip(-SECOND)
    await expect(accepted()).rejects.toMatchObject(refused)
    clock.skip(SECOND + 1)
    await accepted()
    expect((await runtime.conversations.view('c')).owner).toBe('agent:ada')
  })

  test('6. who declined since they were found is not offered it once more', async () => {
    const needs = { team: 'billing', teams: [], channel: 'web', language: null, tier: null, skills: {}, dropped: [] }
    const sought = soughtOf(needs, { preferred: null, skip: [] })
    // Of another team, so that nobody but this test finds them.
    await online('bob', { teams: ['sales'] })
    await waits('c')
    const offer = () =>
      runtime.conversations.tell(
        'c',
        { type: 'offer.made', agent: { id: 'bob', name: 'Bob' }, until: clock.now() + 30 * SECOND },
        { sought },
      )
    expect(await offer()).toBeDefined()
    await runtime.conversations.accept('c', { type: 'agent.decline', agent: 'bob' })
    expect(await offer()).toBeUndefined()
    expect(await offeredTo('c')).toBeUndefined()
  })
})
