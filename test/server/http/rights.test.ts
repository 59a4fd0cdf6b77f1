import { describe, expect, test } from 'vitest'
import { holds, rights, roles, type CallerRole, type Right } from '#server/http/rights.ts'
import { everyCall } from './every-call.ts'
import { createWorld } from './world.ts'

const everyRole: readonly CallerRole[] = [...roles, 'customer']
const bodies: Readonly<Record<string, unknown>> = {
  'POST /v1/conversations': { flow: 'support' },
  'POST /v1/conversations/{id}/events': { type: 'customer.message', text: 'hi' },
  'PUT /v1/agents/{id}/presence': { status: 'online' },
  'POST /v1/flows/{id}/rollback': { version: 1 },
  'POST /v1/conversations/{id}/typing': { typing: true },
  'POST /v1/conversations/{id}/identify': { identity: 'nonsense' },
}

/** The calls under /v1 that take a key, with the right that each names. */
async function calls(world: ReturnType<typeof createWorld>) {
  return (await everyCall(world)).flatMap(({ right, ...call }) => (right === 'anybody' ? [] : [{ ...call, right }]))
}

test('without a key anybody may begin by the widget, bring a signed hook, and sign in; nothing else under /v1', async () => {
  const open = (await everyCall(createWorld())).filter(({ right }) => right === 'anybody')
  expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
    'GET /v1/session/oidc',
    'GET /v1/session/oidc/callback',
    'GET /v1/session/ways',
    'POST /v1/hooks/{channel}',
    'POST /v1/session',
    'POST /v1/widget/conversations',
  ])
})

test('every call under /v1 names its right, and every right is used', async () => {
  const all = await calls(createWorld())
  expect(all.length).toBeGreaterThan(30)
  for (const { right, path } of all) expect(Object.keys(rights), path).toContain(right)
  const used = new Set(all.map(({ right }) => right))
  const elsewhere = ['events.customer', 'events.survey', 'events.bot', 'events.agent', 'metrics.scrape']
  expect(Object.keys(rights).filter((right) => !used.has(right as Right) && !elsewhere.includes(right))).toEqual([])
})

test('every call under /v1 that the router takes is documented', async () => {
  const world = createWorld()
  const documented = new Set(
    (await everyCall(world)).map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  const routed = world.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
    .map(({ method, path }) => `${method} ${path}`)
  expect(new Set(routed)).toEqual(documented)
})

/** Who manages them reads them too, and nobody else does. */
const managing: readonly Right[] = ['keys.manage', 'users.manage', 'customers.export', 'customers.erase']

test('what changes something takes more than the right to read, and what reads takes no more', async () => {
  for (const { method, path, right } of await calls(createWorld())) {
    if (path === '/v1/flows/check') continue
    const reads =
      /\.(read|list|handoff|history|follow|self)$/.test(right) || (managing.includes(right) && method === 'GET')
    expect(reads, `${method} ${path} takes ${right}`).toBe(method === 'GET')
  }
})

test('law 1: every role on every call gets 403 exactly when the table denies it', async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  for (const { method, path, right } of await calls(world)) {
    if (path.endsWith('/stream')) continue
    for (const role of everyRole) {
      const caller = role === 'customer' ? world.customerOf('chat-1') : world.as(role)
      const call = `${method} ${path}`
      const { status } = await caller.send(
        method,
        path.replace(/\{\w+\}/, path.includes('/agents/') ? 'anna' : 'chat-1'),
        method === 'GET' ? {} : { body: bodies[call] ?? {} },
      )
      const allowed =
        holds(role, right) && !(call === 'POST /v1/conversations/{id}/events' && !holds(role, 'events.customer'))
      expect(status === 403, `${role}: ${call} (${right}) gave ${status}`).toBe(!allowed)
      expect(status, `${role}: ${call}`).toBeLessThan(500)
    }
  }
})

test('law 2: no call under /v1 answers without a valid key, whatever is sent instead of one', async () => {
  const world = createWorld()
  for (const { method, path } of await calls(world)) {
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Bearer wrong',
      'Basic YTpi',
      'Bearer baton_customer_Y2hhdC0x.AAAA',
      'Bearer baton_customer_',
      `Bearer ${'x'.repeat(2_000)}`,
    ]) {
      const answer = await world
        .header(header)
        .send(method, path.replace(/\{\w+\}/, 'chat-1'), { headers: { 'X-Forwarded-For': '127.0.0.1' } })
      expect(answer.status, `${method} ${path} with ${header}`).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
  }
})

describe('who may send which event', () => {
  const examples = {
    customer: { type: 'customer.message', text: 'hi' },
    survey: { type: 'survey.answer', score: 5 },
    bot: { type: 'bot.message', text: 'hi' },
    agent: { type: 'agent.note', text: 'hi' },
  } as const
  test.each(everyRole)('%s sends the events of its table and no others', async (role) => {
    const world = createWorld()
    await world.as('admin').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
    for (const [speaker, event] of Object.entries(examples)) {
      const caller = role === 'customer' ? world.customerOf('chat-1') : world.as(role)
      const { status } = await caller.post('/v1/conversations/chat-1/events', event)
      const may = holds(role, 'conversations.advance') && holds(role, `events.${speaker as keyof typeof examples}`)
      expect(status, `${role} ${speaker}`).toBe(may ? 200 : 403)
    }
  })
})

test('to a customer, another’s conversation does not exist', async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'theirs' })
  const other = world.customerOf('mine')
  const paths = ['', '/transcript', '/stream']
  for (const path of paths) {
    const denied = await other.get(`/v1/conversations/theirs${path}`)
    const absent = await other.get(`/v1/conversations/nobodys${path}`)
    expect([denied.status, absent.status]).toEqual([404, 404])
    expect(denied.text.replaceAll('theirs', 'X')).toBe(absent.text.replaceAll('nobodys', 'X'))
  }
  expect((await other.post('/v1/conversations/theirs/events', { type: 'customer.message', text: 'hi' })).status).toBe(
    404,
  )
  expect(world.conversations.accepted).toEqual([])
})

test('a customer reads its own conversation but neither its package, log, snapshot nor why it was offered to whom', async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'mine' })
  const customer = world.customerOf('mine')
  for (const path of ['', '/transcript']) expect((await customer.get(`/v1/conversations/mine${path}`)).status).toBe(200)
  for (const path of ['/handoff', '/log', '/snapshot', '/routing'])
    expect((await customer.get(`/v1/conversations/mine${path}`)).status).toBe(403)
})

test('an agent says only for itself whether it is there', async () => {
  const world = createWorld()
  for (const id of ['anna', 'ben']) await world.as('admin').put(`/v1/agents/${id}`, { name: id })
  expect((await world.as('agent').put('/v1/agents/anna/presence', { status: 'online' })).body).toMatchObject({
    presence: 'online',
  })
  expect((await world.as('agent').put('/v1/agents/ben/presence', { status: 'online' })).status).toBe(403)
  expect((await world.as('supervisor').put('/v1/agents/ben/presence', { status: 'away' })).status).toBe(200)
})

test('health and the pages need no key; the figures for Prometheus do, from afar', async () => {
  const world = createWorld()
  for (const path of [
    '/',
    '/docs',
    '/openapi.json',
    '/health/live',
    '/health/ready',
    '/problems',
    '/problems/closed',
  ]) {
    expect((await world.anybody.get(path)).status, path).toBe(200)
  }
  expect((await world.anybody.get('/metrics')).status).toBe(401)
  expect((await world.as('agent').get('/metrics')).status).toBe(403)
  expect((await world.as('supervisor').get('/metrics')).status).toBe(200)
})
