import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createCallbackBook,
  createTicketStore,
  type Booking,
  type CallbackBook,
  type Ticket,
  type TicketStore,
} from '#server/effects/index.ts'
import { connect, type Connections } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { testDatabase } from '../../driver/postgres.ts'

const database = testDatabase()
let connections: Connections
let tickets: TicketStore
let callbacks: CallbackBook
beforeAll(async () => {
  connections = connect({ databaseUrl: database.url })
  await migrate(connections.pool)
  // What belongs to a conversation is written only while that is there.
  await connections.pool.query(
    `insert into baton.conversations (id, flow, flow_version, version, seq, epoch, snapshot, phase, state, node, owner,
      channel, language, customer, started_at, at)
    values ('c-1', 'support', 1, 1, 1, 1, '{}', 'bot', 'bot.bot', 'bot', 'bot', 'web', 'en', '{}', 1, 1)`,
  )
  tickets = createTicketStore(connections.database)
  callbacks = createCallbackBook(connections.database)
})
afterAll(() => connections.close())

describe('tickets in PostgreSQL', () => {
  const ticket: Ticket = {
    id: 'c-1:4:0',
    conversation: 'c-1',
    subject: 'Chat escalation from /orders - parcel',
    name: 'Rosa',
    email: null,
    page: '/orders',
    brief: 'A “lost” parcel\n🙂',
    summary: 'Asked twice.',
    language: 'en',
    team: 'parcels',
    transcript: [{ seq: 1, at: 1_772_452_800_000, from: 'customer', text: 'a\u0000b \ud800' }],
    profile: { tier: 'gold', deep: { a: [1, null] } },
    replyWithin: '4h',
    createdAt: 1_772_452_800_000,
    waitingSince: 1_772_452_000_000,
    due: 1_772_467_200_000,
    mailTo: 'help@example.com',
    mail: 'pending',
    webhook: 'pending',
  }

  test('a saved ticket is read back as it was', async () => {
    expect(await tickets.find(ticket.id)).toBeUndefined()
    await tickets.save(ticket)
    expect(await tickets.find(ticket.id)).toEqual(ticket)
  })

  test('1. saved again it stays as it is, and a mark changes its one column', async () => {
    await tickets.save({ ...ticket, subject: 'other' })
    await tickets.markWebhook(ticket.id, 'sent')
    expect(await tickets.find(ticket.id)).toEqual({ ...ticket, webhook: 'sent' })
  })

  test('2. its mail is written with it, once, and what comes of that is the ticket’s', async () => {
    const { rows } = await connections.pool.query('select id, kind, recipient, reply_to, state from baton.mails')
    expect(rows).toEqual([
      { id: `ticket-${ticket.id}`, kind: 'ticket', recipient: 'help@example.com', reply_to: null, state: 'pending' },
    ])
    const settle = (state: string) =>
      connections.pool.query('select baton.settle_mail($1, $2, 3, $3, 9)', [
        `ticket-${ticket.id}`,
        state,
        'no such box',
      ])
    await settle('failed')
    expect(await tickets.find(ticket.id)).toMatchObject({ mail: 'failed' })
    const letters = await connections.pool.query('select type, attempts, error from baton.dead_letters')
    expect(letters.rows).toEqual([{ type: 'mail', attempts: 3, error: 'no such box' }])
    await settle('sent')
    expect(await tickets.find(ticket.id)).toMatchObject({ mail: 'sent' })
  })
})

describe('callbacks in PostgreSQL', () => {
  const half = 1_800_000
  const booking = (id: string, schedule: string, at: number, length = half): Booking => ({
    id,
    conversation: 'c-1',
    schedule,
    at,
    length,
    customer: { phone: '030 1234' },
    team: null,
    bookedAt: 1,
  })

  test('3. of many who want one time at the same moment, one gets it', async () => {
    const wishes = Array.from({ length: 40 }, (_, index) =>
      callbacks.book(booking(`rush-${index}`, 'rush', 1_000 * half)),
    )
    const outcomes = await Promise.all(wishes)
    expect(outcomes.filter((outcome) => outcome === 'booked')).toHaveLength(1)
  })

  test('4. booked again by the same effect it is the same booking', async () => {
    expect(await callbacks.book(booking('a', 'again', half))).toBe('booked')
    expect(await callbacks.book(booking('a', 'again', half))).toBe('booked')
    expect(await callbacks.book(booking('b', 'again', half))).toBe('taken')
  })

  test('5. no two bookings of a schedule overlap, neighbours and other schedules are free', async () => {
    expect(await callbacks.book(booking('c', 'office', 10 * half))).toBe('booked')
    expect(await callbacks.book(booking('d', 'office', 10 * half + 60_000, 60_000))).toBe('taken')
    expect(await callbacks.book(booking('e', 'office', 9 * half, half + 1))).toBe('taken')
    expect(await callbacks.book(booking('f', 'office', 9 * half))).toBe('booked')
    expect(await callbacks.book(booking('g', 'office', 11 * half))).toBe('booked')
    expect(await callbacks.book(booking('h', 'other', 10 * half))).toBe('booked')
  })
})
