/**
 * Every credential there is against every call of the OpenAPI document. The tables are the product's own: the rights of
 * http/rights.ts, and the calls as the document lists them.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import type { Env } from '#server/http/environment.ts'
import { demandRights } from '#server/http/every-route.ts'
import { holds, rights, rightsOf, roles, type Right } from '#server/http/rights.ts'
import { tokenOf } from '#server/http/tokens.ts'
import { everyCall, pathTo, type Call } from './every-call.ts'
import { at, createWorld } from './world.ts'

type World = ReturnType<typeof createWorld>
const PASSWORD = 'nine blue kettles sing'
const DAY = 86_400_000
const keyed = async (world: World) => (await everyCall(world)).filter(({ right }) => right !== 'anybody')
const send = (caller: World['anybody'], call: Call, id = 'theirs') =>
  caller.send(call.method, pathTo(call, id), call.method === 'GET' ? {} : { body: {} })
/** Its own handler decides by the event whose right it takes; an empty event is nobody's. */
const HOT = '/v1/conversations/{id}/events'

async function signedIn(world: World, role: 'admin' | 'supervisor' = 'admin') {
  const made = await world.as('admin').post('/v1/users', { name: `P ${role}`, role, password: PASSWORD })
  const begun = await world.anybody.post('/v1/session', { name: `P ${role}`, password: PASSWORD })
  return { id: String(at(made.body, 'id')), caller: world.with(String(at(begun.body, 'key'))) }
}

test('law 1: a credential that is revoked, ended, signed out, disabled or made up opens no call', async () => {
  const world = createWorld()
  const admin = world.as('admin')
  const make = async (body: object) => {
    const { body: made } = await admin.post('/v1/keys', { role: 'admin', ...body })
    return { id: String(at(made, 'id')), caller: world.with(String(at(made, 'key'))) }
  }
  const revoked = await make({})
  const expired = await make({ expiresAt: new Date(world.clock.at + 1_000).toISOString() })
  const rotated = await make({})
  const signedOut = await signedIn(world)
  const disabled = await signedIn(world, 'supervisor')
  expect((await admin.delete(`/v1/keys/${revoked.id}`)).status).toBe(204)
  expect((await admin.post(`/v1/keys/${rotated.id}/rotate`, { overlap: '0s' })).status).toBe(200)
  expect((await signedOut.caller.delete('/v1/session')).status).toBe(204)
  const change = { name: 'P supervisor', role: 'supervisor', disabled: true }
  expect((await admin.put(`/v1/users/${disabled.id}`, change)).status).toBe(200)
  world.clock.at += 1_000
  const dead = {
    none: world.anybody,
    revoked: revoked.caller,
    expired: expired.caller,
    rotated: rotated.caller,
    'signed out': signedOut.caller,
    disabled: disabled.caller,
    'made up': world.with('baton_admin_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
    'a token of another server': world.with(tokenOf('another secret', 'theirs', world.clock.at + DAY)),
    'a token that ended': world.with(tokenOf('a secret of the tests', 'theirs', world.clock.at)),
  }
  const calls = await keyed(world)
  expect(calls.length).toBeGreaterThan(60)
  for (const [what, caller] of Object.entries(dead))
    for (const call of calls)
      expect((await send(caller, call)).status, `${what}: ${call.method} ${call.path}`).toBe(401)
})

test('law 2: a key with one scope opens the calls of that right and no other, whatever its role', async () => {
  const world = createWorld()
  const calls = await keyed(world)
  for (const scope of Object.keys(rights) as readonly Right[]) {
    const { body } = await world.as('admin').post('/v1/keys', { role: 'admin', scopes: [scope] })
    if (!holds('admin', scope)) throw new Error('an admin holds every right')
    const caller = world.with(String(at(body, 'key')))
    for (const call of calls) {
      // One does not end; the other gives out more than one right: law 5.
      if (call.right === scope && /\/(?:stream|link)$/.test(call.path)) continue
      const { status } = await send(caller, call)
      const denied = call.right !== scope && call.path !== HOT
      if (denied) expect(status, `${scope}: ${call.method} ${call.path} takes ${call.right}`).toBe(403)
      else if (call.path !== HOT) expect(status, `${scope}: ${call.method} ${call.path}`).not.toBe(403)
    }
    const event = await caller.post('/v1/conversations/theirs/events', { type: 'agent.note', text: 'hi' })
    expect(event.status === 403, `${scope}: agent.note`).toBe(scope !== 'events.agent')
  }
})

test('law 3: of another’s conversation a customer learns nothing: as if it were not there, on every call', async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'theirs' })
  const other = world.customerOf('mine')
  for (const call of (await keyed(world)).filter(({ path }) => path.startsWith('/v1/conversations/{id}'))) {
    const [denied, absent] = [await send(other, call, 'theirs'), await send(other, call, 'nobody')]
    const what = `${call.method} ${call.path}`
    expect(denied.text.replaceAll('theirs', 'X'), what).toBe(absent.text.replaceAll('nobody', 'X'))
    expect(denied.status, what).toBe(absent.status)
    const expected = holds('customer', call.right as Right) ? [404, 422, 415] : [403]
    expect(expected, `${what} gave ${denied.status}`).toContain(denied.status)
  }
  expect(world.conversations.accepted).toEqual([])
})

