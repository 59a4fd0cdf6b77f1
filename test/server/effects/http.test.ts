import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EffectOf } from '#engine/index.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

function call(more: Partial<EffectOf<'http'>> = {}): EffectOf<'http'> {
  const effect = {
    id: 'c-1:4:0',
    type: 'http',
    node: 'look',
    method: 'GET',
    url: `${world.outside.origin}/orders/4711`,
    headers: {},
    timeout: 5_000,
    retries: 2,
    ...more,
  } as const
  world.awaits(effect)
  return effect
}
const told = (): readonly unknown[] => world.conversation.told
function serviceAnswers(status: number, type: string, body: string): void {
  world.outside.answer((_, response) => response.writeHead(status, { 'content-type': type }).end(body))
}

test('what the service answers goes on in the flow: JSON as what it is, all else as text', async () => {
  serviceAnswers(200, 'application/json; charset=utf-8', '{"state":"sent","items":[1,2]}')
  await world.run(call())
  serviceAnswers(200, 'application/hal+json', '{"a":null}')
  await world.run(call({ id: 'c-1:5:0' }))
  serviceAnswers(200, 'text/plain', '{"a":1}')
  await world.run(call({ id: 'c-1:6:0' }))
  serviceAnswers(200, 'application/json', 'not json')
  await world.run(call({ id: 'c-1:7:0' }))
  serviceAnswers(204, 'application/json', '')
  await world.run(call({ id: 'c-1:8:0' }))
  expect(told()).toEqual([
    {
      type: 'effect.done',
      effect: 'c-1:4:0',
      ok: true,
      value: { status: 200, body: { state: 'sent', items: [1, 2] } },
    },
    { type: 'effect.done', effect: 'c-1:5:0', ok: true, value: { status: 200, body: { a: null } } },
    { type: 'effect.done', effect: 'c-1:6:0', ok: true, value: { status: 200, body: '{"a":1}' } },
    { type: 'effect.done', effect: 'c-1:7:0', ok: true, value: { status: 200, body: 'not json' } },
    { type: 'effect.done', effect: 'c-1:8:0', ok: true, value: { status: 204, body: '' } },
  ])
})

test('the call arrives as the flow wrote it, and a repeated one can be known by its key', async () => {
  await world.run(
    call({ method: 'POST', headers: { 'X-Shop': 'north', Accept: 'text/csv' }, body: '{"order":"4711"}' }),
  )
  await world.run(call({ id: 'c-1:5:0', method: 'POST', headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }))
  await world.run(call({ id: 'c-1:6:0', method: 'PUT', body: 'plain words' }))
  expect(world.outside.received).toMatchObject([
    {
      method: 'POST',
      path: '/orders/4711',
      body: '{"order":"4711"}',
      headers: {
        'x-shop': 'north',
        accept: 'text/csv',
        'content-type': 'application/json',
        'idempotency-key': 'c-1:4:0',
      },
    },
    { headers: { 'content-type': 'text/xml' } },
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  ])
})

test('a service that says no has failed at once, and the flow sees what it said', async () => {
  serviceAnswers(404, 'application/json', '{"error":"no such order"}')
  await world.run(call())
  expect(told()).toMatchObject([
    { ok: false, error: 'The service answered 404.', value: { status: 404, body: { error: 'no such order' } } },
  ])
  expect(world.outside.received).toHaveLength(1)
})

test('a service that stumbles is called again as often as the flow says, with the same key', async () => {
  world.outside.answer((_, response, nth) => (nth < 3 ? response.writeHead(503).end() : response.end('ok')))
  await world.run(call())
  expect(told()).toMatchObject([{ ok: true }])
  expect(new Set(world.outside.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(world.pauses).toEqual([500, 1_000])
})

test('a service that never stands up has failed after the last try', async () => {
  world.outside.answer((_, response) => response.writeHead(500).end('oops'))
  await world.run(call())
  expect(world.outside.received).toHaveLength(3)
  world.outside.answer((_, response) => response.destroy())
  await world.run(call({ id: 'c-1:5:0', retries: 0 }))
  expect(world.outside.received).toHaveLength(4)
  expect(told()).toMatchObject([
    { ok: false, value: { status: 500, body: 'oops' } },
    { ok: false, error: expect.stringContaining('No connection') },
  ])
})

test('a call to the inside, an endless answer and a hanging service have failed, each with its reason', async () => {
  await world.run(call({ url: 'http://169.254.169.254/latest/meta-data/' }))
  world.outside.answer((_, response) => response.end('x'.repeat(256 * 1024 + 1)))
  await world.run(call({ id: 'c-1:5:0' }))
  world.outside.answer(() => undefined)
  await world.run(call({ id: 'c-1:6:0', timeout: 20, retries: 1 }))
  expect(told()).toMatchObject([
    { ok: false, error: expect.stringContaining('inside this network') },
    { ok: false, error: expect.stringContaining('more than 262144 bytes') },
    { ok: false, error: expect.stringContaining('within 20 ms') },
  ])
})

test('JSON nested past sense is kept as text, so that nothing that walks it later can fall', async () => {
  serviceAnswers(200, 'application/json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  await world.run(call())
  expect(told()).toMatchObject([{ ok: true, value: { body: expect.stringMatching(/^\[+\]+$/) } }])
})

test('a redirect of a GET is followed, that of a POST is its answer', async () => {
  world.outside.answer((request, response) =>
    request.path === '/there' ? response.end('there') : response.writeHead(302, { location: '/there' }).end(),
  )
  await world.run(call())
  await world.run(call({ id: 'c-1:5:0', method: 'POST', body: 'x' }))
  expect(told()).toMatchObject([
    { ok: true, value: { body: 'there' } },
    { ok: false, value: { status: 302 } },
  ])
})
