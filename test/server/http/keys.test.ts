import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokens, TOKEN_LASTS } from '#server/http/tokens.ts'
import { whoInMemory } from '../identity/memory.ts'
import { at, createWorld } from './world.ts'

test('a key is made, shown once, works, and is revoked at once', async () => {
  const world = createWorld()
  const made = await world.as('admin').post('/v1/keys', { role: 'agent', agent: 'ben', name: 'Ben’s desk' })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    role: 'agent',
    agent: 'ben',
    name: 'Ben’s desk',
    key: expect.stringMatching(/^baton_agent_/),
  })
  const [key, id] = [String(at(made.body, 'key')), String(at(made.body, 'id'))]
  expect((await world.with(key).get('/v1/keys/self')).body).toMatchObject({
    role: 'agent',
    agent: 'ben',
    name: 'Ben’s desk',
  })
  const listed = await world.as('admin').get('/v1/keys')
  expect(listed.text).toContain(id)
  expect(listed.text).not.toContain(key)
  expect(listed.text).not.toContain('hash')
  expect((await world.as('admin').delete(`/v1/keys/${id}`)).status).toBe(204)
  expect((await world.with(key).get('/v1/keys/self')).status).toBe(401)
  expect((await world.as('admin').delete(`/v1/keys/${id}`)).status).toBe(404)
})

test('a key ends when it was said to', async () => {
  const world = createWorld()
  const made = await world.as('admin').post('/v1/keys', { role: 'bot', expiresAt: '2026-03-02T10:01:00Z' })
  const caller = world.with(String(at(made.body, 'key')))
  expect((await caller.get('/v1/keys/self')).status).toBe(200)
  world.clock.at += 60_000
  expect((await caller.get('/v1/keys/self')).status).toBe(401)
})

test('a key that makes no sense is refused with its cure', async () => {
  const admin = createWorld().as('admin')
  expect((await admin.post('/v1/keys', { role: 'agent' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/agent' }],
  })
  expect((await admin.post('/v1/keys', { role: 'bot', agent: 'anna' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/agent' }],
  })
  expect((await admin.post('/v1/keys', { role: 'customer' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/role' }],
  })
  expect((await admin.post('/v1/keys', { role: 'bot', expiresAt: '2020-01-01T00:00:00Z' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/expiresAt' }],
  })
  expect((await admin.delete('/v1/keys/admin')).status).toBe(422)
})

test('a key in use is rotated without a pause: the new secret works at once, the old one until the overlap ends', async () => {
  const world = createWorld()
  const made = await world.as('admin').post('/v1/keys', { role: 'bot', name: 'shop' })
  const rotated = await world.as('admin').post(`/v1/keys/${String(at(made.body, 'id'))}/rotate`, { overlap: '1h' })
  expect(rotated.body).toMatchObject({
    id: at(made.body, 'id'),
    name: 'shop',
    key: expect.stringMatching(/^baton_bot_/),
  })
  const [old, now] = [made, rotated].map(({ body }) => world.with(String(at(body, 'key'))))
  for (const caller of [old, now]) expect((await caller?.get('/v1/keys/self'))?.status).toBe(200)
  world.clock.at += 3_600_000
  expect((await old?.get('/v1/keys/self'))?.status).toBe(401)
  expect((await now?.get('/v1/keys/self'))?.status).toBe(200)
  for (const overlap of ['soon', '-1h', '31d'])
    expect((await world.as('admin').post(`/v1/keys/${String(at(made.body, 'id'))}/rotate`, { overlap })).status).toBe(
      422,
    )
  expect((await world.as('admin').post('/v1/keys/key_none/rotate')).status).toBe(404)
  expect((await world.as('admin').post('/v1/keys/admin/rotate')).status).toBe(422)
})

test('a key with scopes says which rights it has', async () => {
  const world = createWorld()
  const scopes = ['conversations.list', 'keys.self']
  const made = await world.as('admin').post('/v1/keys', { role: 'supervisor', scopes })
  expect(made.body).toMatchObject({ role: 'supervisor', scopes })
  const caller = world.with(String(at(made.body, 'key')))
  expect((await caller.get('/v1/keys/self')).body).toEqual({ role: 'supervisor', rights: scopes })
  const denied = await caller.get('/v1/conversations/chat-1')
  expect(denied.body).toMatchObject({ status: 403, detail: expect.stringContaining('“conversations.read”') })
})

const tokensOf = (secret: string, now = () => 0) => createTokens(whoInMemory(secret).tokenSecrets, { now })

test('law 1: a customer’s token opens exactly the conversation it was made for', async () => {
  const [tokens, others] = [tokensOf('secret'), tokensOf('another secret')]
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), async (id) => {
      const token = await tokens.issue(id)
      expect(await tokens.open(token, 0)).toBe(id)
      expect(await others.open(token, 0)).toBeUndefined()
    }),
  )
})

test('law 2: no token survives a change of any of its characters, its end’s neither', async () => {
  const tokens = tokensOf('secret')
  const token = await tokens.issue('chat-1')
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 'baton_customer_'.length, max: token.length - 2 }),
      fc.constantFrom(...'AZaz09-_.'),
      async (index, letter) => {
        const changed = token.slice(0, index) + letter + token.slice(index + 1)
        expect(await tokens.open(changed, 0)).toBe(changed === token ? 'chat-1' : undefined)
      },
    ),
  )
})

test('law 3: a token ends ninety days after it was made; those that widgets hold from before go on', async () => {
  const tokens = tokensOf('secret')
  const token = await tokens.issue('chat-1')
  expect(await tokens.open(token, TOKEN_LASTS - 1)).toBe('chat-1')
  expect(await tokens.open(token, TOKEN_LASTS)).toBeUndefined()
  const signature = createHmac('sha256', 'secret').update('customer\nchat-1').digest('base64url')
  const early = `baton_customer_${Buffer.from('chat-1').toString('base64url')}.${signature}`
  expect(await tokens.open(early, 10 * TOKEN_LASTS)).toBe('chat-1')
})

test('an admin ends the tokens of all customers, at once or after a while', async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  const customer = world.customerOf('chat-1')
  expect((await world.as('supervisor').post('/v1/tokens/rotate', { overlap: '0s' })).status).toBe(403)
  const rotated = await world.as('admin').post('/v1/tokens/rotate', { overlap: '1h' })
  expect(rotated.body).toEqual({ earlierUntil: new Date(world.clock.at + 3_600_000).toISOString() })
  expect((await customer.get('/v1/conversations/chat-1')).status).toBe(200)
  expect((await world.as('admin').post('/v1/tokens/rotate', { overlap: '0s' })).status).toBe(200)
  expect((await customer.get('/v1/conversations/chat-1')).status).toBe(401)
  const begun = await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-2' })
  const fresh = world.with(String(at(begun.body, 'customerToken')))
  expect((await fresh.get('/v1/conversations/chat-2')).status).toBe(200)
})
