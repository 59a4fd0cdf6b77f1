import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { freshDatabase, type TestDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn, type HandClock } from './running.ts'
import { supportFlow } from './support-flow.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
let database: TestDatabase
let clock: HandClock
let runtime: RunningRuntime
let other: RunningRuntime | undefined

beforeEach(async () => {
  database = await freshDatabase()
  clock = handClock()
})
afterEach(async () => {
  await Promise.all([runtime.close(), other?.close()])
  other = undefined
  await database.drop()
})

/** A server whose queue for billing is so. */
async function serve(billing: object = {}): Promise<void> {
  runtime = await runtimeOn(database.url, { clock, flows: [supportFlow({ billing })] })
}
async function waits(id: string, customer: object = {}, node = runtime): Promise<void> {
  await node.conversations.start({ flow: 'support', id, customer: { ...customer } })
  await node.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
}
async function online(id: string, over: Parameters<typeof agent>[1] = {}): Promise<void> {
  await runtime.desk.putAgent(agent(id, over))
  await runtime.desk.setPresence(id, 'online')
}
const accepts = (id: string, who: string) => runtime.conversations.accept(id, { type: 'agent.accept', agent: who })
const resolves = (id: string) => runtime.conversations.accept(id, { type: 'agent.resolve', resolution: 'done' })
const offeredTo = async (id: string) => (await runtime.conversations.view(id)).queue?.offeredTo
const offered = (id: string, who: string) => expect.poll(() => offeredTo(id)).toBe(who)
async function settled(milliseconds = 0): Promise<void> {
  clock.skip(milliseconds)
  await runtime.settle()
}

describe('Laws of the order', () => {
  test('1. a point of priority is worth so much waiting: who has waited longer than that goes first', async () => {
    await serve({ priority: 'customer.vip ? 10 : 0', ageing: '1m', maxWait: '1h' })
    await waits('plain', { vip: false })
    clock.skip(9 * MINUTE)
    await waits('soon', { vip: true })
    expect((await runtime.conversations.view('soon')).queue?.position).toBe(1)
    await online('ada', { capacity: 1 })
    await offered('soon', 'ada')
    await accepts('soon', 'ada')
    clock.skip(2 * MINUTE - 1)
    await waits('late', { vip: true })
    expect((await runtime.conversations.view('late')).queue?.position).toBe(2)
    await resolves('soon')
    await offered('plain', 'ada')
  })

  test('2. whoever is first but kept for somebody hides nobody who comes after', async () => {
    await serve({ sameAgent: '5m' })
    await online('bob', { capacity: 3 })
    for (const id of ['b1', 'b2', 'b3']) {
      await waits(id, { id })
      await offered(id, 'bob')
      await accepts(id, 'bob')
    }
    for (const id of ['b1', 'b2']) await resolves(id)
    for (const id of ['n1', 'n2']) {
      await waits(id, { id })
      await offered(id, 'bob')
      await accepts(id, 'bob')
    }
    // Bob's hands are full. Two of his come back; then comes somebody whom nobody knows.
    for (const id of ['b1', 'b2']) await waits(`${id}-again`, { id })
    await waits('stranger')
    await online('ada', { capacity: 1 })
    await offered('stranger', 'ada')
    expect(await offeredTo('b1-again')).toBeUndefined()
  })

  test('2. nor does whoever is first and was just asked in vain: who is next goes before who joined later elsewhere', async () => {
    await serve()
    for (const [id, channel] of [
      ['call', 'phone'],
      ['second-call', 'phone'],
      ['chat', 'web'],
    ] as const) {
      await runtime.conversations.start({ flow: 'support', id, channel })
      await runtime.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
      clock.skip(SECOND)
    }
    await online('ada', { capacity: 1 })
    await offered('call', 'ada')
    await runtime.conversations.accept('call', { type: 'agent.decline', agent: 'ada' })
    await offered('second-call', 'ada')
  })
})

