import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { MOST_ARRIVALS } from '#server/runtime/past-day.ts'
import { connect, type Connections } from '#server/store/database.ts'
import { freshDatabase, type TestDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn, type HandClock } from './running.ts'
import { supportFlow } from './support-flow.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = '2026-11-23'
const MIDNIGHT = Date.parse(`${DAY}T00:00:00Z`)
let database: TestDatabase
let clock: HandClock
let runtime: RunningRuntime
let store: Connections

const flow = supportFlow({
  billing: { skills: { refunds: 2 }, language: 'en', maxWait: '8m', relax: [{ after: '3m', drop: ['refunds'] }] },
  person: { goneAfter: '2h', idleAfter: '3h' },
})

beforeEach(async () => {
  database = await freshDatabase()
  clock = handClock(MIDNIGHT + 10 * HOUR)
  runtime = await runtimeOn(database.url, { clock, flows: [flow] })
  store = connect({ databaseUrl: database.url })
})
afterEach(async () => {
  await runtime.close()
  await store.close()
  await database.drop()
})

async function waits(id: string): Promise<void> {
  await runtime.conversations.start({ flow: 'support', id })
  await runtime.conversations.accept(id, { type: 'customer.message', text: 'I want to talk to a person' })
}
async function online(id: string, over: Parameters<typeof agent>[1] = {}): Promise<void> {
  await runtime.desk.putAgent(agent(id, { skills: { refunds: 3 }, capacity: 1, ...over }))
  await runtime.desk.setPresence(id, 'online')
}
async function later(length: number): Promise<void> {
  clock.skip(length)
  await runtime.settle()
}
const PATIENT = { timeout: 20_000 }
/** The offer to this agent is there, and is accepted. */
async function accepted(id: string, by: string): Promise<void> {
  await expect.poll(async () => (await runtime.conversations.view(id)).queue?.offeredTo, PATIENT).toBe(by)
  await runtime.conversations.accept(id, { type: 'agent.accept', agent: by })
}
const resolved = (id: string) => runtime.conversations.accept(id, { type: 'agent.resolve', resolution: 'done' })
const asked = { day: DAY, timezone: 'UTC' }

/** Ada has one after the other: the second waits for six minutes, the third for eight, when the flow gives up. */
async function aDay(): Promise<void> {
  await online('ada')
  await waits('first')
  await accepted('first', 'ada')
  await waits('second')
  await later(4 * MINUTE)
  await waits('third')
  await later(2 * MINUTE)
  await resolved('first')
  await accepted('second', 'ada')
  await later(6 * MINUTE)
  await later(MINUTE)
  await resolved('second')
  clock.skip(24 * HOUR)
}

/** Handoffs as the database keeps them, without playing them. */
async function handoffs(count: number, at: number, apart: number, over: { readonly needs?: string | null } = {}) {
  await waits('anybody')
  await runtime.conversations.accept('anybody', { type: 'agent.accept', agent: 'ada' })
  await sql`delete from baton.handoffs`.execute(store.database)
  await sql`insert into baton.handoffs (conversation, flow, team, reason, signals, waiting_since, entered_at, agent,
      accepted_at, finished_at, needs, priority, channel)
    select 'anybody', 'support', 'billing', '', '{}', at, at, case when n % 2 = 0 then 'ada' else 'bob' end,
      at + 1000, at + 60000, ${over.needs ?? null}, 0, 'web'
    from (select n, ${at}::bigint + n * ${apart}::bigint as at from generate_series(0, ${count - 1}::int) n) each`.execute(
    store.database,
  )
}

