import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../driver/postgres.ts'
import { decoded } from '../live/mail-server.ts'
import { agent } from '../runtime/running.ts'
import { HOUR, MINUTE, openKeeping, type Keeping } from './keeping.ts'

const database = testDatabase()
let kept: Keeping
beforeAll(async () => {
  kept = await openKeeping(database.url, { over: { ticket: { collect: ['name', 'email', 'brief'] } } })
})
afterEach(() => kept.nextMorning())
afterAll(() => kept.close())

const DAY = 24 * HOUR
const DUE = 'It is time for your call; a colleague is with you in a moment.'
const BROKEN = 'Sorry, nobody could make your call. It is written down, and somebody answers you here in writing.'
async function callback(conversation: string) {
  for (const state of [undefined, 'kept', 'ticket', 'cancelled'] as const) {
    const { items } = await kept.node.promises.callbacks({ limit: 200, ...(state === undefined ? {} : { state }) })
    const found = items.find((each) => each.conversation === conversation)
    if (found) return found
  }
  throw new Error(`There is no callback of ${conversation}.`)
}
const untilThen = async (at: number): Promise<void> => kept.later(at - kept.clock.now())
const queue = async (id: string) => (await kept.node.conversations.view(id)).queue

describe('A booked call', () => {
  test('is of the next day when what is left of this one is too near', async () => {
    // It is open until eight: the last time of the day begins in ten minutes.
    await kept.later(20 * HOUR - 40 * MINUTE - (kept.clock.now() % DAY))
    const at = await kept.callbackOf('near-1')
    expect(at).toBeGreaterThan(kept.clock.now() + 40 * MINUTE)
    expect(await callback('near-1')).toMatchObject({ state: 'booked', at })
  })

  test('is of the next day when all that is left of this one is booked', async () => {
    await kept.later(19 * HOUR - (kept.clock.now() % DAY))
    const last = await kept.callbackOf('full-1')
    expect(last).toBe(kept.clock.now() + 30 * MINUTE)
    expect(await kept.callbackOf('full-2')).toBe(last + 12.5 * HOUR)
  })

  test('1. is reminded of ten minutes before, in the chat and by mail, once', async () => {
    const at = await kept.callbackOf('soon-1')
    expect(await callback('soon-1')).toMatchObject({ state: 'booked', at, team: 'billing', tries: 0 })
    await untilThen(at - 10 * MINUTE - 1)
    expect((await kept.said('soon-1')).at(-1)).not.toMatch(/reminder/)
    await kept.later(1)
    expect((await kept.said('soon-1')).at(-1)).toMatch(/^A reminder: your call is at \d\d:\d\d/)
    expect(await kept.phase('soon-1')).toBe('closed')
    await kept.rest('soon-1')
    await expect.poll(() => kept.mailsTo('soon-1@home.example').length).toBe(1)
    expect(decoded(kept.mailsTo('soon-1@home.example')[0]?.source ?? '')).toContain('A reminder: your call is at')
    await kept.node.settle()
    expect((await kept.said('soon-1')).filter((text) => /reminder/.test(text))).toHaveLength(1)
  })

  test('2. goes before everybody who waits, and is offered to an agent; taking it keeps it', async () => {
    const at = await kept.callbackOf('first-1')
    for (const id of ['line-1', 'line-2']) {
      kept.clock.skip(1)
      await kept.node.conversations.start({ flow: 'support', id })
    }
    await untilThen(at - MINUTE)
    for (const id of ['line-1', 'line-2'])
      await kept.node.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
    await untilThen(at)
    expect(await queue('first-1')).toMatchObject({ position: 1, priority: 100 })
    expect(await kept.said('first-1')).toContain(DUE)
    await kept.online('tom', 1)
    await expect.poll(async () => (await queue('first-1'))?.offeredTo).toBe('tom')
    expect(await callback('first-1')).toMatchObject({ state: 'due', tries: 1 })
    await kept.node.conversations.accept('first-1', { type: 'agent.accept', agent: 'tom' })
    expect(await callback('first-1')).toMatchObject({ state: 'kept' })
    await kept.node.conversations.accept('first-1', { type: 'agent.resolve', resolution: 'called' }, { by: 'tom' })
    await kept.node.desk.setPresence('tom', 'offline')
  })

  test('3. that nobody takes is offered once more, then it is a ticket and the customer is told', async () => {
    const at = await kept.callbackOf('miss-1', { email: 'miss-1@home.example', phone: '+49 30 1234567' })
    await untilThen(at)
    await kept.later(10 * MINUTE)
    expect(await callback('miss-1')).toMatchObject({ state: 'missed', tries: 1, customer: { phone: '+49 30 1234567' } })
    await kept.later(15 * MINUTE)
    expect(await callback('miss-1')).toMatchObject({ state: 'due', tries: 2 })
    expect((await queue('miss-1'))?.position).toBe(1)
    await kept.later(10 * MINUTE)
    expect(await callback('miss-1')).toMatchObject({ state: 'missed', tries: 2 })
    // The flow's own ticket comes first: the customer is asked for a while what it is about.
    await kept.later(15 * MINUTE)
    await expect.poll(() => kept.phase('miss-1')).toBe('closed')
    await kept.later(5 * MINUTE)
    const { state, ticket } = await callback('miss-1')
    expect(state).toBe('ticket')
    expect(await kept.node.promises.ticket(ticket ?? '')).toMatchObject({
      conversation: 'miss-1',
      state: 'open',
      team: 'billing',
    })
    expect(ticket).not.toMatch(/missed/)
    expect((await kept.said('miss-1')).filter((text) => text === BROKEN)).toHaveLength(1)
    await kept.later(2 * HOUR)
    expect((await kept.said('miss-1')).filter((text) => text === DUE)).toHaveLength(2)
  })

  test('4. of several that are due at once, after a night without a server, all are put before the team in order', async () => {
    const ids = ['many-1', 'many-2', 'many-3']
    const times: number[] = []
    for (const id of ids) times.push(await kept.callbackOf(id))
    expect(new Set(times).size).toBe(3)
    kept.clock.skip(HOUR * 10)
    const other = await kept.another()
    await Promise.all([kept.node.settle(), other.settle()])
    const places = await Promise.all(ids.map(async (id) => (await queue(id))?.position))
    expect(places).toEqual(ids.map((_, index) => 1 + index))
    for (const id of ids) expect((await kept.said(id)).filter((text) => text === DUE)).toHaveLength(1)
    for (const id of ids) expect((await kept.said(id)).some((text) => /reminder/.test(text))).toBe(false)
  })

  test('5. interrupts nobody who speaks to a person at that time: it is kept', async () => {
    const at = await kept.callbackOf('busy-1')
    await kept.online('kim', 5)
    await untilThen(at - MINUTE)
    await kept.node.conversations.tell('busy-1', {
      type: 'promise.due',
      promise: 'callback',
      id: 'by hand',
      since: at,
      priority: 0,
      agent: 'kim',
    })
    await kept.node.conversations.accept('busy-1', { type: 'agent.message', text: 'I call you now.' }, { by: 'kim' })
    await untilThen(at)
    expect(await callback('busy-1')).toMatchObject({ state: 'kept' })
    expect((await kept.node.conversations.view('busy-1')).owner).toBe('agent:kim')
    await kept.node.desk.setPresence('kim', 'offline')
  })

  test('6. that is cancelled frees its time, and nobody is reminded of it', async () => {
    const at = await kept.callbackOf('off-1')
    const { id } = await callback('off-1')
    expect(await kept.node.promises.cancel(id)).toMatchObject({ state: 'cancelled' })
    expect(await kept.callbackOf('off-2')).toBe(at)
    await untilThen(at + MINUTE)
    expect((await kept.said('off-1')).some((text) => text === DUE || /reminder/.test(text))).toBe(false)
    expect(await kept.said('off-2')).toContain(DUE)
    const due = await callback('off-2')
    await expect(kept.node.promises.cancel(due.id)).rejects.toMatchObject({ code: 'not-expected' })
    await expect(kept.node.promises.cancel('nothing')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('7. that is cancelled while those before it are put to the team stays cancelled', async () => {
    await kept.callbackOf('race-1')
    const at = await kept.callbackOf('race-2')
    await kept.query(`create function cancel_the_other() returns trigger language plpgsql as $$ begin
      update baton.callbacks set state = 'cancelled', next_at = null where conversation = 'race-2';
      return new; end $$`)
    await kept.query(`create trigger race after update on baton.callbacks for each row
      when (new.conversation = 'race-1' and new.state = 'due') execute function cancel_the_other()`)
    await kept.query(`update baton.callbacks set next_at = ${at} where conversation like 'race-%'`)
    await untilThen(at)
    expect(await callback('race-1')).toMatchObject({ state: 'due' })
    expect(await callback('race-2')).toMatchObject({ state: 'cancelled' })
    expect(await kept.said('race-2')).not.toContain(DUE)
    await kept.query('drop trigger race on baton.callbacks')
  })

  test('that was offered hours ago and is past is not booked: others are offered', async () => {
    const { conversations } = kept.node
    await conversations.start({ flow: 'support', id: 'past-1', customer: { name: 'Ann' } })
    const { messages } = await conversations.accept('past-1', { type: 'bot.intent', intent: 'book' })
    const [first] = messages.at(-1)?.quickReplies ?? []
    await kept.later(3 * HOUR)
    await conversations.accept('past-1', { type: 'customer.message', text: 'That one', choice: first?.id ?? '' })
    await expect
      .poll(async () => (await conversations.transcript('past-1')).at(-1)?.quickReplies?.length)
      .toBeGreaterThan(1)
    const [next] = (await conversations.transcript('past-1')).at(-1)?.quickReplies ?? []
    expect(Date.parse(next?.id ?? '')).toBeGreaterThan(kept.clock.now())
    await expect(callback('past-1')).rejects.toThrow('There is no callback')
    expect(await kept.said('past-1')).not.toContain(DUE)
  })

  test('that a bot takes is kept by nobody, until a person accepts it', async () => {
    const { desk, conversations } = kept.node
    const at = await kept.callbackOf('bot-1')
    await untilThen(at - MINUTE)
    await desk.putAgent(agent('robin', { bot: 'gone', capacity: 5 }))
    await desk.setPresence('robin', 'online')
    await untilThen(at)
    const taken = () => kept.query(`select from baton.handoffs where conversation = 'bot-1' and agent = 'robin'`)
    await expect.poll(async () => (await taken()).length).toBeGreaterThan(0)
    expect(await callback('bot-1')).toMatchObject({ state: 'due' })
    await desk.setPresence('robin', 'offline')
    await expect.poll(async () => (await conversations.view('bot-1')).owner).toBe('queue')
    expect(await callback('bot-1')).toMatchObject({ state: 'due' })
    await kept.online('tom', 1)
    await conversations.accept('bot-1', { type: 'agent.accept', agent: 'tom' })
    expect(await callback('bot-1')).toMatchObject({ state: 'kept' })
    await conversations.accept('bot-1', { type: 'agent.resolve', resolution: 'called' }, { by: 'tom' })
    await desk.setPresence('tom', 'offline')
  })

  test('8. is told once, whatever its server died over', async () => {
    const at = await kept.callbackOf('died-1')
    const { id } = await callback('died-1')
    const back = (columns: string) => kept.query(`update baton.callbacks set ${columns} where id = $1`, id)
    const told = async (text: RegExp) => (await kept.said('died-1')).filter((each) => text.test(each)).length
    // After the reminder was told, before the row said so.
    await untilThen(at - 10 * MINUTE)
    await back(`next_at = ${at - 10 * MINUTE}, reminded_at = null`)
    await kept.node.settle()
    expect(await told(/reminder/)).toBe(1)
    // After the row said that it is due, before the conversation was told.
    await back(`state = 'due', tries = 1, next_at = ${at + MINUTE}`)
    await untilThen(at)
    expect(await told(/time for your call/)).toBe(0)
    await kept.later(MINUTE)
    expect(await told(/time for your call/)).toBe(1)
    // After it was told, before the row said so.
    await back(`next_at = ${at + MINUTE}`)
    await kept.node.settle()
    expect(await told(/time for your call/)).toBe(1)
    expect(await callback('died-1')).toMatchObject({ state: 'due', tries: 1 })
  })
})