describe('Laws of weights', () => {
  const team = { id: 'billing', name: 'Billing', weights: { phone: 2 } }

  test('3. a conversation takes the room that its team gives the channel, in every count', async () => {
    await serve()
    await runtime.desk.putTeam(team)
    await online('ada', { capacity: 3 })
    for (const id of ['call', 'second']) {
      await runtime.conversations.start({ flow: 'support', id, channel: 'phone' })
      await runtime.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
    }
    await offered('call', 'ada')
    expect(await runtime.desk.agent('ada')).toMatchObject({ load: 2 })
    await accepts('call', 'ada')
    expect(await runtime.desk.agent('ada')).toMatchObject({ load: 2 })
    await settled()
    expect(await offeredTo('second')).toBeUndefined()
    await expect(accepts('second', 'ada')).rejects.toMatchObject({ code: 'not-expected', message: /capacity/ })
  })

  test('a weight that is put right is right at once for who waits already', async () => {
    await serve()
    await runtime.desk.putTeam({ ...team, weights: { web: 10 } })
    await waits('heavy')
    await online('ada', { capacity: 1 })
    await settled()
    expect(await offeredTo('heavy')).toBeUndefined()
    await runtime.desk.putTeam({ ...team, weights: {} })
    await offered('heavy', 'ada')
    expect(await runtime.desk.agent('ada')).toMatchObject({ load: 1 })
  })

  test('4. no capacity is passed, from two nodes at once', async () => {
    await serve()
    other = await runtimeOn(database.url, { clock })
    const nodes = [runtime, other]
    const ids = Array.from({ length: 12 }, (_, index) => `w${index}`)
    await runtime.desk.putTeam({ ...team, weights: { web: 1.5 } })
    // Of no team: nobody else makes her offers.
    await online('ada', { capacity: 5, teams: [] })
    await Promise.all(ids.map((id, index) => waits(id, {}, nodes[index % 2])))
    const offer = { type: 'offer.made', agent: { id: 'ada', name: 'ADA' }, until: clock.now() + MINUTE } as const
    const made = await Promise.allSettled(ids.map((id, index) => nodes[index % 2]?.conversations.tell(id, offer)))
    expect(made.filter((each) => each.status === 'fulfilled' && each.value !== undefined)).toHaveLength(3)
    expect(await runtime.desk.agent('ada')).toMatchObject({ load: 4.5 })
  })
})

describe('The right person', () => {
  test('is who helped last time, who is waited for while online, and nobody once the time is over', async () => {
    await serve({ sameAgent: '3m' })
    await online('bob', { capacity: 1 })
    await waits('first', { id: 'ann' })
    await offered('first', 'bob')
    await accepts('first', 'bob')
    await resolves('first')
    await waits('filler')
    await offered('filler', 'bob')
    await accepts('filler', 'bob')
    await waits('again', { id: 'ann' })
    await online('ada')
    await settled(2 * MINUTE)
    expect(await offeredTo('again')).toBeUndefined()
    expect((await runtime.conversations.routing('again')).now).toMatchObject({ position: 1 })
    await settled(MINUTE)
    await offered('again', 'ada')
  })

  test('may be of another team once the queue has opened it', async () => {
    await serve({ relax: [{ after: '2m', teams: ['overflow'] }] })
    await online('olga', { teams: ['overflow'] })
    await waits('c')
    await settled(2 * MINUTE - 1)
    expect(await offeredTo('c')).toBeUndefined()
    await settled(1)
    await offered('c', 'olga')
  })

  test('serves the customer’s tier, where the queue asks for it', async () => {
    await serve({ tier: true })
    await online('ada', { tiers: ['silver'] })
    await waits('c', { tier: 'gold' })
    await settled()
    expect(await offeredTo('c')).toBeUndefined()
    await online('gus', { tiers: ['gold'] })
    await offered('c', 'gus')
  })

  test('may be asked for by name from another team', async () => {
    await serve()
    await online('ada')
    await online('zoe', { teams: ['sales'] })
    await waits('c')
    await offered('c', 'ada')
    await accepts('c', 'ada')
    // Nobody of the team is there any more.
    await runtime.desk.setPresence('ada', 'away')
    await runtime.conversations.accept('c', { type: 'agent.transfer', agent: 'zoe' })
    await offered('c', 'zoe')
  })

  test('is who has been idle for longest, where the team says so', async () => {
    await serve()
    await runtime.desk.putTeam({ id: 'billing', name: 'Billing', routing: 'longestIdle' })
    for (const id of ['ada', 'bob']) {
      await online(id, { capacity: 3 })
      clock.skip(MINUTE)
    }
    await waits('one')
    await offered('one', 'ada')
    await accepts('one', 'ada')
    await resolves('one')
    clock.skip(MINUTE)
    await waits('two')
    await offered('two', 'bob')
  })
})

