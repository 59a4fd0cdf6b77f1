import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { followed } from './events.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let database: Client
beforeAll(async () => {
  stage = await openStage()
  database = new Client({ connectionString: stage.databaseUrl })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await stage.close()
})

interface Listed {
  readonly items: readonly { readonly id: string; readonly conversation: string; readonly [field: string]: unknown }[]
}
const begin = async (id: string): Promise<{ readonly path: string; readonly token: string }> => {
  const path = `/v1/conversations/${id}`
  // What `POST /v1/conversations` answers.
  const { customerToken } = (await stage.server.admin.call('POST', '/v1/conversations', {
    flow: 'support',
    id,
    customer: { name: 'Ann' },
  })) as {
    customerToken: string
  }
  return { path, token: customerToken }
}
/** No office hours are saved: it counts as closed, and the flow writes a ticket. */
const ticketOf = async (
  id: string,
): Promise<{ readonly path: string; readonly token: string; readonly ticket: string }> => {
  const begun = await begin(id)
  await stage.server.admin.call('POST', `${begun.path}/events`, { type: 'bot.intent', intent: 'book' })
  const mine = async () =>
    ((await stage.server.admin.call('GET', '/v1/tickets')) as Listed).items.find((each) => each.conversation === id)
  await expect
    .poll(async () => (await stage.server.admin.call('GET', begun.path)) as object)
    .toMatchObject({
      phase: 'closed',
    })
  return { ...begun, ticket: encodeURIComponent((await mine())?.id ?? '') }
}

describe('Tickets over HTTP', () => {
  test('1. are listed to people who work here, taken by an agent for themselves, and resolved with their conversation', async () => {
    const sarah = await stage.agent('sarah', 'Sarah')
    const { path, token, ticket } = await ticketOf('take-1')
    expect(await sarah.call('GET', '/v1/tickets?team=billing&state=open')).toMatchObject({
      items: [
        { conversation: 'take-1', state: 'open', team: 'billing', due: expect.stringMatching(/Z$/), agent: null },
      ],
      next: null,
    })
    expect(await sarah.call('GET', `/v1/tickets/${ticket}`)).toMatchObject({
      profile: { name: 'Ann' },
      transcript: expect.any(Array),
    })
    const asCustomer = (method: string, to: string) =>
      stage.send(to, { method, key: token, ...(method === 'POST' ? { json: {} } : {}) })
    expect((await asCustomer('GET', '/v1/tickets')).status).toBe(403)
    expect((await asCustomer('POST', `/v1/tickets/${ticket}/take`)).status).toBe(403)
    expect(
      (await stage.send(`/v1/tickets/${ticket}/take`, { key: sarah.key, json: { agent: 'tom' } })).body,
    ).toMatchObject({ code: 'forbidden' })
    expect(
      (await stage.send(`/v1/tickets/${ticket}/take`, { key: stage.server.admin.key, json: {} })).body,
    ).toMatchObject({ code: 'invalid' })

    expect(await sarah.call('POST', `/v1/tickets/${ticket}/take`)).toMatchObject({
      conversation: { owner: 'agent:sarah', id: 'take-1' },
    })
    await sarah.call('POST', `${path}/events`, { type: 'agent.message', text: 'It is here.' })
    await sarah.call('POST', `${path}/events`, { type: 'agent.resolve', resolution: 'found' })
    expect(await sarah.call('GET', '/v1/tickets?state=resolved')).toMatchObject({
      items: [{ state: 'resolved', agent: { id: 'sarah', name: 'Sarah' } }],
    })
    expect((await stage.send(`/v1/tickets/${ticket}/take`, { key: sarah.key, json: {} })).body).toMatchObject({
      code: 'not-expected',
    })
    expect((await stage.send('/v1/tickets/nothing', { key: sarah.key })).status).toBe(404)
    expect((await stage.send('/v1/tickets?state=odd', { key: sarah.key })).status).toBe(422)
  })

  test('2. what an agent writes is known to have been shown to a customer whose page follows', async () => {
    const { path, token } = await begin('shown-1')
    const page = await followed(stage.server.with(token), `${path}/stream`)
    const lena = await stage.agent('lena', 'Lena')
    await stage.server
      .with(token)
      .call('POST', `${path}/events`, { type: 'customer.message', text: 'I want to talk to a person' })
    await lena.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'lena' })
    await lena.call('POST', `${path}/events`, { type: 'agent.message', text: 'Hello Ann.' })
    await expect
      .poll(() => page.of('message').map((each) => (each.data as { text: string }).text))
      .toContain('Hello Ann.')
    const shown = async (): Promise<number> =>
      (await database.query('select shown from baton.follow_ups where conversation = $1', ['shown-1'])).rows[0]
        ?.shown ?? 0
    await expect.poll(shown).toBe(Number(page.of('message').at(-1)?.id))
    await page.close()
    // What comes when the page is gone is not.
    const before = await shown()
    await lena.call('POST', `${path}/events`, { type: 'agent.message', text: 'Are you there?' })
    const due = async () =>
      (await database.query('select due_at from baton.follow_ups where conversation = $1', ['shown-1'])).rows[0]?.due_at
    await expect.poll(async () => (await due()) !== null).toBe(true)
    expect(await shown()).toBe(before)
  })

  test('3. booked calls are listed, and cancelled by people who work here', async () => {
    const always = [['00:00', '24:00']]
    const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always }
    await stage.server.admin.call('PUT', '/v1/schedules/office', { timezone: 'UTC', week })
    const { path } = await begin('call-1')
    const { messages } = (await stage.server.admin.call('POST', `${path}/events`, {
      type: 'bot.intent',
      intent: 'book',
    })) as {
      messages: { quickReplies?: { id: string }[] }[]
    }
    const choice = messages.at(-1)?.quickReplies?.[0]?.id
    await stage.server.admin.call('POST', `${path}/events`, { type: 'customer.message', text: 'This', choice })
    await expect
      .poll(() => stage.server.admin.call('GET', '/v1/callbacks'))
      .toMatchObject({
        items: [{ conversation: 'call-1', at: choice, state: 'booked', team: 'billing' }],
      })
    const { items } = (await stage.server.admin.call('GET', '/v1/callbacks')) as Listed
    const cancel = `/v1/callbacks/${encodeURIComponent(items[0]?.id ?? '')}/cancel`
    expect(await stage.server.as('supervisor').then((each) => each.call('POST', cancel))).toMatchObject({
      state: 'cancelled',
    })
    expect(await stage.server.admin.call('GET', '/v1/callbacks')).toMatchObject({ items: [] })
  })
})
