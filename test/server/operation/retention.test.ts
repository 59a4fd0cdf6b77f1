import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCallbackBook, createTicketStore, type Ticket } from '#server/effects/index.ts'
import { lookFor } from '#server/operation/customers.ts'
import { createRetention } from '#server/operation/retention.ts'
import { connect, type Connections } from '#server/store/database.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { agent, handClock, runtimeOn } from '../runtime/running.ts'

const DAY = 86_400_000
const database = testDatabase()
const clock = handClock()
let node: RunningRuntime
let connections: Connections
beforeAll(async () => {
  node = await runtimeOn(database.url, { clock })
  connections = connect({ databaseUrl: database.url })
})
afterAll(async () => {
  await connections.close()
  await node.close()
})

const ids = async () => (await node.conversations.list({})).items.map(({ id }) => id)
const ended = async (id: string) => {
  await node.conversations.start({ flow: 'support', id, customer: { id } })
  await node.conversations.accept(id, { type: 'bot.done' })
}
const look = (days: number | undefined, forgotten: (ids: readonly string[]) => void = () => undefined) =>
  createRetention({ database: connections.database, clock, forgotten }, days).look()
const ticket = (id: string, conversation: string): Ticket => ({
  ...{ id, conversation, subject: 's', name: null, email: null, page: null, brief: 'b', summary: 's' },
  ...{ language: 'en', team: null, transcript: [], profile: {}, replyWithin: '4h', createdAt: clock.now() },
  ...{ waitingSince: clock.now(), due: clock.now(), mailTo: null, mail: 'none', webhook: 'none' },
})

test('what has ended so many days ago goes, batch by batch; what is open, younger or still promised stays', async () => {
  for (let index = 0; index < 230; index++) await ended(`old-${index}`)
  await node.conversations.start({ flow: 'support', id: 'open' })
  await ended('promised')
  await createTicketStore(connections.database).save(ticket('t', 'promised'))
  clock.skip(20 * DAY)
  await ended('young')
  clock.skip(11 * DAY)
  const heard: string[] = []
  expect(await look(undefined)).toBe(0)
  expect(await look(30, (gone) => heard.push(...gone))).toBe(230)
  expect(new Set(heard).size).toBe(230)
  expect((await ids()).toSorted()).toEqual(['open', 'promised', 'young'])
  await node.promises.resolve('t')
  expect(await look(30)).toBe(1)
  expect((await ids()).toSorted()).toEqual(['open', 'young'])
})

test('the figures of what has gone stay', async () => {
  await node.desk.putAgent(agent('anna'))
  await node.desk.setPresence('anna', 'online')
  await node.conversations.start({ flow: 'support', id: 'handed' })
  await node.conversations.accept('handed', { type: 'customer.message', text: 'I want to talk to a human' })
  await node.conversations.accept('handed', { type: 'agent.accept', agent: 'anna' })
  await node.conversations.accept('handed', { type: 'agent.resolve', resolution: 'done' }, { by: 'anna' })
  const before = await node.desk.metrics(0)
  clock.skip(40 * DAY)
  expect(await look(30)).toBeGreaterThan(0)
  expect(await ids()).not.toContain('handed')
  const after = await node.desk.metrics(0)
  expect([after.handoffs, after.waits]).toEqual([before.handoffs, before.waits])
})

test('what an effect writes late about a conversation that is gone is not written', async () => {
  await createTicketStore(connections.database).save({
    ...ticket('late', 'handed'),
    mailTo: 'a@b.example',
    mail: 'pending',
  })
  await createCallbackBook(connections.database).book({
    ...{ id: 'late', conversation: 'handed', schedule: 'office', at: clock.now() + DAY, length: 1, customer: {} },
    ...{ team: null, bookedAt: clock.now() },
  })
  for (const table of ['tickets', 'callbacks', 'mails', 'follow_ups'] as const) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(`baton.${table}`)}`.execute(
      connections.database,
    )
    expect([table, rows[0]?.count]).toEqual([table, 0])
  }
})

describe('A customer is found', () => {
  const found = async (customer: string) => {
    let text = ''
    for await (const piece of await node.customers.export(customer)) text += piece
    const { conversations } = JSON.parse(text) as { conversations: readonly { id: string }[] }
    return conversations.map(({ id }) => id)
  }
  const begin = (id: string, customer: Readonly<Record<string, string | number>>) =>
    node.conversations.start({ flow: 'support', id, customer })
  const transcript = (conversation: string, to: string) =>
    node.mails.queue(
      {
        id: `t-${conversation}`,
        conversation,
        kind: 'transcript',
        to,
        subject: 's',
        body: 'b',
        html: 'b',
        language: 'en',
      },
      { most: 3, since: 0 },
    )

  test('by what the profile says, whatever else it says', async () => {
    await begin('of-both', { id: 'C-1', email: 'Bea@example.com' })
    await begin('of-address', { id: '', email: 'bea@example.com' })
    await begin('of-number', { id: 4711 })
    expect(await found('c-1')).toEqual(['of-both'])
    expect(await found('BEA@example.com')).toEqual(['of-address', 'of-both'])
    expect(await found('4711')).toEqual(['of-number'])
  })

  test('by the address that was given for a ticket, and where nobody is known by that to which a transcript went', async () => {
    await begin('with-ticket', { id: 'c-2' })
    await createTicketStore(connections.database).save({ ...ticket('t-2', 'with-ticket'), email: 'Cleo@example.com' })
    await begin('of-nobody', {})
    await transcript('of-nobody', 'cleo@example.com')
    await begin('of-another', { id: 'c-3' })
    await transcript('of-another', 'cleo@example.com')
    expect(await found('cleo@example.com')).toEqual(['of-nobody', 'with-ticket'])
    expect(await node.customers.erase('cleo@example.com')).toMatchObject({ conversations: 2 })
    await expect(node.customers.erase('cleo@example.com')).rejects.toMatchObject({ code: 'not-found' })
    expect(await found('c-3')).toEqual(['of-another'])
  })

  test('without a look at all conversations', async () => {
    const plan = await connections.database.transaction().execute(async (transaction) => {
      await sql`set local enable_seqscan = off`.execute(transaction)
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${lookFor('ann@example.com')}`.execute(transaction)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('conversations_by_email')
    expect(plan).not.toMatch(/Seq Scan/)
  })
})

test('a node that holds an old snapshot in memory forgets it when another has erased the customer', async () => {
  const other = await runtimeOn(database.url, { clock })
  await node.conversations.start({ flow: 'support', id: 'twice', customer: { email: 'ann@example.com' } })
  await other.conversations.accept('twice', { type: 'customer.message', text: 'hello' })
  const seen: string[] = []
  const following = (async () => {
    for await (const { entry } of other.conversations.follow('twice', 0, new AbortController().signal))
      seen.push(entry.kind)
  })()
  await node.customers.erase('ANN@example.com')
  await following
  await expect(other.conversations.accept('twice', { type: 'customer.message', text: 'again' })).rejects.toMatchObject({
    code: 'not-found',
  })
  await other.close()
})
