import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultOf } from '#server/http/json-body.ts'
import { createWorld } from './world.ts'

const world = createWorld()
const bot = world.as('bot')
await bot.post('/v1/conversations', { flow: 'support', id: 'chat-1' })
const EVENTS = '/v1/conversations/chat-1/events'
const JSON_TYPE = { 'Content-Type': 'application/json' }

test('half of a character in a body is read as the sign for one, not refused', async () => {
  const raw = '{"type":"customer.message","text":"cut \\ud83d","nlu":{"entities":{"\\udead":"\\ud83d\\ude00"}}}'
  expect((await bot.send('POST', EVENTS, { raw, headers: JSON_TYPE })).status).toBe(200)
  expect(JSON.stringify(world.conversations.accepted.at(-1))).toContain('cut \ufffd')
  const begun = await bot.send('POST', '/v1/conversations', {
    raw: '{"flow":"support","id":"half","customer":{"name":"\\ud800"}}',
    headers: JSON_TYPE,
  })
  expect(begun.status).toBe(201)
})

describe('bad input is refused with its cure and changes nothing', () => {
  test.each([
    ['malformed JSON', { raw: '{"type": ', headers: JSON_TYPE }, 422],
    ['an empty body', { raw: '', headers: JSON_TYPE }, 422],
    ['no body at all', {}, 422],
    ['a list', { body: [] }, 422],
    ['null', { body: null }, 422],
    [
      'a body of another type',
      { raw: 'type=bot.done', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    ['a body without a type', { raw: new TextEncoder().encode('{"type":"bot.done"}') }, 415],
    ['a body past 1 MB', { body: { type: 'customer.message', text: 'x'.repeat(1_000_001) } }, 413],
    ['a text past its limit', { body: { type: 'customer.message', text: 'x'.repeat(10_001) } }, 422],
    [
      'an entity past its limit',
      { body: { type: 'customer.message', text: 'x', nlu: { entities: { order: 'x'.repeat(2_000) } } } },
      422,
    ],
    [
      'nesting past all sense',
      {
        raw: `{"type":"bot.message","text":"x","nlu":{"entities":{"a":${'['.repeat(99_999)}${']'.repeat(99_999)}}}}`,
        headers: JSON_TYPE,
      },
      422,
    ],
    [
      'a reserved key',
      {
        raw: '{"type":"customer.message","text":"x","nlu":{"entities":{"__proto__":{"admin":true}}}}',
        headers: JSON_TYPE,
      },
      422,
    ],
    [
      'a reserved key in disguise',
      {
        raw: '{"type":"customer.message","text":"x","nlu":{"entities":{"\\u005f_proto__" \n\t :{"admin":true}}}}',
        headers: JSON_TYPE,
      },
      422,
    ],
    [
      'a length that cannot be compared',
      { raw: '{"type":"customer.message","text":{"length":{"toString":1}}}', headers: JSON_TYPE },
      422,
    ],
    [
      'a text that is no UTF-8',
      {
        raw: Uint8Array.from([...Buffer.from('{"type":"customer.message","text":"a'), 0xff, ...Buffer.from('"}')]),
        headers: JSON_TYPE,
      },
      400,
    ],
    ['the character NUL', { body: { type: 'customer.message', text: 'a\u0000b' } }, 422],
  ])('%s', async (_, sent, status) => {
    const before = world.conversations.accepted.length
    const answer = await bot.send('POST', EVENTS, sent)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({
      status,
      title: expect.any(String),
      detail: expect.stringMatching(/\w+.*\./),
      errors: expect.any(Array),
    })
    expect(world.conversations.accepted).toHaveLength(before)
  })

  test('a conversation does not begin with more than is written with each of its events', async () => {
    const variables = { known: 'x'.repeat(100_000) }
    const given = { flow: 'support', variables }
    const refused = [
      await bot.post('/v1/conversations', given),
      await world.header(undefined).post('/v1/widget/conversations', given),
      await bot.post('/v1/conversations', { flow: 'support', customer: variables }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422])
    expect(refused[0]?.body).toMatchObject({ errors: [{ pointer: expect.stringContaining('variables') }] })
  })

  test('a body whose length is not announced is counted while it comes', async () => {
    const chunk = new TextEncoder().encode(' '.repeat(100_000))
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += chunk.length
        controller.enqueue(chunk)
      },
    })
    const response = await world.app.request(EVENTS, {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { ...JSON_TYPE, 'Transfer-Encoding': 'chunked', Authorization: String(bot.authorization) },
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(sent).toBeLessThan(1_500_000)
  })

  test('what is no UTF-8 is refused wherever a body is taken; what is, is taken as it is', async () => {
    const admin = world.as('admin')
    const put = (...bytes: readonly number[]) =>
      admin.send('PUT', '/v1/teams/bees', { raw: Uint8Array.from(bytes), headers: JSON_TYPE })
    const refused = await put(...Buffer.from('{"name":"Bee'), 0xc3, 0x28, ...Buffer.from('"}'))
    expect(refused.body).toMatchObject({ status: 400, code: 'not-utf-8', detail: expect.stringMatching(/UTF-8/) })
    expect(world.who.entries).toEqual([])
    const taken = await put(0xef, 0xbb, 0xbf, ...Buffer.from('{"name":"Bêe \ufffd"}'))
    expect(taken.body).toMatchObject({ name: 'Bêe \ufffd' })
  })

  test('malformed JSON is told where it breaks', async () => {
    const answer = await bot.send('POST', EVENTS, { raw: '{"type": nonsense}', headers: JSON_TYPE })
    expect(answer.body).toMatchObject({ errors: [{ pointer: '', message: expect.stringMatching(/JSON/) }] })
  })

  test('words that look reserved may be said', async () => {
    for (const text of ['__proto__', '"__proto__": {}', 'C:\\\\u0000', '{"a":[[[', 'constructor']) {
      expect((await bot.post(EVENTS, { type: 'customer.message', text })).status).toBe(200)
    }
  })
})

test('an unknown address is 404, a wrong method 405 with those it takes', async () => {
  expect((await bot.get('/v1/nothing')).body).toMatchObject({ status: 404, code: 'no-route' })
  const answer = await bot.delete('/v1/conversations/chat-1')
  expect(answer.body).toMatchObject({ status: 405, code: 'method-not-allowed' })
  expect(answer.headers.get('allow')).toBe('GET, HEAD')
  expect((await bot.send('PATCH', EVENTS)).headers.get('allow')).toBe('POST')
})

test('ids that no store could hold are refused, never a fault of ours', async () => {
  for (const id of ['%00', 'a%00b', 'x'.repeat(300), '%F0%28', '..%2f..%2fetc', '%0a', '__proto__', 'constructor']) {
    for (const path of ['', '/transcript', '/log', '/snapshot', '/handoff']) {
      expect([404, 422]).toContain((await world.as('admin').get(`/v1/conversations/${id}${path}`)).status)
    }
    expect([404, 422]).toContain((await world.as('admin').get(`/v1/flows/${id}`)).status)
    expect([404, 422]).toContain((await world.as('admin').get(`/v1/agents/${id}`)).status)
  }
})

test('law 1: no body of JSON whatever makes the server fail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.json({ maxDepth: 6 }),
      fc.constantFrom(EVENTS, '/v1/conversations', '/v1/keys', '/v1/flows/check'),
      async (raw, path) => {
        const answer = await world.as('admin').send('POST', path, { raw, headers: JSON_TYPE })
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
      },
    ),
    { numRuns: 200 },
  )
})

