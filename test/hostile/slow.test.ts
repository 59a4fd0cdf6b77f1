/** Who is slow, lies about lengths or does not read: it costs them their connection, and nobody else anything. */
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eventStream } from '#server/http/sse.ts'
import { LIMITS, listen, type Listening } from '#server/http/listen.ts'
import { createOpenStreams, MOST_STREAMS } from '#server/http/open-streams.ts'
import { pino } from 'pino'
import { createWorld } from '../server/http/world.ts'
import { rawCaller, type RawCaller } from './raw.ts'

const CROWD = process.env['BATON_LONG'] === undefined ? 200 : 2_000
const KILOBYTE = 'x'.repeat(1_000)
const world = createWorld()
const AUTHORIZATION = `Authorization: ${world.as('admin').authorization}`
const EVENTS = 'POST /v1/conversations/chat-1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json'
const log = pino({ level: 'silent' })

let served: Listening
/** How much was asked of a stream without an end, once the server has let go of it. */
let tellEnd = (_: number): void => undefined
const endlessEnded = new Promise<number>((resolve) => {
  tellEnd = resolve
})
beforeAll(async () => {
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  // As the real ones, a hundred times quicker.
  const quick = { headersTimeout: 400, requestTimeout: 1_200, connectionsCheckingInterval: 50, stalled: 300 }
  const answer = (request: Request): Response | Promise<Response> =>
    new URL(request.url).pathname === '/endless'
      ? eventStream(endless, { closing: world.closing.signal, log })
      : world.app.request(request.url, request)
  served = await listen(answer, '127.0.0.1', 0, { ...LIMITS, ...quick })
})
afterAll(async () => {
  world.closing.abort()
  await served.close()
})
// Beside whatever a test did, somebody honest is answered.
afterEach(async () => {
  expect((await fetch(`${served.url}/health/live`)).status).toBe(200)
})

async function* endless(signal: AbortSignal) {
  let pulled = 0
  try {
    for (; !signal.aborted; pulled++) yield { event: 'news', data: { text: KILOBYTE.repeat(64) } }
  } finally {
    tellEnd(pulled)
  }
}

/** Writes one byte after another until the other side hangs up. */
async function drip(caller: RawCaller, byte: string): Promise<void> {
  while (await caller.write(byte)) await turn()
}

describe('slow callers are cut', () => {
  test('whose head does not come to an end', async () => {
    const caller = await rawCaller(served.url)
    await caller.write('GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    const [heard] = await Promise.all([caller.heard(), drip(caller, 'a')])
    expect(heard).toMatch(/^HTTP\/1\.1 (408|431)/)
  })

  test('whose body comes a byte at a time', async () => {
    const before = world.conversations.accepted.length
    const caller = await rawCaller(served.url)
    await caller.write(`${EVENTS}\r\n${AUTHORIZATION}\r\nContent-Length: 900000\r\n\r\n{"type":"`)
    await Promise.all([caller.heard(), drip(caller, 'a')])
    expect(world.conversations.accepted).toHaveLength(before)
  })

  test('who announce more than they send, and wait', async () => {
    const caller = await rawCaller(served.url)
    await caller.write(`${EVENTS}\r\n${AUTHORIZATION}\r\nContent-Length: 100\r\n\r\n{}`)
    expect(await caller.heard()).not.toMatch(/ 2\d\d /)
  })

  test(`who connect and say nothing, ${CROWD} of them, while others are answered`, async () => {
    const crowd = await Promise.all(Array.from({ length: CROWD }, () => rawCaller(served.url)))
    expect((await fetch(`${served.url}/health/live`)).status).toBe(200)
    await Promise.all(crowd.map((each) => each.heard()))
  })

  test('who keep a connection and ask nothing more by it', async () => {
    const caller = await rawCaller(served.url)
    await caller.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGET /health/live HTTP/1.1\r\n')
    expect(await caller.heard()).toMatch(/^HTTP\/1\.1 200/)
  })

  test('who do not read a stream, after a bounded part of it', async () => {
    const caller = await rawCaller(served.url, false)
    await caller.write('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n')
    const pulled = await endlessEnded
    // The kernel’s buffers of both sides hold some megabytes; the server’s own none.
    expect(pulled * 64_000).toBeLessThan(16_000_000)
    caller.socket.resume()
    await caller.heard()
  })
})

describe('what is too much is not held', () => {
  test('a gigabyte in chunks is refused after its first megabyte, and no more of it is read than is on its way', async () => {
    const caller = await rawCaller(served.url)
    await caller.write(`${EVENTS}\r\n${AUTHORIZATION}\r\nTransfer-Encoding: chunked\r\n\r\n`)
    const chunk = `${(64_000).toString(16)}\r\n${' '.repeat(64_000)}\r\n`
    let sent = 0
    while (sent < 1_000_000_000 && (await caller.write(chunk))) sent += 64_000
    expect(await caller.heard()).toMatch(/^HTTP\/1\.1 413/)
    expect(sent).toBeLessThan(200_000_000)
  })

  test.each([
    ['more than is allowed', 'Content-Length: 1000000001', 413],
    ['a length that is no number', 'Content-Length: 1e3', 400],
    ['a length below nothing', 'Content-Length: -1', 400],
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6', 400],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked', 400],
    ['chunks in a disguise', 'Transfer-Encoding: xchunked', 400],
    ['a header over two lines', 'X-Fold: a\r\n b', 400],
    ['a header without a colon', 'X-Bad', 400],
    ['a name with a blank', 'Content-Length : 5', 400],
    ['a bare line feed in a header', 'X: a\nTransfer-Encoding: chunked', 400],
    ['the character NUL in a header', 'X: a\0b', 400],
    ['no end of headers', `X: ${'x'.repeat(20_000)}`, 431],
    ['thousands of headers', Array.from({ length: 3_000 }, (_, index) => `X-${index}: y`).join('\r\n'), 431],
  ])('%s is refused by its head', async (_, head, status) => {
    const before = world.conversations.accepted.length
    const caller = await rawCaller(served.url)
    await caller.write(`${EVENTS}\r\n${AUTHORIZATION}\r\n${head}\r\n\r\n{"type":"bot.done"}`)
    const heard = await caller.hears(/"detail"/)
    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`))
    expect(heard).toContain('application/problem+json')
    caller.hangUp()
    expect(world.conversations.accepted).toHaveLength(before)
  })

  test('chunks whose sizes lie are refused, and nothing behind them is taken for a request', async () => {
    const before = world.conversations.accepted.length
    for (const body of [
      '5\r\n{}\r\n0\r\n\r\n',
      'FFFFFFFFFFFFFFFFF\r\n{}',
      '-1\r\n{}',
      '2;a\nb\r\n{}\r\n0\r\n\r\n',
      'zz\r\n{}',
    ]) {
      const caller = await rawCaller(served.url)
      const hidden = `${EVENTS}\r\n${AUTHORIZATION}\r\nContent-Length: 19\r\n\r\n{"type":"bot.done"}`
      await caller.write(`${EVENTS}\r\n${AUTHORIZATION}\r\nTransfer-Encoding: chunked\r\n\r\n${body}${hidden}`)
      expect(await caller.heard()).not.toMatch(/ 2\d\d /)
    }
    expect(world.conversations.accepted).toHaveLength(before)
  })

  test('who asks and closes its own side is answered', async () => {
    const caller = await rawCaller(served.url)
    caller.socket.end('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(await caller.heard()).toMatch(/^HTTP\/1\.1 200/)
  })

  test(`${CROWD} requests sent together are answered one after another`, async () => {
    const caller = await rawCaller(served.url)
    const asked = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n'
    await caller.write(`${asked.repeat(CROWD)}GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect((await caller.heard()).match(/HTTP\/1\.1 200/g)).toHaveLength(CROWD + 1)
  })
})

