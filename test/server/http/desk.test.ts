import { expect, test } from 'vitest'
import { createWorld } from './world.ts'

test('an agent is added with sensible defaults, read back, and may be sent back as read', async () => {
  const admin = createWorld().as('admin')
  const full = {
    name: 'Anna',
    teams: ['billing'],
    skills: { refunds: 3 },
    languages: ['en', 'de'],
    channels: ['web'],
    tiers: ['gold'],
    capacity: 2,
    bot: 'helper',
  }
  expect((await admin.put('/v1/agents/anna', full)).body).toEqual({ id: 'anna', ...full, presence: 'offline', load: 0 })
  expect((await admin.put('/v1/agents/ben', { name: 'Ben' })).body).toMatchObject({
    teams: [],
    skills: {},
    languages: [],
    channels: [],
    capacity: 3,
  })
  expect((await admin.get('/v1/agents')).body).toMatchObject({ items: [{ id: 'anna' }, { id: 'ben' }], next: null })
  expect((await admin.put('/v1/agents/anna', { ...full, id: 'anna' })).status).toBe(200)
  expect((await admin.put('/v1/agents/anna', { ...full, id: 'ben' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/id' }],
  })
})

test('what an agent, a team or a schedule cannot be is refused, fault by fault', async () => {
  const admin = createWorld().as('admin')
  expect(
    (await admin.put('/v1/agents/anna', { teams: ['a b'], skills: { refunds: 'much' }, capacity: -1, role: 'admin' }))
      .body,
  ).toMatchObject({
    status: 422,
    errors: expect.arrayContaining([
      { pointer: '/name', message: 'is missing; it must be a string' },
      expect.objectContaining({ pointer: '/teams/0' }),
      expect.objectContaining({ pointer: '/skills/refunds' }),
      expect.objectContaining({ pointer: '/capacity' }),
      { pointer: '/role', message: 'is not known here; remove it' },
    ]),
  })
  expect((await admin.put('/v1/agents/a%20b', { name: 'x' })).body).toMatchObject({
    errors: [{ pointer: '/param/id' }],
  })
  expect((await admin.put('/v1/teams/billing', { name: 'Billing', offerFor: 'soon' })).body).toMatchObject({
    errors: [{ pointer: '/offerFor' }],
  })
  const odd = { name: 'Billing', routing: 'random', weights: { phone: 0.3 }, awayAfter: -1 }
  expect((await admin.put('/v1/teams/billing', odd)).body).toMatchObject({
    errors: [{ pointer: '/routing' }, { pointer: '/weights/phone' }, { pointer: '/awayAfter' }],
  })
  expect(
    (await admin.put('/v1/schedules/office', { timezone: 'Mars', week: { mon: [['17:00', '17:00']] } })).body,
  ).toMatchObject({ errors: [{ pointer: '/timezone' }, { pointer: '/week/mon/0' }] })
  expect((await admin.put('/v1/agents/anna/presence', { status: 'asleep' })).body).toMatchObject({
    errors: [{ pointer: '/status' }],
  })
})

test('a team is saved and read', async () => {
  const admin = createWorld().as('supervisor')
  expect((await admin.put('/v1/teams/billing', { name: 'Billing', offerFor: '45s' })).body).toEqual({
    id: 'billing',
    name: 'Billing',
    offerFor: '45s',
  })
  expect((await admin.get('/v1/teams/billing')).body).toMatchObject({ name: 'Billing' })
  expect((await admin.get('/v1/teams/none')).status).toBe(404)
})

test('business hours lie flat, as a flow writes them', async () => {
  const admin = createWorld().as('supervisor')
  const office = {
    name: 'Office',
    timezone: 'Europe/Berlin',
    week: { mon: [['09:00', '17:00']] },
    holidays: ['2026-12-25'],
  }
  expect((await admin.put('/v1/schedules/office', office)).body).toEqual({ id: 'office', ...office })
  expect((await admin.get('/v1/schedules')).body).toMatchObject({
    items: [{ id: 'office', timezone: 'Europe/Berlin' }],
  })
})

test('queues, metrics and dead letters are read', async () => {
  const world = createWorld()
  const caller = world.as('supervisor')
  expect((await caller.get('/v1/queues')).body).toMatchObject({
    items: [{ waiting: 2, longestWait: 90_000, eta: null }],
  })
  expect((await caller.get('/v1/metrics/handoffs')).body).toMatchObject({
    since: '2026-03-01T10:00:00.000Z',
    handoffs: 4,
    waits: { mean: world.clock.at - 86_400_000 },
  })
  expect((await caller.get('/v1/metrics/handoffs?since=2026-03-01T12:00:00%2B02:00')).body).toMatchObject({
    since: '2026-03-01T10:00:00.000Z',
  })
  expect((await caller.get('/v1/metrics/handoffs?since=yesterday')).status).toBe(422)
  expect((await caller.get('/v1/dead-letters')).body).toMatchObject({
    items: [{ type: 'http', at: '2026-03-02T10:00:00.000Z' }],
  })
})

test('Prometheus reads the same figures, with names escaped and times in seconds', async () => {
  const { headers, text } = await createWorld().as('supervisor').get('/metrics')
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text).toContain('baton_queue_waiting{team="billing \\"x\\""} 2\n')
  expect(text).toContain('baton_queue_longest_wait_seconds{team="billing \\"x\\""} 90\n')
  expect(text).not.toContain('baton_queue_eta_seconds{')
  expect(text).toContain('baton_conversations_open{phase="queued"} 2\n')
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="([^"\\]|\\.)*"(,\w+="([^"\\]|\\.)*")*\})? -?[\d.e+-]+)$/)
})

test('a server that stops or lost its database says that it is not ready, and still that it lives', async () => {
  const world = createWorld()
  expect((await world.anybody.get('/health/ready')).body).toEqual({ status: 'ready' })
  world.closing.abort()
  const answer = await world.anybody.get('/health/ready')
  expect(answer.status).toBe(503)
  expect((await world.anybody.get('/health/live')).status).toBe(200)
})