describe('A dry run of a day that was', () => {
  test('shows what happened: who came, how long they waited, who left, how busy the agent was', async () => {
    await aDay()
    const { measured, handle, patience, staff } = await runtime.dryRuns.run('billing', asked)
    expect(measured.intervals).toHaveLength(48)
    const ten = { arrivals: 3, left: 1, mostWaiting: 2, agents: 1, occupancy: 13 / 30 }
    expect(measured.intervals[20]).toMatchObject(ten)
    expect(measured.totals).toMatchObject({
      arrivals: 3,
      served: 2,
      left: 1,
      waiting: 0,
      medianWait: 6 * MINUTE,
      longestWait: 8 * MINUTE,
      abandonment: 1 / 3,
    })
    expect(handle).toEqual({ mean: 6.5 * MINUTE, over: 2 })
    expect(patience).toEqual({ mean: null, over: 0 })
    expect(staff.asItWas.map(({ shift, because }) => [shift.agent.id, because])).toEqual([['ada', 'accepted']])
  })

  test('plays it again by the rules of the flow that they were on', async () => {
    await aDay()
    const { asItWas, measured } = await runtime.dryRuns.run('billing', asked)
    expect(asItWas.totals).toMatchObject({ longestWait: 8 * MINUTE, medianWait: 6 * MINUTE, left: 1 })
    expect(asItWas.intervals.map(({ occupancy, meanWait }) => [occupancy, meanWait])).toEqual(
      measured.intervals.map(({ occupancy, meanWait }) => [occupancy, meanWait]),
    )
  })

  test('shows what one more would have come to', async () => {
    await aDay()
    const run = await runtime.dryRuns.run('billing', { ...asked, more: 1 })
    expect(run.staff.asAsked.map(({ shift }) => shift.agent.id)).toEqual(['ada', 'more-1'])
    expect(run.asAsked.totals).toMatchObject({ served: 3, left: 0, agents: 2 })
    expect(run.asAsked.totals.meanWait).toBeLessThan(run.asItWas.totals.meanWait ?? 0)
  })

  test('shows what other people would have come to: what was asked for counts', async () => {
    await aDay()
    const without = { agents: [{ skills: { refunds: 1 }, capacity: 3, from: '09:00', to: '18:00' }] }
    const { asAsked } = await runtime.dryRuns.run('billing', { ...asked, ...without })
    // Nobody knows refunds at 2: each waits until it is no longer asked for.
    expect(asAsked.totals).toMatchObject({ served: 3, longestWait: 3 * MINUTE, medianWait: 3 * MINUTE })
    const rules = { relax: [{ after: '1m', lower: { refunds: 1 } }] }
    const sooner = await runtime.dryRuns.run('billing', { ...asked, ...without, rules })
    expect(sooner.asAsked.totals.longestWait).toBe(MINUTE)
  })

  test('shows what longer conversations and a shorter longest wait would have come to', async () => {
    await aDay()
    const { asAsked } = await runtime.dryRuns.run('billing', { ...asked, handle: '20m', rules: { maxWait: '5m' } })
    expect(asAsked.totals).toMatchObject({ served: 1, left: 2, longestWait: 5 * MINUTE })
  })

  test('is the same as it was where nothing is asked for', async () => {
    await aDay()
    const { asItWas, asAsked } = await runtime.dryRuns.run('billing', asked)
    expect(asAsked).toEqual(asItWas)
  })

  test('changes nothing', async () => {
    await aDay()
    const everything = async () => {
      const { rows } = await sql`select (select json_agg(c order by c.id) from baton.conversations c) as conversations,
        (select json_agg(h order by h.id) from baton.handoffs h) as handoffs,
        (select json_agg(a order by a.id) from baton.agents a) as agents`.execute(store.database)
      return JSON.stringify(rows)
    }
    await runtime.settle()
    const before = await everything()
    await runtime.dryRuns.run('billing', { ...asked, more: 3, rules: { policy: 'longestIdle' } })
    expect(await everything()).toBe(before)
  })

  test('counts the midnights of the time zone that is asked for', async () => {
    await aDay()
    const run = await runtime.dryRuns.run('billing', { day: '2026-11-24', timezone: 'Pacific/Kiritimati' })
    // There it is the next day already: ten in the morning in Greenwich is midnight.
    expect(run.from).toBe(Date.parse('2026-11-23T10:00:00Z'))
    expect(run.measured.intervals[0]?.arrivals).toBe(3)
  })

  test('takes today up to now', async () => {
    await online('ada')
    await waits('first')
    clock.skip(5 * MINUTE)
    const { to, measured, asItWas, staff } = await runtime.dryRuns.run('billing', asked)
    expect(to).toBe(clock.now())
    expect(measured.intervals).toHaveLength(21)
    expect(measured.totals).toMatchObject({ arrivals: 1, waiting: 1, served: 0 })
    expect(staff.asItWas).toMatchObject([{ because: 'online', shift: { from: MIDNIGHT + 10 * HOUR } }])
    expect(asItWas.totals.served).toBe(1)
  })

  test('knows what agents did for other teams: it takes their room again', async () => {
    await aDay()
    const [at, until] = [MIDNIGHT + 9 * HOUR, MIDNIGHT + 10 * HOUR + 7 * MINUTE]
    await sql`insert into baton.handoffs (conversation, flow, team, reason, signals, waiting_since, entered_at, agent,
        accepted_at, finished_at) values ('first', 'support', 'sales', '', '{}', ${at}, ${at}, 'ada', ${at}, ${until})`.execute(
      store.database,
    )
    const { asItWas, measured } = await runtime.dryRuns.run('billing', asked)
    expect(asItWas.intervals[19]).toMatchObject({ arrivals: 0, occupancy: 1 })
    expect(measured.intervals[19]).toMatchObject({ occupancy: 1 })
    expect(asItWas.totals.meanWait).toBeGreaterThan(6 * MINUTE)
  })
})

