import { expect, test } from 'vitest'
import type { AuditEntry } from '#server/identity/audit.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { handoffFlow } from './handoff-flow.ts'
import { at, createWorld } from './world.ts'

test('what staff changes is written with who, what and whom, and small values or hashes of before and after', async () => {
  const world = createWorld()
  const admin = world.as('admin')
  await admin.put('/v1/teams/help', { name: 'Help' })
  const made = await admin.post('/v1/keys', { role: 'bot', name: 'shop' })
  const id = String(at(made.body, 'id'))
  await admin.delete(`/v1/keys/${id}`)
  const after = { role: 'bot', name: 'shop' }
  expect(world.who.entries).toMatchObject([
    { action: 'team.saved', actor: { kind: 'key', id: 'key_admin' }, target: { kind: 'team', id: 'help' } },
    { action: 'key.made', target: { kind: 'key', id }, change: { after } },
    { action: 'key.revoked', target: { kind: 'key', id }, change: { before: after } },
  ])
  expect(at(world.who.entries[0], 'change.after')).toMatch(/^sha256:.{43}$/)
})

test('a flow’s draft is known by its tags, its versions by their numbers', async () => {
  const world = createWorld()
  const designer = world.as('designer')
  const saved = await designer.put('/v1/flows/handoff', handoffFlow)
  const tag = saved.headers.get('etag')
  await designer.put('/v1/flows/handoff', { ...handoffFlow, name: 'Other' }, { headers: { 'If-Match': tag ?? '' } })
  await designer.post('/v1/flows/handoff/publish')
  expect(world.who.entries).toMatchObject([
    { action: 'flow.saved', change: { after: tag } },
    { action: 'flow.saved', change: { before: tag, after: expect.any(String) } },
    { action: 'flow.published', target: { id: 'handoff' }, change: { after: { version: 1 } } },
  ])
})

test('a person is named in what they do', async () => {
  const world = createWorld()
  const password = 'nine blue kettles sing'
  const made = await world.as('admin').post('/v1/users', { name: 'Anna', role: 'supervisor', password })
  const begun = await world.anybody.post('/v1/session', { name: 'Anna', password })
  await world.anybody.post('/v1/session', { name: 'Anna', password: 'guess' })
  await world.anybody.post('/v1/session', { name: 'mistyped-password', password: 'guess' })
  await world.with(String(at(begun.body, 'key'))).put('/v1/teams/help', { name: 'Help' })
  const actor = { kind: 'user', id: at(made.body, 'id'), name: 'Anna' }
  expect(world.who.entries).toMatchObject([
    { action: 'user.added', actor: { kind: 'key' } },
    { action: 'session.begun', actor },
    { action: 'session.refused', actor: { kind: 'system' }, target: { kind: 'user', id: actor.id } },
    { action: 'session.refused', actor: { kind: 'system' }, target: { kind: 'user', id: 'unknown' } },
    { action: 'team.saved', actor },
  ])
  expect(JSON.stringify(world.who.entries)).not.toContain('mistyped-password')
})

test('a refusal changes nothing and leaves no entry; nor does reading', async () => {
  const world = createWorld()
  await world.as('agent').put('/v1/teams/help', { name: 'Help' })
  await world.as('admin').put('/v1/teams/help', { nonsense: true })
  await world.as('admin').delete('/v1/keys/key_none')
  await world.as('admin').get('/v1/keys')
  expect(world.who.entries).toEqual([])
})

test('law 1: where it cannot be written what is about to be changed, nothing is changed', async () => {
  const world = createWorld()
  world.who.audit.undertake = () => Promise.reject(new RuntimeError('unavailable', 'The database is gone.'))
  expect((await world.as('admin').put('/v1/teams/help', { name: 'Help' })).status).toBe(503)
  expect((await world.as('admin').get('/v1/teams/help')).status).toBe(404)
})

