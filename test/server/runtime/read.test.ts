import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { replay, type OutsideEvent } from '#engine/index.ts'
import { eventsOf } from '#server/runtime/read.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn, type HandClock } from './running.ts'
import { supportFlow } from './support-flow.ts'

const MINUTE = 60_000
const database = testDatabase()
let clock: HandClock
let runtime: RunningRuntime

beforeAll(async () => {
  clock = handClock()
  runtime = await runtimeOn(database.url, { clock })
  await runtime.desk.putAgent(agent('ada', { capacity: 1_000 }))
  await runtime.desk.putSchedule({ id: 'office', schedule: { timezone: 'UTC', week: { mon: [['09:00', '17:00']] } } })
})
afterAll(() => runtime.close())

const events: fc.Arbitrary<OutsideEvent> = fc.oneof(
  fc
    .constantFrom('Hi', 'I want to talk to a person', 'yes', 'no', 'me@example.org')
    .map((text) => ({ type: 'customer.message', text }) as const),
  fc
    .constantFrom('Yes?', 'Sorry, I do not know.')
    .map((text) => ({ type: 'bot.message', text, fallback: text.startsWith('Sorry') }) as const),
  fc.constantFrom('look', 'book').map((intent) => ({ type: 'bot.intent', intent }) as const),
  fc.constantFrom(
    { type: 'customer.left' },
    { type: 'customer.returned' },
    { type: 'bot.done' },
    { type: 'bot.failed' },
    { type: 'agent.accept', agent: 'ada' },
    { type: 'agent.message', text: 'Hello' },
    { type: 'agent.note', text: 'A note' },
    { type: 'agent.handback' },
    { type: 'agent.transfer', team: 'billing' },
    { type: 'agent.resolve', resolution: 'done' },
  ),
)
let walks = 0
let refused = 0

/** Plays events as far as they are taken, with a minute or ten between them. */
async function walk(steps: readonly (readonly [OutsideEvent, number])[]): Promise<string> {
  const id = `walk-${walks++}`
  await runtime.conversations.start({ flow: 'support', id, customer: { id: 'ann', name: 'Ann' } })
  for (const [event, minutes] of steps) {
    clock.skip(minutes * MINUTE)
    await runtime.settle()
    await runtime.conversations.accept(id, event).catch((error: unknown) => {
      if (!(error instanceof RuntimeError) || error.code === 'unavailable') throw error
      refused++
    })
  }
  return id
}
const walking = fc.array(fc.tuple(events, fc.constantFrom(0, 0, 0, 1, 6)), { maxLength: 14 })

describe('Laws of the log', () => {
  test('1. replaying it gives the stored snapshot, byte for byte; its numbers have no gap, its times do not go back', async () => {
    await fc.assert(
      fc.asyncProperty(walking, async (steps) => {
        const id = await walk(steps)
        const log = await runtime.conversations.log(id)
        const stored = await runtime.conversations.snapshot(id)
        expect(JSON.stringify(replay(supportFlow(), 1, eventsOf(log)).snapshot)).toBe(JSON.stringify(stored))
        expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index + 1))
        log.reduce((before, entry) => {
          expect(entry.at).toBeGreaterThanOrEqual(before)
          return entry.at
        }, 0)
        expect(stored.version).toBe(eventsOf(log).length)
      }),
      { numRuns: 60 },
    )
    expect(refused).toBeGreaterThan(0)
  })

  test('a log that is asked for from beyond any number that an entry can have is empty', async () => {
    const id = await walk([[{ type: 'customer.message', text: 'Hi' }, 0]])
    for (const after of [2 ** 31, Number.MAX_SAFE_INTEGER])
      expect(await runtime.conversations.log(id, after)).toEqual([])
  })

  test('2. a conversation can be read as it was after any entry', async () => {
    const id = await walk([
      [{ type: 'customer.message', text: 'Hi' }, 0],
      [{ type: 'bot.message', text: 'Yes?' }, 1],
      [{ type: 'customer.message', text: 'I want to talk to a person' }, 1],
    ])
    const now = await runtime.conversations.snapshot(id)
    const log = await runtime.conversations.log(id)
    for (const { seq } of log) {
      const then = await runtime.conversations.snapshot(id, seq)
      expect(then.seq).toBeGreaterThanOrEqual(seq)
      expect(then.version).toBe(eventsOf(log.filter((entry) => entry.seq <= then.seq)).length)
    }
    expect(await runtime.conversations.snapshot(id, now.seq)).toEqual(now)
    expect((await runtime.conversations.snapshot(id, 1)).state).toBe('bot.bot')
    await expect(runtime.conversations.snapshot(id, 0)).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('Reading', () => {
  test('the handoff package holds the transcript and the same customer’s earlier conversations', async () => {
    const customer = { id: 'Eve', name: 'Eve' }
    await runtime.conversations.start({ flow: 'support', id: 'earlier', customer })
    await runtime.conversations.accept('earlier', { type: 'bot.done' })
    clock.skip(MINUTE)
    await runtime.conversations.start({ flow: 'support', id: 'stranger', customer: { id: 'mallory' } })
    await runtime.conversations.start({ flow: 'support', id: 'now', customer })
    await runtime.conversations.accept('now', { type: 'customer.message', text: 'I want to talk to a person' })
    const handoff = await runtime.conversations.handoff('now')
    expect(handoff.customer.history.map((each) => each.id)).toEqual(['earlier'])
    expect(handoff.transcript.map((message) => message.from)).toEqual(['bot', 'customer', 'bot'])
    expect(handoff.reason.signals.map((each) => each.signal)).toEqual(['explicitRequest'])
  })

  test('the list is filtered, searched and paged without losing or repeating any', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => `page-${index}`)
    for (const id of ids) {
      clock.skip(1)
      await runtime.conversations.start({ flow: 'support', id, customer: { id: 'pager' } })
    }
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await runtime.conversations.list({
        q: 'pager',
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.next
    }
    expect(seen).toEqual([...ids].reverse())
    const zero = Buffer.from(JSON.stringify([1, 'c\u0000'])).toString('base64url')
    for (const cursor of ['nonsense', zero])
      await expect(runtime.conversations.list({ cursor })).rejects.toMatchObject({ code: 'invalid' })
    expect((await runtime.conversations.list({ flow: 'another' })).items).toEqual([])
    expect(
      (await runtime.conversations.list({ phase: 'queued', team: 'billing', node: 'billing' })).items.map(
        (item) => item.id,
      ),
    ).toContain('now')
  })

  test('searching finds what was said, whatever signs it holds, and not the words of the machine', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'search' })
    await runtime.conversations.accept('search', {
      type: 'customer.message',
      text: 'My “straße” costs 100%_ and "more" \\ than that',
    })
    for (const q of ['STRASSE'.toLowerCase().replace('ss', 'ß'), '100%_', '"more" \\', 'costs']) {
      expect((await runtime.conversations.list({ q })).items.map((item) => item.id)).toEqual(['search'])
    }
    expect((await runtime.conversations.list({ q: '100%x' })).items).toEqual([])
    expect((await runtime.conversations.list({ q: 'customer.message' })).items).toEqual([])
  })
})