describe('streams have an end', () => {
  test('a customer holds 20 at once, and a closed one makes room', async () => {
    const customer = world.customerOf('chat-1')
    const follow = () =>
      world.app.request('/v1/conversations/chat-1/stream', {
        headers: { Authorization: String(customer.authorization) },
      })
    const held = await Promise.all(Array.from({ length: MOST_STREAMS.customer }, follow))
    expect(held.map(({ status }) => status)).toEqual(held.map(() => 200))
    const refused = await follow()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    await held[0]?.body?.cancel()
    const again = await follow()
    expect(again.status).toBe(200)
    await Promise.all([again, ...held.slice(1)].map(({ body }) => body?.cancel()))
  })

  test('who asks for the head only holds none', async () => {
    const path = '/v1/conversations/chat-1/stream'
    const headers = { Authorization: String(world.customerOf('chat-1').authorization) }
    for (let asked = 0; asked < MOST_STREAMS.customer; asked++)
      expect((await world.app.request(path, { method: 'HEAD', headers })).status).toBe(200)
    const followed = await world.app.request(path, { headers })
    expect(followed.status).toBe(200)
    await followed.body?.cancel()
  })

  test('all together hold no more than the server can bear; who leaves twice is one who left', () => {
    const open = createOpenStreams({ customer: 2, customers: 9, key: 3, all: 4 })
    const leave = [1, 2, 3].map(() => open.enter({ role: 'agent', key: 'a', agent: 'anna' }))
    expect(() => open.enter({ role: 'agent', key: 'a', agent: 'anna' })).toThrow(/3 streams/)
    open.enter({ role: 'customer', conversation: 'c' })
    expect(() => open.enter({ role: 'customer', conversation: 'd' })).toThrow(/4 streams/)
    leave[0]?.()
    leave[0]?.()
    open.enter({ role: 'customer', conversation: 'd' })
    expect(() => open.enter({ role: 'customer', conversation: 'e' })).toThrow(/4 streams/)
  })

  test('customers together leave room for who works here', () => {
    const open = createOpenStreams({ customer: 2, customers: 3, key: 3, all: 4 })
    const [leave] = ['c', 'd', 'e'].map((conversation) => open.enter({ role: 'customer', conversation }))
    expect(() => open.enter({ role: 'customer', conversation: 'f' })).toThrow(/3 streams/)
    open.enter({ role: 'agent', key: 'a', agent: 'anna' })
    leave?.()
    open.enter({ role: 'customer', conversation: 'f' })
  })
})
