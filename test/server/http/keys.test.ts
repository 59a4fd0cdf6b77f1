import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminKeyOf, openKeys } from '#server/http/keys-file.ts'
import { createTokens, tokenSecret } from '#server/http/tokens.ts'
import { at, createWorld } from './world.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-keys-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

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
  expect((await world.with(key).get('/v1/keys/self')).body).toEqual({
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

test('keys survive a restart as hashes that only their owner reads', async () => {
  const first = await openKeys(folder, 'the-admins-key')
  const [a, b] = await Promise.all([
    first.create({ role: 'bot' }, 0),
    first.create({ role: 'agent', agent: 'anna' }, 0),
  ])
  const again = await openKeys(folder, 'the-admins-key')
  expect(await again.find(a.secret, 1)).toEqual(a.record)
  expect(await again.find(b.secret, 1)).toMatchObject({ role: 'agent', agent: 'anna' })
  expect(await again.find('the-admins-key', 1)).toMatchObject({ id: 'admin', role: 'admin' })
  const file = join(folder, 'keys.json')
  expect(await readFile(file, 'utf8')).not.toContain(a.secret)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await again.revoke(a.record.id)).toBe(true)
  expect(await (await openKeys(folder, 'the-admins-key')).find(a.secret, 1)).toBeUndefined()
})

test('a file of keys that cannot be read stops the start with its cure', async () => {
  const broken = join(folder, 'broken')
  await openKeys(broken, 'x').then((keys) => keys.create({ role: 'bot' }, 0))
  await writeFile(join(broken, 'keys.json'), '{"keys":[{"role":"emperor"}]}')
  await expect(openKeys(broken, 'x')).rejects.toThrow(/keys\.json cannot be read; restore/)
})

test('the admin’s key is the configured one, else one made at the first start and kept', async () => {
  expect(await adminKeyOf(join(folder, 'a'), 'configured')).toEqual({ key: 'configured', made: false })
  const made = await adminKeyOf(join(folder, 'a'), undefined)
  expect(made).toMatchObject({ made: true, key: expect.stringMatching(/^baton_admin_.{43}$/) })
  expect(await adminKeyOf(join(folder, 'a'), undefined)).toEqual({ key: made.key, made: false })
  expect((await stat(join(folder, 'a', 'admin.key'))).mode & 0o777).toBe(0o600)
})

test('law 1: a customer’s token opens exactly the conversation it was made for', async () => {
  const tokens = createTokens(await tokenSecret(folder))
  const others = createTokens('another secret')
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      expect(tokens.open(tokens.issue(id))).toBe(id)
      expect(others.open(tokens.issue(id))).toBeUndefined()
    }),
  )
})

test('law 2: no token survives a change of any of its characters', () => {
  const tokens = createTokens('secret')
  const token = tokens.issue('chat-1')
  fc.assert(
    fc.property(
      fc.integer({ min: 'baton_customer_'.length, max: token.length - 2 }),
      fc.constantFrom(...'AZaz09-_.'),
      (index, letter) => {
        const changed = token.slice(0, index) + letter + token.slice(index + 1)
        expect(tokens.open(changed)).toBe(changed === token ? 'chat-1' : undefined)
      },
    ),
  )
})