describe('What the flow asks of the world', () => {
  const book = async (id: string) => {
    await runtime.conversations.start({ flow: 'support', id, customer: { name: 'Ann', email: 'ann@example.org' } })
    return runtime.conversations.accept(id, { type: 'bot.intent', intent: 'book' })
  }
  const monday = Date.parse('2027-03-01T10:00:00Z')

  test('is the saved schedule: open leads one way, closed another', async () => {
    clock.skip(monday - clock.now())
    expect((await book('open')).conversation.state).toBe('queued.call')
    clock.skip(10 * 60 * MINUTE)
    expect((await book('closed')).conversation.state).toBe('queued.ticket')
  })

  test('and times that are booked are not offered again', async () => {
    clock.skip(monday + 7 * 86_400_000 - clock.now())
    const offered = (await book('first')).messages.at(-1)?.quickReplies ?? []
    expect(offered.length).toBeGreaterThan(1)
    const { Client } = await import('pg').then((pg) => pg.default)
    const sql = new Client({ connectionString: database.url })
    await sql.connect()
    await sql.query(
      `insert into baton.callbacks (id, conversation, schedule, at, length, customer, booked_at)
        values ('b', 'first', 'office', $1, 1800000, '{}', 0)`,
      [Date.parse(offered[0]?.id ?? '')],
    )
    await sql.end()
    expect((await book('second')).messages.at(-1)?.quickReplies?.map((each) => each.id)).not.toContain(offered[0]?.id)
  })
})

describe('Figures', () => {
  // Of nobody else: what waits from the tests above is handed on when its time comes, and would be counted here.
  const alone = testDatabase()
  let clock: HandClock
  let runtime: RunningRuntime
  beforeAll(async () => {
    clock = handClock()
    runtime = await runtimeOn(alone.url, { clock })
    await runtime.desk.putAgent(agent('ada', { capacity: 1_000 }))
  })
  afterAll(() => runtime.close())

  test('count conversations, handoffs, their reasons and their waits', async () => {
    const since = clock.now() + 1
    clock.skip(1)
    for (const id of ['m1', 'm2', 'm3', 'm4']) await runtime.conversations.start({ flow: 'support', id })
    for (const id of ['m1', 'm2'])
      await runtime.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
    clock.skip(2 * MINUTE)
    await runtime.conversations.accept('m1', { type: 'agent.accept', agent: 'ada' })
    clock.skip(4 * MINUTE)
    await runtime.conversations.accept('m1', { type: 'agent.resolve', resolution: 'done' })
    const metrics = await runtime.desk.metrics(since)
    expect(metrics).toMatchObject({
      conversations: 4,
      handoffs: 2,
      handoffRate: 0.5,
      reasons: { explicitRequest: 2 },
      waits: { count: 1, mean: 2 * MINUTE, longest: 2 * MINUTE },
    })
    expect(metrics.open['bot']).toBeGreaterThanOrEqual(2)
  })

  test('the wait that is told comes from how long people took before', async () => {
    await runtime.desk.putAgent(agent('solo', { teams: ['billing'], capacity: 1 }))
    await runtime.desk.setPresence('solo', 'online')
    await runtime.conversations.start({ flow: 'support', id: 'eta' })
    await runtime.conversations.accept('eta', { type: 'customer.message', text: 'I want to talk to a person' })
    const billing = (await runtime.desk.queues()).find((each) => each.team === 'billing')
    expect(billing?.agents).toMatchObject({ online: 1, capacity: 1 })
    expect(billing?.eta).toBeGreaterThan(0)
  })
})