test('law 2: who is answered with success knows that the entry is there: where it cannot be written, it is a failure', async () => {
  const world = createWorld()
  const { undertake } = world.who.audit
  const done = () => Promise.reject(new RuntimeError('unavailable', 'The database is gone.'))
  world.who.audit.undertake = async (entry, now) => ({ ...(await undertake(entry, now)), done })
  expect((await world.as('admin').put('/v1/teams/help', { name: 'Help' })).status).toBe(503)
  world.who.audit.undertake = undertake
  expect((await world.as('admin').put('/v1/teams/help', { name: 'Help' })).status).toBe(200)
  expect(world.who.entries).toMatchObject([{ action: 'team.saved' }])
})

test('law 3: where nobody knows whether it was changed, there is an entry that says so', async () => {
  const world = createWorld()
  const admin = world.as('admin')
  for (const fault of [new RuntimeError('unavailable', 'Nobody knows.'), new Error('a fault of ours')]) {
    world.who.keys.revoke = () => Promise.reject(fault)
    await admin.delete('/v1/keys/key_bot')
  }
  const change = { after: { outcome: 'unknown', begunAt: new Date(world.clock.at).toISOString() } }
  const entry = { action: 'key.revoked', actor: { kind: 'key', id: 'key_admin' }, target: { id: 'key_bot' }, change }
  expect(world.who.entries).toMatchObject([entry, entry])
})

test('law 5: no customer is named by an entry, nor by what a crash would leave of one', async () => {
  const world = createWorld()
  const admin = world.as('admin')
  const undertaken: AuditEntry[] = []
  const { undertake } = world.who.audit
  world.who.audit.undertake = (entry, now) => {
    undertaken.push(entry)
    return undertake(entry, now)
  }
  expect((await admin.get('/v1/customers/ann@example.com/export')).status).toBe(200)
  expect((await admin.delete('/v1/customers/ann@example.com')).status).toBe(200)
  const gone = () => Promise.reject(new RuntimeError('unavailable', 'The database is gone.'))
  Object.assign(world.runtime.customers, { export: gone, erase: gone })
  expect((await admin.get('/v1/customers/ann@example.com/export')).status).toBe(503)
  expect((await admin.delete('/v1/customers/ann@example.com')).status).toBe(503)
  expect(undertaken).toHaveLength(4)
  expect(world.who.entries).toHaveLength(4)
  expect(JSON.stringify([undertaken, world.who.entries])).not.toContain('ann')
})

test('law 5: no conversation is named, whose id may be an address; what of it was meant can still be told', async () => {
  const world = createWorld()
  const admin = world.as('admin')
  const tried: string[] = []
  world.runtime.retryDeadLetter = async (id) => void tried.push(id)
  world.runtime.setDeadLetterAside = async (id) => void tried.push(id)
  const letters = ['ann@example.com:7:0', 'ticket-ann@example.com:8:1', 'reply-ann@example.com-12']
  for (const id of letters) expect((await admin.post(`/v1/dead-letters/${id}/retry`)).status).toBe(202)
  expect((await admin.delete('/v1/dead-letters/ann@example.com:7:0')).status).toBe(204)
  expect((await admin.post('/v1/tickets/chat-1:4:0/resolve')).status).toBe(200)
  expect((await admin.post('/v1/callbacks/chat-2:4:0/cancel')).status).toBe(200)
  expect(tried).toEqual([...letters, 'ann@example.com:7:0'])
  expect(world.who.entries.map(({ action, target }) => [action, target.id])).toEqual([
    ['dead-letter.retried', 'withheld:7:0'],
    ['dead-letter.retried', 'withheld:8:1'],
    ['dead-letter.retried', 'withheld'],
    ['dead-letter.set-aside', 'withheld:7:0'],
    ['ticket.resolved', 'withheld:4:0'],
    ['callback.cancelled', 'withheld:4:0'],
  ])
})

test('admins alone read it, by query', async () => {
  const world = createWorld()
  for (const role of ['designer', 'supervisor', 'agent', 'bot'] as const)
    expect((await world.as(role).get('/v1/audit')).status).toBe(403)
  expect((await world.as('admin').get('/v1/audit?action=flow&since=2026-01-01T00:00:00Z&limit=10')).status).toBe(200)
  for (const query of ['since=yesterday', 'cursor=x', 'limit=0', 'limit=201', 'actor=', 'actor=%00', 'target=a%0Ab'])
    expect((await world.as('admin').get(`/v1/audit?${query}`)).status, query).toBe(422)
})
