import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { problems } from '#server/http/problem.ts'
import { advance, opened } from '#server/http/schemas/conversation.ts'
import { handoffFlow } from './handoff-flow.ts'
import { at, createWorld } from './world.ts'

test('every call of the contract is in the OpenAPI 3.1 document, with words, a right and its refusals', async () => {
  const { body } = await createWorld().anybody.get('/openapi.json')
  expect(at(body, 'openapi')).toBe('3.1.0')
  for (const call of [
    'post /v1/conversations',
    'get /v1/conversations',
    'get /v1/conversations/{id}',
    'post /v1/conversations/{id}/events',
    'get /v1/conversations/{id}/transcript',
    'get /v1/conversations/{id}/handoff',
    'get /v1/conversations/{id}/log',
    'get /v1/conversations/{id}/snapshot',
    'get /v1/conversations/{id}/stream',
    'get /v1/desk/stream',
    'get /v1/flows',
    'get /v1/flows/{id}',
    'put /v1/flows/{id}',
    'delete /v1/flows/{id}',
    'post /v1/flows/{id}/publish',
    'get /v1/flows/{id}/versions',
    'post /v1/flows/{id}/rollback',
    'post /v1/flows/check',
    'get /v1/flows/{id}/export',
    'get /v1/bots',
    'get /v1/bots/{name}',
    'put /v1/bots/{name}',
    'delete /v1/bots/{name}',
    'get /v1/agents/{id}',
    'put /v1/agents/{id}',
    'put /v1/agents/{id}/presence',
    'get /v1/teams/{id}',
    'put /v1/teams/{id}',
    'get /v1/schedules/{id}',
    'put /v1/schedules/{id}',
    'get /v1/queues',
    'get /v1/metrics/handoffs',
    'post /v1/keys',
    'get /v1/keys',
    'delete /v1/keys/{id}',
    'get /health/live',
    'get /health/ready',
  ]) {
    const [method = '', path = ''] = call.split(' ')
    const operation = (at(body, 'paths') as Record<string, Record<string, object>>)[path]?.[method]
    expect(operation, call).toMatchObject({ summary: expect.any(String), tags: [expect.any(String)] })
    if (path.startsWith('/v1'))
      expect(operation, call).toMatchObject({
        'x-right': expect.any(String),
        security: [{ key: [] }],
        responses: { 401: {}, 403: {}, 429: {} },
      })
  }
})

test('what a body may leave out is optional in the document, and only that', async () => {
  const { body } = await createWorld().anybody.get('/openapi.json')
  expect(at(body, 'components.schemas.Open.required')).toEqual(['flow'])
  expect(at(body, 'components.schemas.AgentProfile.required')).toEqual(['name'])
  expect(at(body, 'components.schemas.Event.oneOf')).toHaveLength(16)
})

test('answers are what the document says, strictly', async () => {
  const world = createWorld()
  const begun = await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  expect(opened.strict().safeParse(begun.body)).toMatchObject({ success: true })
  const advanced = await world
    .as('bot')
    .post('/v1/conversations/chat-1/events', { type: 'customer.message', text: 'hi' })
  expect(advance.strict().safeParse(advanced.body)).toMatchObject({ success: true })
})

test.each(['/', '/docs', '/problems', '/problems/not-owner'])(
  '%s is a page that loads nothing and runs nothing',
  async (path) => {
    const { headers, text } = await createWorld().anybody.get(path)
    expect(headers.get('content-type')).toBe('text/html; charset=UTF-8')
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? ''
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(text).not.toMatch(/<script|<img|<link|src=|style="|onclick/)
  },
)

test('the first page shows a whole handoff only where the flow that it runs on is published', async () => {
  const world = createWorld()
  const { text: before } = await world.anybody.get('/')
  expect(before).toContain('POST /v1/flows/{id}/publish')
  expect(before).not.toContain('agent.accept')
  await world.as('designer').put('/v1/flows/hello', { ...handoffFlow, id: 'hello' })
  expect((await world.anybody.get('/')).text).toBe(before)
  await world.as('designer').post('/v1/flows/hello/publish')
  const { text: after } = await world.anybody.get('/')
  expect(after).toContain('agents/sarah/presence')
  expect(after).toContain('agent.handback')
})

test('every problem has a page at its type', async () => {
  const world = createWorld()
  for (const [code, { cure }] of Object.entries(problems)) {
    const { text } = await world.anybody.get(`/problems/${code}`)
    expect(text).toContain(cure.slice(0, 20).replaceAll('"', '&quot;'))
  }
  expect((await world.anybody.get('/problems/none')).status).toBe(404)
})

test('a page shows what a document holds as text, never as markup', async () => {
  const { reference } = await import('#server/http/pages/reference.ts')
  const shown = String(
    await reference({
      info: { title: '<b>x</b>', version: '1', description: '`<i>`' },
      paths: { '/<u>': { get: { summary: '<s>', tags: ['<em>'], responses: {} } } },
    }),
  )
  expect(shown).not.toMatch(/<(b|i|u|s|em)>/)
})

test('pages of other origins may call only when they are listed', async () => {
  const closed = await createWorld()
    .as('admin')
    .get('/v1/flows', { headers: { Origin: 'https://shop.example' } })
  expect(closed.headers.get('access-control-allow-origin')).toBeNull()
  const world = createWorld({ corsOrigins: ['https://shop.example'] })
  const origin = (name: string) => ({ headers: { Origin: name } })
  expect(
    (await world.as('admin').get('/v1/flows', origin('https://shop.example'))).headers.get(
      'access-control-allow-origin',
    ),
  ).toBe('https://shop.example')
  expect(
    (await world.as('admin').get('/v1/flows', origin('https://evil.example'))).headers.get(
      'access-control-allow-origin',
    ),
  ).toBeNull()
  const asked = await world.anybody.send('OPTIONS', '/v1/conversations/chat-1/events', {
    headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' },
  })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
  const event = await world
    .customerOf('chat-1')
    .post('/v1/conversations/chat-1/events', { type: 'customer.message', text: 'x' }, origin('https://shop.example'))
  expect([event.status, event.headers.get('access-control-allow-origin')]).toEqual([404, 'https://shop.example'])
})

test('answers of the API are for nobody’s cache and are never taken for anything but what they are', async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  for (const answer of [
    await world.as('admin').get('/v1/flows'),
    await world.anybody.get('/v1/flows'),
    await world.anybody.get('/nowhere'),
    await world.as('bot').post('/v1/conversations/chat-1/events', { type: 'bot.done' }),
    await world.as('bot').post('/v1/conversations/chat-1/events', {}),
  ]) {
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  }
})
