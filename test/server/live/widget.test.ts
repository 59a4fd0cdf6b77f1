import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at } from '../http/world.ts'
import { openStage, writeData, type Answered, type Stage } from './stage.ts'

const SECRET = 'what the shop and Baton alone know, 32 or more'
let stage: Stage
beforeAll(async () => {
  stage = await openStage({ WIDGET_IDENTITY_SECRET: SECRET })
})
afterAll(() => stage.close())

const now = (): number => Math.floor(Date.now() / 1000)
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
function jwt(claims: object, { secret = SECRET, alg = 'HS256', hash = 'sha256' } = {}): string {
  const signed = `${part({ alg, typ: 'JWT' })}.${part(claims)}`
  const signature = alg === 'none' ? '' : createHmac(hash, secret).update(signed).digest('base64url')
  return `${signed}.${signature}`
}
const known = (sub: string, more: object = {}): string => jwt({ sub, exp: now() + 600, ...more })
const start = (json: object, headers: Record<string, string> = {}): Promise<Answered> =>
  stage.send('/v1/widget/conversations', { json, headers })
const idOf = (answer: Answered): string => String(at(answer.body, 'conversation.id'))
const customerOf = async (id: string): Promise<unknown> =>
  at(await stage.server.admin.call('GET', `/v1/conversations/${id}/snapshot`), 'machine.context.customer')

describe('A visitor', () => {
  test('begins a conversation without a key, and its token opens that one', async () => {
    const begun = await start({
      flow: 'support',
      page: 'https://shop.example/bowls',
      language: 'de',
      customer: { name: 'Ann', email: 'ann@shop.example' },
    })
    expect(begun).toMatchObject({
      status: 201,
      body: {
        resumed: false,
        botMayReply: true,
        conversation: { phase: 'bot', expects: ['customer.left', 'customer.message', 'customer.returned'] },
        messages: [{ text: 'Hello.' }],
      },
    })
    const key = String(at(begun.body, 'customerToken'))
    const path = `/v1/conversations/${idOf(begun)}`
    expect(
      (await stage.send(`${path}/events`, { key, json: { type: 'customer.message', text: 'Hello' } })).status,
    ).toBe(200)
    expect((await stage.send(`${path}/transcript`, { key })).status).toBe(200)
    const other = await start({ flow: 'support' })
    expect((await stage.send(`/v1/conversations/${idOf(other)}/transcript`, { key })).status).toBe(404)
  })

  test('is believed a name and an address, and nothing that would give it rights', async () => {
    for (const customer of [{ tier: 'gold' }, { id: 'ann' }, { name: { first: 'Ann' } }])
      expect(await start({ flow: 'support', customer })).toMatchObject({ status: 422, body: { code: 'malformed' } })
    for (const more of [{ id: 'mine' }, { channel: 'sms' }])
      expect((await start({ flow: 'support', ...more })).status).toBe(422)
  })

  test('brings the zone of their clock, by which times are told to them', async () => {
    const begun = await start({ flow: 'support', timezone: 'Asia/Tokyo', customer: { name: 'Ann' } })
    expect(await customerOf(idOf(begun))).toEqual({ name: 'Ann', timezone: 'Asia/Tokyo' })
  })

  test('who sends a start again gets the same conversation; a key that others could guess is refused', async () => {
    const key = randomUUID()
    const [first, second] = await Promise.all([
      start({ flow: 'support' }, { 'Idempotency-Key': key }),
      start({ flow: 'support', key: randomUUID() }, { 'Idempotency-Key': key }).then(() =>
        start({ flow: 'support' }, { 'Idempotency-Key': key }),
      ),
    ])
    expect(idOf(second)).toBe(idOf(first))
    const inBody = randomUUID()
    expect(idOf(await start({ flow: 'support', key: inBody }))).toBe(
      idOf(await start({ flow: 'support', key: inBody })),
    )
    expect(await start({ flow: 'support' }, { 'Idempotency-Key': '1' })).toMatchObject({
      status: 422,
      body: { code: 'malformed' },
    })
  })
})