test('law 4: an empty, null or zero scope opens nothing and is refused where a key is made', async () => {
  const world = createWorld()
  for (const scopes of ['', null, [], 0, false, {}, [''], [null], ['admin'], ['*'], ['__proto__'], ['toString']]) {
    const { status } = await world.as('admin').post('/v1/keys', { role: 'admin', scopes })
    expect(status, JSON.stringify(scopes)).toBe(422)
  }
  expect(rightsOf({ role: 'admin', scopes: [] })).toEqual([])
  const { secret } = await world.who.keys.create({ role: 'admin', scopes: [] }, world.clock.at)
  for (const call of await keyed(world)) {
    const { status } = await send(world.with(secret), call)
    expect(call.path === HOT ? [403, 422] : [403], `${call.method} ${call.path}`).toContain(status)
  }
})

test('law 5: nobody gives out, renews or takes over more than they may do themselves', async () => {
  const world = createWorld()
  const admin = world.as('admin')
  const narrow = async (...scopes: readonly Right[]) => {
    const { body } = await admin.post('/v1/keys', { role: 'admin', scopes })
    return world.with(String(at(body, 'key')))
  }
  const whole = String(at((await admin.post('/v1/keys', { role: 'admin' })).body, 'id'))
  const person = await signedIn(world)
  const keeper = await narrow('keys.manage')
  expect((await keeper.post('/v1/keys', { role: 'admin' })).status).toBe(403)
  expect((await keeper.post('/v1/keys', { role: 'admin', scopes: ['users.manage'] })).status).toBe(403)
  expect((await keeper.post('/v1/keys', { role: 'admin', scopes: ['keys.manage'] })).status).toBe(201)
  expect((await keeper.post(`/v1/keys/${whole}/rotate`)).status).toBe(403)
  expect((await keeper.delete(`/v1/keys/${whole}`)).status).toBe(403)
  const hirer = await narrow('users.manage')
  expect((await hirer.post('/v1/users', { name: 'Eve', role: 'admin' })).status).toBe(403)
  expect((await hirer.put(`/v1/users/${person.id}/password`)).status).toBe(403)
  expect((await hirer.put(`/v1/users/${person.id}`, { name: 'P admin', role: 'admin' })).status).toBe(403)
  expect((await hirer.delete(`/v1/users/${person.id}`)).status).toBe(403)
  await admin.put('/v1/agents/anna', { name: 'Anna' })
  expect((await (await narrow('agents.write')).post('/v1/agents/anna/link')).status).toBe(403)
  expect((await world.as('supervisor').post('/v1/agents/anna/link')).status).toBe(201)
})

test('law 6: whoever may do most may give out everything: an admin holds every right that anybody has', () => {
  for (const right of Object.keys(rights) as readonly Right[]) expect(holds('admin', right), right).toBe(true)
  for (const role of roles) for (const right of rightsOf({ role })) expect(holds(role, right)).toBe(true)
})

/** They change nothing that staff set up: what they do stands in the conversation's own log, or is kept nowhere. */
const LOGGED_ELSEWHERE = [
  'POST /v1/conversations',
  'POST /v1/conversations/{id}/events',
  'POST /v1/conversations/{id}/typing',
  'POST /v1/conversations/{id}/attachments',
  'POST /v1/conversations/{id}/identify',
  'POST /v1/conversations/{id}/transcript/email',
  'PUT /v1/agents/{id}/presence',
  'POST /v1/tickets/{id}/take',
  'POST /v1/flows/check',
  'POST /v1/flows/{id}/backtest',
  'POST /v1/flows/{id}/migration/preview',
  'POST /v1/queues/{team}/dry-run',
]

test('law 7: every call of the staff that changes something has its word in the audit log', async () => {
  const changing = (await keyed(createWorld())).filter(({ method }) => method !== 'GET')
  const silent = changing.filter(({ audit }) => audit === undefined).map(({ method, path }) => `${method} ${path}`)
  expect(silent.filter((call) => !LOGGED_ELSEWHERE.includes(call))).toEqual([])
  expect(LOGGED_ELSEWHERE.filter((call) => !silent.includes(call))).toEqual([])
  for (const { audit } of changing) if (audit !== undefined) expect(audit).toMatch(/^[a-z-]+\.[a-z-]+$/)
})

test('law 8: an application with an address that names no right does not start', () => {
  const app = new OpenAPIHono<Env>()
  expect(() => demandRights(app)).not.toThrow()
  app.get('/v1/back-door', (c) => c.text('welcome'))
  expect(() => demandRights(app)).toThrow('GET /v1/back-door names no right')
})

test('law 9: no answer holds a secret that was set before, but a bot’s to the admin who manages bots', async () => {
  const world = createWorld()
  const admin = world.as('admin')
  const canary = `whsec_${Buffer.from('a canary that nobody may see').toString('base64')}`
  expect((await admin.put('/v1/bots/theirs', { url: 'https://bots.example.com/x', secret: canary })).status).toBe(200)
  const { body } = await admin.post('/v1/keys', { role: 'bot', name: 'theirs' })
  const person = await signedIn(world)
  const secrets = [
    canary,
    PASSWORD,
    'a secret of the tests',
    String(at(body, 'key')),
    String(person.caller.authorization).slice('Bearer '.length),
  ]
  for (const call of await keyed(world)) {
    if (call.path.endsWith('/stream')) continue
    for (const role of roles) {
      const { text } = await send(world.as(role), call)
      const shown = secrets.filter((secret) => text.includes(secret))
      const managed = role === 'admin' && call.path === '/v1/bots/{name}'
      expect(
        managed ? shown.filter((secret) => secret !== canary) : shown,
        `${role}: ${call.method} ${call.path}`,
      ).toEqual([])
    }
  }
  expect(JSON.stringify(world.who.entries)).not.toMatch(new RegExp(secrets.map((each) => each.slice(0, 20)).join('|')))
})
