import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../driver/postgres.ts'
import { decoded } from '../live/mail-server.ts'
import { agent } from '../runtime/running.ts'
import { HOUR, MINUTE, openKeeping, type Keeping } from './keeping.ts'

const database = testDatabase()
let kept: Keeping
beforeAll(async () => {
  kept = await openKeeping(database.url)
})
afterAll(() => kept.close())

const PLACE = 'Somebody is here now: come back to the chat and write. Your place is kept.'
const ticket = (id: string) => kept.node.promises.ticket(id)

describe('A ticket at the desk', () => {
  test('1. is listed with its team, its place and by when an answer was promised', async () => {
    const began = kept.clock.now()
    const id = await kept.ticketOf('list-1')
    const { items } = await kept.node.promises.tickets({ team: 'billing' })
    expect(items).toMatchObject([
      {
        id,
        conversation: 'list-1',
        team: 'billing',
        state: 'open',
        agent: null,
        waitingSince: began,
        due: kept.clock.now() + 4 * HOUR,
        name: 'Ann',
        page: 'https://shop.example/orders',
      },
    ])
    expect((await ticket(id)).transcript.map((message) => message.text)).toContain('I want to talk to a person')
    expect((await kept.node.promises.tickets({ team: 'other' })).items).toEqual([])
  })

  test('2. is taken by an agent, answered in the same conversation, and resolved with it', async () => {
    const id = await kept.ticketOf('take-1')
    await kept.online('sarah')
    expect((await kept.node.promises.take(id, 'sarah')).conversation).toMatchObject({ owner: 'agent:sarah' })
    expect(await ticket(id)).toMatchObject({
      state: 'taken',
      agent: { id: 'sarah', name: 'SARAH' },
      takenAt: kept.clock.now(),
    })
    // Taken again by the same agent it is the same; by another it is refused, and who has it is named.
    expect((await kept.node.promises.take(id, 'sarah')).conversation).toMatchObject({ owner: 'agent:sarah' })
    await kept.online('tom')
    await expect(kept.node.promises.take(id, 'tom')).rejects.toMatchObject({
      code: 'not-owner',
      message: expect.stringContaining('SARAH'),
    })
    await kept.node.conversations.accept('take-1', { type: 'agent.message', text: 'It is here.' }, { by: 'sarah' })
    await kept.node.conversations.accept('take-1', { type: 'agent.resolve', resolution: 'found' }, { by: 'sarah' })
    expect(await ticket(id)).toMatchObject({ state: 'resolved', resolvedAt: kept.clock.now() })
    await expect(kept.node.promises.take(id, 'tom')).rejects.toMatchObject({ code: 'not-expected' })
    expect((await kept.node.promises.tickets({ state: 'resolved' })).items.map((each) => each.id)).toEqual([id])
    for (const gone of ['sarah', 'tom']) await kept.node.desk.setPresence(gone, 'offline')
  })

  test('3. waits again when its agent is lost', async () => {
    const id = await kept.ticketOf('lost-1')
    await kept.online('lena')
    await kept.node.promises.take(id, 'lena')
    await kept.node.desk.setPresence('lena', 'offline')
    await expect.poll(async () => (await ticket(id)).state).toBe('open')
  })

  test('4. an agent without room is told so, and the ticket stays where it was', async () => {
    const id = await kept.ticketOf('full-1')
    await kept.online('nora', 0)
    await expect(kept.node.promises.take(id, 'nora')).rejects.toMatchObject({
      code: 'not-expected',
      message: expect.stringContaining('capacity'),
    })
    await expect(kept.node.promises.take(id, 'ghost')).rejects.toMatchObject({ code: 'invalid' })
    expect(await ticket(id)).toMatchObject({ state: 'open' })
    expect(await kept.phase('full-1')).toBe('closed')
    await kept.node.desk.setPresence('nora', 'offline')
  })

  test('5. that was answered elsewhere is resolved: nobody is called back to it', async () => {
    const id = await kept.ticketOf('else-1')
    expect(await kept.node.promises.resolve(id)).toMatchObject({ state: 'resolved' })
    await expect(kept.node.promises.resolve('nothing')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('6. pages go through all of them, each once, the one that is due first first', async () => {
    for (const id of ['page-1', 'page-2', 'page-3']) await kept.ticketOf(id)
    const all = (await kept.node.promises.tickets({ limit: 200 })).items
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await kept.node.promises.tickets({ limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map((each) => each.id))
      cursor = page.next
    }
    expect(seen).toEqual(all.map((each) => each.id))
    expect(all.map((each) => each.due)).toEqual(all.map((each) => each.due).toSorted((one, other) => one - other))
    const zero = Buffer.from(JSON.stringify([1, 't\u0000'])).toString('base64url')
    for (const cursor of ['no cursor', zero])
      await expect(kept.node.promises.tickets({ cursor })).rejects.toMatchObject({ code: 'invalid' })
    for (const { id } of all) await kept.node.promises.resolve(id)
  })
})

describe('A customer who left a ticket', () => {
  test('7. is told once, in the chat and by mail, when an agent comes online; coming back keeps the place', async () => {
    const began = kept.clock.now()
    const id = await kept.ticketOf('ready-1', { id: 'ann-7', name: 'Ann', email: 'ready-1@home.example' })
    const goesOn = async () => (await kept.node.conversations.ofCustomer('ann-7', 'support', 'web')).open
    await kept.later(30 * MINUTE)
    expect(await kept.said('ready-1')).not.toContain(PLACE)
    expect(await goesOn()).toBeUndefined()
    await kept.online('mia')
    await kept.node.settle()
    expect((await kept.said('ready-1')).filter((text) => text === PLACE)).toHaveLength(1)
    expect(await ticket(id)).toMatchObject({ state: 'open', calledAt: kept.clock.now() })
    // Who signs in on another page goes on there too.
    expect(await goesOn()).toBe('ready-1')
    await kept.rest('ready-1')
    await expect.poll(() => kept.mailsTo('ready-1@home.example').length).toBe(1)
    const text = decoded(kept.mailsTo('ready-1@home.example')[0]?.source ?? '')
    for (const part of [PLACE, 'https://shop.example/orders']) expect(text).toContain(part)
    // Neither by coming online again, nor by a server that died after it had told them.
    await kept.node.desk.setPresence('mia', 'away')
    await kept.node.desk.setPresence('mia', 'online')
    await kept.query('update baton.tickets set called_at = null where id = $1', id)
    await kept.later(HOUR)
    expect((await kept.said('ready-1')).filter((each) => each === PLACE)).toHaveLength(1)

    const { conversation } = await kept.node.conversations.accept('ready-1', {
      type: 'customer.message',
      text: 'Here I am',
    })
    expect(conversation).toMatchObject({
      phase: 'queued',
      queue: { team: 'billing', waitingSince: new Date(began).toISOString() },
    })
    await expect.poll(async () => (await kept.node.conversations.view('ready-1')).queue?.offeredTo).toBe('mia')
    await kept.node.conversations.accept('ready-1', { type: 'agent.accept', agent: 'mia' })
    expect(await ticket(id)).toMatchObject({ state: 'taken', agent: { id: 'mia' } })
    await kept.node.conversations.accept('ready-1', { type: 'agent.resolve', resolution: 'done' }, { by: 'mia' })
    expect(await ticket(id)).toMatchObject({ state: 'resolved' })
    await kept.node.desk.setPresence('mia', 'offline')
  })

  test('who has come back, and found nobody, is not led there once more: what they begin then is new', async () => {
    const id = await kept.ticketOf('again-1', { id: 'ann-8', name: 'Ann' })
    const goesOn = async () => (await kept.node.conversations.ofCustomer('ann-8', 'support', 'web')).open
    await kept.later(MINUTE)
    await kept.online('pia')
    await kept.node.settle()
    expect(await goesOn()).toBe('again-1')
    await kept.node.desk.setPresence('pia', 'offline')
    await kept.node.conversations.accept('again-1', { type: 'customer.message', text: 'Here I am' })
    expect(await goesOn()).toBe('again-1')
    await kept.later(HOUR)
    await expect.poll(() => kept.phase('again-1')).toBe('closed')
    // As in a flow that now books a call: what they were called to is open still.
    await kept.query(`update baton.tickets set state = 'open', resolved_at = null where id = $1`, id)
    expect(await goesOn()).toBeUndefined()
    for (const each of (await kept.node.promises.tickets({})).items) await kept.node.promises.resolve(each.id)
  })

  test('whom no word can reach holds up nobody behind them', async () => {
    const first = await kept.ticketOf('stuck-1')
    await kept.ticketOf('behind-1')
    await kept.query(
      `insert into baton.keys (conversation, key, body, answer, at) values ('stuck-1', $1, 'another', '{}', 0)`,
      `${first}:ready`,
    )
    await kept.later(MINUTE)
    await kept.online('una', 1)
    await kept.node.settle()
    expect(await kept.said('behind-1')).toContain(PLACE)
    expect(await kept.said('stuck-1')).not.toContain(PLACE)
    await kept.node.desk.setPresence('una', 'offline')
    for (const { id } of (await kept.node.promises.tickets({})).items) await kept.node.promises.resolve(id)
  })

  test('8. is called when there is room, who waited longest first; nobody is called twice by two servers', async () => {
    const other = await kept.another()
    for (const id of ['room-1', 'room-2', 'room-3']) await kept.ticketOf(id)
    await kept.later(MINUTE)
    await kept.online('ida', 2)
    await Promise.all([kept.node.settle(), other.settle()])
    const called = async () =>
      Promise.all(
        ['room-1', 'room-2', 'room-3'].map(async (id) => (await kept.said(id)).filter((text) => text === PLACE).length),
      )
    expect(await called()).toEqual([1, 1, 0])
    // Who was called and does not come loses nothing, but after a while the room is another's.
    await kept.later(11 * MINUTE)
    expect(await called()).toEqual([1, 1, 1])
    await kept.node.desk.setPresence('ida', 'offline')
    for (const { id } of (await kept.node.promises.tickets({})).items) await kept.node.promises.resolve(id)
  })

  test('is called to a seat that is there: an agent of two teams has it once, and a bot’s is none', async () => {
    await kept.ticketOf('seat-1')
    await kept.ticketOf('seat-2')
    await kept.query(`update baton.tickets set team = 'parcels' where conversation = 'seat-2'`)
    await kept.later(MINUTE)
    await kept.node.desk.putAgent(agent('robot', { capacity: 9, bot: 'helper', teams: ['billing', 'parcels'] }))
    await kept.node.desk.setPresence('robot', 'online')
    await kept.node.desk.putAgent(agent('lea', { capacity: 1, teams: ['billing', 'parcels'] }))
    await kept.node.desk.setPresence('lea', 'online')
    await kept.node.settle()
    const called = async () =>
      [await kept.said('seat-1'), await kept.said('seat-2')].map((said) => said.includes(PLACE))
    expect((await called()).filter(Boolean)).toHaveLength(1)
    await kept.node.desk.putAgent(agent('lea', { capacity: 2, teams: ['billing', 'parcels'] }))
    await kept.later(MINUTE)
    expect(await called()).toEqual([true, true])
    for (const id of ['robot', 'lea']) await kept.node.desk.setPresence(id, 'offline')
    for (const { id } of (await kept.node.promises.tickets({})).items) await kept.node.promises.resolve(id)
  })

  test('9. is not called where somebody was there already when the ticket was written', async () => {
    await kept.online('eva', 1)
    await kept.node.conversations.start({ flow: 'support', id: 'hold-1' })
    await kept.node.conversations.accept('hold-1', { type: 'customer.message', text: 'I want to talk to a person' })
    await expect.poll(async () => (await kept.node.conversations.view('hold-1')).queue?.offeredTo).toBe('eva')
    await kept.node.conversations.accept('hold-1', { type: 'agent.accept', agent: 'eva' })
    await kept.node.conversations.accept('hold-1', { type: 'agent.message', text: 'One moment.' }, { by: 'eva' })
    await kept.ticketOf('busy-1')
    await kept.node.conversations.accept('hold-1', { type: 'agent.resolve', resolution: 'done' }, { by: 'eva' })
    await kept.node.settle()
    expect(await kept.said('busy-1')).not.toContain(PLACE)
    await kept.node.desk.setPresence('eva', 'offline')
  })
})