/** A file that a person edits counts from the next look on, twice a second. */
const SOON = { timeout: 10_000 }

describe('Pages and flows', () => {
  test('any page may hold the widget; once origins are listed a stranger’s may not, without a restart', async () => {
    const begin = (origin: string): Promise<Answered> => start({ flow: 'support' }, { Origin: origin })
    const open = await begin('https://anyone.example')
    expect(open.status).toBe(201)
    expect(open.headers.get('access-control-allow-origin')).toBe('https://anyone.example')
    await writeData(stage, 'widget.json', { origins: ['https://shop.example'] })
    await expect.poll(async () => (await begin('https://anyone.example')).status, SOON).toBe(403)
    expect(await begin('https://anyone.example')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    const ours = await begin('https://shop.example')
    expect(ours.status).toBe(201)
    const asked = await stage.send(`/v1/conversations/${idOf(ours)}/typing`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://shop.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      },
    })
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, 'https://shop.example'])
    const stranger = await stage.send(`/v1/conversations/${idOf(ours)}`, {
      key: String(at(ours.body, 'customerToken')),
      headers: { Origin: 'https://anyone.example' },
    })
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()
    // What only keys of the staff open is no page's, unless CORS_ORIGINS says so.
    const staff = await stage.send('/v1/agents', { headers: { Origin: 'https://shop.example' } })
    expect(staff.headers.get('access-control-allow-origin')).toBeNull()
    await writeData(stage, 'widget.json', {})
    await expect.poll(async () => (await begin('https://anyone.example')).status, SOON).toBe(201)
  })

  test('a flow that is not the widget’s does not exist for it', async () => {
    await writeData(stage, 'widget.json', { flows: ['shop'] })
    await expect.poll(async () => (await start({ flow: 'support' })).status, SOON).toBe(404)
    expect(await start({ flow: 'support' })).toMatchObject({
      status: 404,
      body: { code: 'not-found', errors: [{ pointer: '/flow' }] },
    })
    await writeData(stage, 'widget.json', { flows: ['support'] })
    await expect.poll(async () => (await start({ flow: 'support' })).status, SOON).toBe(201)
    // A file with a fault changes nothing.
    await writeData(stage, 'widget.json', { flow: [] })
    expect((await start({ flow: 'support' })).status).toBe(201)
    await writeData(stage, 'widget.json', {})
    expect(await start({ flow: 'nothing' })).toMatchObject({ status: 404 })
  })
})