test('law 2: no event built from known words makes the server fail', async () => {
  const word = fc.constantFrom(
    'type',
    'text',
    'nlu',
    'agent',
    'team',
    'note',
    'score',
    'choice',
    'customer.message',
    'agent.transfer',
    'survey.answer',
    'bot.escalate',
  )
  const value = fc.oneof(word, fc.integer(), fc.constant(null), fc.dictionary(word, fc.oneof(word, fc.double())))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('customer.message', 'agent.transfer', 'survey.answer', 'agent.accept', 'bot.escalate'),
      fc.dictionary(word, value),
      async (type, rest) => {
        expect((await world.as('admin').post(EVENTS, { ...rest, type })).status).toBeLessThan(500)
      },
    ),
    { numRuns: 300 },
  )
})

test('law 3: whatever JSON.parse takes is let through, but for depth, reserved keys and NUL', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const reserved = hasReservedKey(JSON.parse(text))
      expect(faultOf(text) !== undefined).toBe(reserved || text.includes('\\u0000'))
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['[', ']'],
  ['{"a":', '}'],
])('law 4: 64 levels of %s are taken, 65 are not', (open, close) => {
  const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`
  expect([faultOf(nested(64)), faultOf(nested(65))]).toEqual([
    undefined,
    expect.stringContaining('nested deeper than 64'),
  ])
})

function hasReservedKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return ['__proto__', 'toString'].some((key) => Object.hasOwn(value, key)) || Object.values(value).some(hasReservedKey)
}