describe('What is not known is said', () => {
  test('who was online, and what those asked for who came before it was kept', async () => {
    await online('ada')
    await online('bob')
    await handoffs(10, MIDNIGHT + 10 * HOUR, MINUTE)
    clock.skip(24 * HOUR)
    const { notes } = await runtime.dryRuns.run('billing', asked)
    expect(notes[0]).toMatch(/^Who was online that day is not kept/)
    expect(notes[1]).toMatch(/^What 10 of those who came asked for/)
  })

  test('that a flow is gone, or that nobody was served', async () => {
    await online('ada')
    await handoffs(10, MIDNIGHT + 10 * HOUR, MINUTE, { needs: '{}' })
    await sql`update baton.handoffs set accepted_at = null, agent = null, left_at = finished_at,
      left_why = 'timer'`.execute(store.database)
    await sql`update baton.conversations set flow = 'gone'`.execute(store.database)
    clock.skip(24 * HOUR)
    const { notes, asItWas } = await runtime.dryRuns.run('billing', { ...asked, agents: [{}] })
    expect(notes.join('\n')).toMatch(/Nobody was served.*five|5 minutes/)
    expect(notes.join('\n')).toMatch(/flow “gone” is gone/)
    expect(asItWas.totals.arrivals).toBe(10)
  })
})

describe('A dry run is refused, with the cure,', () => {
  test.each([
    [{ day: '2026-11-24' }, '/day'],
    [{ timezone: 'Middle/Earth' }, '/timezone'],
    [{ agents: [{ id: 'nobody' }] }, '/agents/0/id'],
    [{ more: 5 }, '/agents'],
  ])('for %j', async (over, pointer) => {
    await runtime.desk.putTeam({ id: 'billing', name: 'Billing' })
    await expect(runtime.dryRuns.run('billing', { ...asked, ...over })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ pointer }],
    })
  })

  test('for a team that nobody knows, and not for one for which nobody came', async () => {
    await expect(runtime.dryRuns.run('billing', asked)).rejects.toMatchObject({ code: 'not-found' })
    await runtime.desk.putTeam({ id: 'billing', name: 'Billing' })
    expect((await runtime.dryRuns.run('billing', asked)).measured.totals.arrivals).toBe(0)
  })

  test('for a day that is too large', async () => {
    await online('ada')
    await online('bob')
    await handoffs(MOST_ARRIVALS + 1, MIDNIGHT + 10 * HOUR, 1, { needs: '{}' })
    clock.skip(24 * HOUR)
    await expect(runtime.dryRuns.run('billing', asked)).rejects.toMatchObject({ errors: [{ pointer: '/day' }] })
  })

  test('while too many wait for theirs already', async () => {
    await runtime.desk.putTeam({ id: 'billing', name: 'Billing' })
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => runtime.dryRuns.run('billing', asked)))
    const refused = all.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused).toHaveLength(12)
    expect(refused[0]).toMatchObject({ code: 'unavailable' })
    await expect(runtime.dryRuns.run('billing', asked)).resolves.toBeDefined()
  })
})

test('While thousands are replayed, others get their turn', async () => {
  await online('ada')
  await online('bob')
  await handoffs(2_000, MIDNIGHT + 10 * HOUR, 5 * SECOND, { needs: '{}' })
  clock.skip(24 * HOUR)
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  const { asAsked } = await runtime.dryRuns.run('billing', { ...asked, more: 20 })
  clearInterval(turning)
  expect(asAsked.totals.arrivals).toBe(2_000)
  expect(turns).toBeGreaterThan(10)
})