describe('Who lets offers pass', () => {
  const missesOne = async (id: string) => {
    await waits(id)
    await offered(id, 'ada')
    await settled(30 * SECOND)
  }
  /** Nobody is offered one whose customer is away. */
  const leaves = (id: string) => runtime.conversations.accept(id, { type: 'customer.left' })

  test('twice in a row is away, is told why, and is offered nothing until back', async () => {
    await serve()
    await online('ada')
    await missesOne('a')
    expect(await runtime.desk.agent('ada')).toMatchObject({ presence: 'online' })
    await missesOne('b')
    expect(await runtime.desk.agent('ada')).toMatchObject({ presence: 'away', because: 'missed' })
    await settled(5 * MINUTE)
    expect(await offeredTo('a')).toBeUndefined()
    await runtime.desk.setPresence('ada', 'online')
    const back = await runtime.desk.agent('ada')
    expect(back).toMatchObject({ presence: 'online' })
    expect(back).not.toHaveProperty('because')
    await offered('a', 'ada')
  })

  test('begins anew by taking or declining one', async () => {
    await serve()
    await online('ada')
    await missesOne('a')
    await leaves('a')
    await waits('b')
    await offered('b', 'ada')
    await runtime.conversations.accept('b', { type: 'agent.decline' }, { by: 'ada' })
    await leaves('b')
    await missesOne('c')
    await leaves('c')
    expect(await runtime.desk.agent('ada')).toMatchObject({ presence: 'online' })
    await waits('d')
    await offered('d', 'ada')
    await accepts('d', 'ada')
    await resolves('d')
    await missesOne('e')
    expect(await runtime.desk.agent('ada')).toMatchObject({ presence: 'online' })
  })

  test('never is away where the team says 0', async () => {
    await serve()
    await runtime.desk.putTeam({ id: 'billing', name: 'Billing', awayAfter: 0 })
    await online('ada')
    for (const id of ['a', 'b', 'c']) {
      await missesOne(id)
      await leaves(id)
    }
    expect(await runtime.desk.agent('ada')).toMatchObject({ presence: 'online' })
  })
})

describe('A conversation says', () => {
  test('to whom it was offered, why, why not to others, and how that ended', async () => {
    await serve({ skills: { refunds: 2 } })
    await online('ada', { skills: { refunds: 3 }, capacity: 1 })
    await online('tom', { skills: { refunds: 1 } })
    await waits('c')
    await offered('c', 'ada')
    await runtime.conversations.accept('c', { type: 'agent.decline' }, { by: 'ada' })
    await settled()
    const declined = await runtime.conversations.routing('c')
    expect(declined.decisions).toMatchObject([
      { agent: { id: 'ada' }, reason: expect.stringContaining('ADA: Refunds 3'), outcome: 'declined' },
    ])
    expect(declined.now).toMatchObject({
      position: 1,
      fits: [{ agent: { id: 'ada' }, room: false }],
      lacks: [{ agent: { id: 'tom' }, why: expect.stringContaining('Refunds 2') }],
    })
    await online('eve', { skills: { refunds: 5 } })
    await offered('c', 'eve')
    const { decisions, now } = await runtime.conversations.routing('c')
    expect(decisions.at(-1)).toMatchObject({ agent: { id: 'eve' }, outcome: 'open' })
    expect(decisions.at(-1)?.skipped).toContainEqual({
      agent: expect.objectContaining({ id: 'ada' }),
      why: expect.stringContaining('declined'),
    })
    expect(now).toMatchObject({ position: 1 })
    await settled(30 * SECOND)
    expect((await runtime.conversations.routing('c')).decisions[1]).toMatchObject({ outcome: 'missed' })
    await accepts('c', 'ada')
    expect(await runtime.conversations.routing('c')).toMatchObject({ now: null })
  })

  test('how long it takes, and the queue how true that was', async () => {
    await serve()
    await online('ada', { capacity: 1 })
    await waits('first')
    await offered('first', 'ada')
    await accepts('first', 'ada')
    await settled(4 * MINUTE)
    await resolves('first')
    await waits('second')
    await offered('second', 'ada')
    await accepts('second', 'ada')
    await waits('third')
    const told = (await runtime.conversations.view('third')).queue
    expect((told?.eta ?? 0) / (4 * MINUTE)).toBeCloseTo(1, 0)
    expect(told?.within).toBeGreaterThan(told?.eta ?? 0)
    await settled(4.5 * MINUTE)
    await resolves('second')
    await offered('third', 'ada')
    await accepts('third', 'ada')
    const billing = (await runtime.desk.queues()).find(({ team }) => team === 'billing')
    expect(billing?.kept).toMatchObject({ over: 3, share: 1, medianError: expect.any(Number) })
  })
})

describe('The first answer', () => {
  test('is due in business time of a saved schedule, and is said to be late when it is', async () => {
    await serve({ sla: { firstResponse: '30m', schedule: 'office', warnAt: 0.5 }, maxWait: '7d' })
    await runtime.desk.putSchedule({
      id: 'office',
      schedule: { timezone: 'UTC', week: { mon: [['09:00', '10:10']], tue: [['09:00', '17:00']] } },
    })
    // Monday, 10:00.
    await waits('c')
    const sla = async () => (await runtime.conversations.deskViews(['c'])).get('c')?.about.sla
    expect(await sla()).toEqual({ due: '2026-11-24T09:20:00.000Z', state: 'ok' })
    await settled(Date.parse('2026-11-24T09:05:00Z') - clock.now())
    expect(await sla()).toMatchObject({ state: 'warned' })
    await settled(15 * MINUTE)
    expect(await sla()).toMatchObject({ state: 'breached' })
  })
})
