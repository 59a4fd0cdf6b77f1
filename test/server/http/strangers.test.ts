import { expect, test } from 'vitest'
import { newSecret } from '#server/identity/secret.ts'
import { createWorld } from './world.ts'

const ADMIN_KEY = 'correct-horse'
const HERE = '203.0.113.7'
const ELSEWHERE = '203.0.113.8'

const fresh = () => createWorld({ rates: { stranger: 3 }, adminKey: ADMIN_KEY })

/** Sends this key from an address; answers the status. */
const senderOf = (world: ReturnType<typeof fresh>) => async (secret: string, from: string) =>
  (await world.with(secret).get('/v1/keys/self', { from })).status

test('law 1: who sends too many wrong keys is told how long to wait, and may try again then', async () => {
  const world = fresh()
  const sends = senderOf(world)
  for (const secret of ['guess', newSecret('bot'), newSecret('session')]) expect(await sends(secret, HERE)).toBe(401)
  const refused = await world.with(newSecret('bot')).get('/v1/keys/self', { from: HERE })
  expect(refused.body).toMatchObject({ status: 429, code: 'too-fast' })
  expect(refused.headers.get('retry-after')).toBe('20')
  expect(await sends('guess', ELSEWHERE)).toBe(401)
  world.clock.at += 20_000
  expect([await sends('guess', HERE), await sends('guess', HERE)]).toEqual([401, 429])
})

test('law 1: on every address that takes a key', async () => {
  const world = fresh()
  const sends = senderOf(world)
  for (const secret of ['one', 'two', 'three']) await sends(secret, HERE)
  const event = { type: 'customer.message', text: 'hi' }
  const wrong = world.with('four')
  expect((await wrong.post('/v1/conversations/chat-1/events', event, { from: HERE })).status).toBe(429)
  expect((await wrong.get('/metrics', { from: HERE })).status).toBe(429)
})

test('law 2: a key that somebody thought up cannot be found by trying', async () => {
  const world = fresh()
  const sends = senderOf(world)
  for (const secret of ['correct-dog', 'correct-cat', 'correct-cow']) await sends(secret, HERE)
  expect(await sends(ADMIN_KEY, HERE)).toBe(429)
  expect(await sends(ADMIN_KEY, ELSEWHERE)).toBe(200)
})

test('law 3: good keys from the same address feel nothing of it', async () => {
  const world = fresh()
  const sends = senderOf(world)
  expect(await sends(ADMIN_KEY, HERE)).toBe(200)
  const made = await world.as('admin').post('/v1/keys', { role: 'bot', name: 'shop' })
  for (let tries = 0; tries < 10; tries++) await sends(newSecret('admin'), HERE)
  expect(await sends('guess', HERE)).toBe(429)
  expect(await sends(ADMIN_KEY, HERE)).toBe(200)
  // It has opened nothing yet.
  expect(await sends(String(Reflect.get(Object(made.body), 'key')), HERE)).toBe(200)
})

test('law 3: after a start everybody may come at once with the same good key', async () => {
  const sends = senderOf(fresh())
  const all = await Promise.all(Array.from({ length: 10 }, () => sends(ADMIN_KEY, HERE)))
  expect(new Set(all)).toEqual(new Set([200]))
})

test('customers whose tokens have ended begin anew, however many they are behind one address', async () => {
  const sends = senderOf(fresh())
  for (let tries = 0; tries < 10; tries++) expect(await sends('baton_customer_Y2hhdC0x.AAAA', HERE)).toBe(401)
})
