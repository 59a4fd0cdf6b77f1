/**
 * Which pages may call what, and that no page calls with rights it was not given. Laws:
 * 1. A page of an origin that is not listed is told nothing, by any route; a listed one is told, a page that may hold the
 *    widget what a customer's token opens.
 * 2. No right comes from a cookie: so no page can use somebody else's (CSRF), and no answer allows credentials.
 * 3. Every page of ours has a policy by which nothing runs but our own files, and no other page frames it.
 */
import { describe, expect, test } from 'vitest'
import { createWorld } from '../server/http/world.ts'

const LISTED = 'https://desk.example.com'
const SHOP = 'https://shop.example.com'
const STRANGERS = [
  'https://evil.example',
  'null',
  'https://desk.example.com.evil.example',
  'https://evil.example/desk.example.com',
  'http://desk.example.com',
  'https://desk.example.com:444',
  'https://DESK.example.com.',
  'https://xdesk.example.com',
  'https://desk-example.com',
  'file://',
  'chrome-extension://abc',
  ' https://desk.example.com ',
]
const world = createWorld({ corsOrigins: [LISTED] })
world.rules.origins.splice(0, 1, SHOP)
await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })

const routes = [
  ...new Map(
    world.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('/stream') && path !== '/*')
      .map(({ method, path }) => [
        `${method} ${path}`,
        { method, path: path.replaceAll(/:\w+(?:\{[^}]*\})?/g, 'chat-1') },
      ]),
  ).values(),
]
const isWidgets = (path: string): boolean => /^\/v1\/(?:widget|conversations)\//.test(path)

async function asked(origin: string, method: string, path: string, headers: Record<string, string> = {}) {
  const response = await world.app.request(path, { method, headers: { Origin: origin, ...headers } })
  await response.body?.cancel()
  return response.headers
}

describe('law 1: origins by routes', () => {
  test.each(STRANGERS)('%j is allowed nothing, neither asking nor calling', async (origin) => {
    for (const { method, path } of routes) {
      const before = await asked(origin.trim() === origin ? origin : 'https://evil.example', 'OPTIONS', path, {
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'authorization',
      })
      const called = await asked(origin.trim() === origin ? origin : 'https://evil.example', method, path)
      for (const headers of [before, called]) {
        // The widget's script may be loaded by every page; that is all that anybody may.
        const allowed = headers.get('access-control-allow-origin')
        expect([path, path === '/widget.js' ? null : allowed]).toEqual([path, null])
      }
    }
  })

  test('a listed origin is allowed everything, by its name and not by a star', async () => {
    for (const { method, path } of routes) {
      const headers = await asked(LISTED, 'OPTIONS', path, { 'Access-Control-Request-Method': method })
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, LISTED])
    }
  })

  test('a page that may hold the widget is allowed what the widget calls', async () => {
    for (const { method, path } of routes) {
      const headers = await asked(SHOP, 'OPTIONS', path, { 'Access-Control-Request-Method': method })
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, isWidgets(path) ? SHOP : null])
    }
  })

  test('answers that differ by origin say so to caches', async () => {
    for (const origin of [LISTED, SHOP, 'https://evil.example'])
      expect((await asked(origin, 'GET', '/v1/conversations/chat-1')).get('vary')).toMatch(/origin/i)
  })
})

describe('law 2: no right comes from a cookie', () => {
  const key = String(world.as('admin').authorization).replace('Bearer ', '')
  const jars = [`key=${key}`, `session=${key}`, `Authorization=Bearer ${key}`, `baton=${key}; token=${key}`]

  test('with a key in a cookie, whatever it is called, every route answers as without', async () => {
    for (const { method, path } of routes) {
      const bare = await world.app.request(path, { method })
      await bare.body?.cancel()
      for (const cookie of jars) {
        const answer = await world.app.request(path, { method, headers: { Cookie: cookie } })
        await answer.body?.cancel()
        expect([method, path, answer.status]).toEqual([method, path, bare.status])
      }
    }
  })

  test('no answer allows credentials, and none sets a cookie but the way to a provider', async () => {
    for (const { method, path } of routes)
      for (const origin of [LISTED, SHOP, 'https://evil.example']) {
        const headers = await asked(origin, method, path, { Authorization: `Bearer ${key}` })
        expect([path, headers.get('access-control-allow-credentials')]).toEqual([path, null])
        if (!path.startsWith('/v1/session/oidc')) expect([path, headers.get('set-cookie')]).toEqual([path, null])
      }
  })

  test('what a form of another page can send is no JSON, and changes nothing', async () => {
    const before = world.conversations.accepted.length
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
      const answer = await world.app.request('/v1/conversations/chat-1/events', {
        method: 'POST',
        headers: { 'Content-Type': type, Origin: 'https://evil.example', Authorization: `Bearer ${key}` },
        body: '{"type":"bot.done"}',
      })
      expect(answer.status).toBe(415)
    }
    expect(world.conversations.accepted).toHaveLength(before)
  })
})

describe('law 3: every page has a policy', () => {
  test.each(['/', '/docs', '/problems', '/problems/closed'])('%s', async (path) => {
    const { headers } = await world.app.request(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'/)
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/)
    expect(policy).toMatch(/base-uri 'none'/)
    expect(policy).toMatch(/frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  })

  test('an answer of the API is data for its caller alone', async () => {
    for (const path of ['/v1/conversations/chat-1', '/v1/flows', '/openapi.json', '/v1/nothing']) {
      const { headers } = await world.app.request(path, {
        headers: { Authorization: String(world.as('admin').authorization) },
      })
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin')
      expect(headers.get('cache-control'), path).toMatch(/no-store|no-cache/)
    }
  })
})