describe('An identity', () => {
  test('makes the customer known, with the profile that the site signed', async () => {
    const begun = await start({
      flow: 'support',
      customer: { name: 'Nobody' },
      identity: known('c-1', { name: 'Ada', email: 'ada@shop.example', customer: { tier: 'gold', id: 'other' } }),
    })
    expect(begun.status).toBe(201)
    expect(await customerOf(idOf(begun))).toEqual({ id: 'c-1', name: 'Ada', email: 'ada@shop.example', tier: 'gold' })
  })

  test('brings its customer back to the conversation that is open, on another page and from several tabs at once', async () => {
    const tabs = await Promise.all(
      Array.from({ length: 8 }, () => start({ flow: 'support', identity: known('c-tabs') })),
    )
    expect(new Set(tabs.map(idOf)).size).toBe(1)
    expect(tabs.filter((each) => each.status === 201)).toHaveLength(1)
    const again = await start({ flow: 'support', page: 'https://shop.example/later', identity: known('c-tabs') })
    expect(again).toMatchObject({ status: 200, body: { resumed: true, messages: [] } })
    const key = String(at(again.body, 'customerToken'))
    expect((await stage.send(`/v1/conversations/${idOf(again)}/transcript`, { key })).status).toBe(200)
    await stage.server.admin.call('POST', `/v1/conversations/${idOf(again)}/events`, { type: 'bot.done' })
    const next = await start({ flow: 'support', identity: known('c-tabs') })
    expect(next.status).toBe(201)
    expect(idOf(next)).not.toBe(idOf(again))
  })

  test('never opens the conversation of somebody whose id or address only looks like it', async () => {
    const [upper, mail] = [
      await start({ flow: 'support', identity: known('C-Alike') }),
      await start({ flow: 'support', customer: { email: 'c-alike' } }),
    ]
    const lower = await start({ flow: 'support', identity: known('c-alike') })
    expect(lower.status).toBe(201)
    expect([idOf(upper), idOf(mail)]).not.toContain(idOf(lower))
  })

  const refused: readonly (readonly [string, () => string, number, string])[] = [
    ['expired', () => known('c-1', { exp: now() - 1 }), 401, 'has expired'],
    ['without an end', () => jwt({ sub: 'c-1' }), 401, 'set “exp”'],
    ['with an end that is no number', () => jwt({ sub: 'c-1', exp: 'soon' }), 401, 'set “exp”'],
    ['valid for more than a day', () => known('c-1', { exp: now() + 90_000 }), 401, 'more than a day'],
    [
      'signed with another secret',
      () => jwt({ sub: 'c-1', exp: now() + 60 }, { secret: 'another secret' }),
      401,
      'WIDGET_IDENTITY_SECRET',
    ],
    ['not signed at all', () => jwt({ sub: 'c-1', exp: now() + 60 }, { alg: 'none' }), 401, 'HS256'],
    [
      'signed by another algorithm',
      () => jwt({ sub: 'c-1', exp: now() + 60 }, { alg: 'HS512', hash: 'sha512' }),
      401,
      'HS256',
    ],
    [
      'whose claims were changed',
      () => known('c-1').replace(/\.[^.]+\./, `.${part({ sub: 'admin', exp: now() + 60 })}.`),
      401,
      'HS256',
    ],
    ['for somebody else', () => known('c-1', { aud: 'another service' }), 401, '“aud”'],
    ['not valid yet', () => known('c-1', { nbf: now() + 3_600 }), 401, 'not valid yet'],
    ['that names nobody', () => jwt({ exp: now() + 60 }), 422, '“sub”'],
    ['that names the empty text', () => known(''), 422, '“sub”'],
    ['that is no token', () => 'hello', 401, 'HS256'],
  ]
  test.each(refused)('%s is refused, with the cure, at the start and later', async (_, make, status, words) => {
    expect(await start({ flow: 'support', identity: make() })).toMatchObject({
      status,
      body: { detail: expect.stringContaining(words) },
    })
    const begun = await start({ flow: 'support' })
    const later = await stage.send(`/v1/conversations/${idOf(begun)}/identify`, {
      key: String(at(begun.body, 'customerToken')),
      json: { identity: make() },
    })
    expect(later.status).toBe(status)
    expect(await customerOf(idOf(begun))).toEqual({})
  })

  test('said later binds the customer of a conversation once, and it is in the log', async () => {
    const begun = await start({ flow: 'support', customer: { name: 'Ann', email: 'ann@home.example' } })
    const [id, key] = [idOf(begun), String(at(begun.body, 'customerToken'))]
    const identify = (sub: string): Promise<Answered> =>
      stage.send(`/v1/conversations/${id}/identify`, { key, json: { identity: known(sub, { name: 'Ann Shop' }) } })
    expect(await identify('c-9')).toMatchObject({ status: 200, body: { conversation: { id, version: 2 } } })
    expect(await customerOf(id)).toEqual({ id: 'c-9', name: 'Ann Shop', email: 'ann@home.example' })
    expect(await identify('c-9')).toMatchObject({ status: 200, body: { conversation: { version: 2 } } })
    expect(await identify('c-10')).toMatchObject({ status: 409, body: { code: 'not-expected' } })
    const log = await stage.server.admin.call('GET', `/v1/conversations/${id}/log`)
    expect(JSON.stringify(log)).toContain('"type":"customer.identified"')
    expect(idOf(await start({ flow: 'support', identity: known('c-9') }))).toBe(id)
    // Only the server may say so.
    expect(
      await stage.send(`/v1/conversations/${id}/events`, {
        key: stage.server.admin.key,
        json: { type: 'customer.identified', customer: { id: 'x' } },
      }),
    ).toMatchObject({ status: 403, body: { code: 'server-event' } })
  })
})
