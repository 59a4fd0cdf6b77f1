import { readFileSync, existsSync } from 'node:fs'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNetwork, messageId, postSigned, signature, type Network } from '#server/network/index.ts'
import { isSecret, newSecret } from '#server/network/webhook.ts'
import { openOutside, type Outside } from './outside.ts'

/** Figures of the Standard Webhooks libraries (libraries/javascript/src/webhook.test.ts at b2fa7b8, MIT). */
const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1614265330,
  payload: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const sharedVector = new URL('../../../../shared/data/standard_webhooks.json', import.meta.url)

test('1. a body is signed as the specification’s own vector says, with and without “whsec_”', () => {
  for (const secret of [vector.secret, vector.secret.slice('whsec_'.length)]) {
    expect(signature({ secret, id: vector.id, now: vector.timestamp * 1_000 + 999, body: vector.payload })).toEqual({
      'webhook-id': vector.id,
      'webhook-timestamp': String(vector.timestamp),
      'webhook-signature': vector.signature,
    })
  }
})

test.runIf(existsSync(sharedVector))('1b. the vector here is the one that was published', () => {
  expect(JSON.parse(readFileSync(sharedVector, 'utf8'))).toMatchObject(vector)
})

describe('a receiver that checks by the specification', () => {
  const secret = newSecret()
  const body = '{"type":"bot.turn"}'
  const signed = (now: number): Record<string, string> => signature({ secret, id: 'c-1:4:0', now, body })
  const accepts = (headers: Record<string, string>, text = body): boolean => {
    try {
      new Webhook(secret).verify(text, headers)
      return true
    } catch {
      return false
    }
  }

  test('2. takes what we signed now, also among other signatures', () => {
    const headers = signed(Date.now())
    expect(accepts(headers)).toBe(true)
    expect(
      accepts({
        ...headers,
        'webhook-signature': `v1,AAAA v2,${headers['webhook-signature']} ${headers['webhook-signature']}`,
      }),
    ).toBe(true)
  })

  test('3. refuses another body, another id, another time, an old or future one, and a missing part', () => {
    const headers = signed(Date.now())
    expect(accepts(headers, `${body} `)).toBe(false)
    expect(accepts({ ...headers, 'webhook-id': 'c-1:4:1' })).toBe(false)
    expect(accepts({ ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) })).toBe(false)
    expect(accepts(signed(Date.now() - 301_000))).toBe(false)
    expect(accepts(signed(Date.now() + 302_000))).toBe(false)
    expect(accepts({ ...headers, 'webhook-signature': 'v1,' })).toBe(false)
    for (const name of Object.keys(headers)) expect(accepts({ ...headers, [name]: '' })).toBe(false)
  })
})

test('4. no id can part the signed text differently or break out of its header, and two ids never become one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, two) => {
      expect(messageId(one)).toMatch(/^[A-Za-z0-9_:%-]*$/)
      expect(messageId(one) === messageId(two)).toBe(one === two)
    }),
  )
  expect(messageId('a.b:4:0')).toBe('a%2eb:4:0')
})

test('a secret is made fresh each time, and a weak or broken one is known', () => {
  expect(isSecret(newSecret())).toBe(true)
  expect(newSecret()).not.toBe(newSecret())
  for (const weak of [
    '',
    'whsec_',
    'whsec_c2hvcnQ=',
    'whsec_not base64!!',
    `whsec_${'A'.repeat(31)}`,
    `whsec_${'A'.repeat(400)}`,
  ])
    expect(isSecret(weak)).toBe(false)
})

describe('a signed post', () => {
  let outside: Outside
  let network: Network
  beforeEach(async () => {
    outside = await openOutside()
    network = createNetwork({ allow: new Set([`127.0.0.1:${outside.port}`]) })
  })
  afterEach(async () => {
    await network.close()
    await outside.close()
  })
  const post = (): Parameters<typeof postSigned>[1] => ({
    url: `${outside.origin}/hook`,
    secret: vector.secret,
    id: 'turn:1',
    body: '{"a":"ä"}',
    now: Date.now(),
    timeout: 5_000,
    maxBytes: 100,
  })

  test('arrives as JSON whose signature fits the bytes that came', async () => {
    expect(await postSigned(network, post())).toMatchObject({ status: 200, body: 'hello' })
    const [received] = outside.received
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'turn:1' })
    const headers = Object.fromEntries(
      Object.entries(received?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    )
    expect(new Webhook(vector.secret).verify(received?.body ?? '', headers)).toEqual({ a: 'ä' })
  })

  test('5. is not carried on by a redirect', async () => {
    outside.answer((_, response) => response.writeHead(307, { location: '/elsewhere' }).end())
    expect((await postSigned(network, post())).status).toBe(307)
    expect(outside.received).toHaveLength(1)
  })
})
