import { expect, test } from 'vitest'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { at, createWorld } from './world.ts'

const started = async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  return world
}

test('a start answers 201 with where it stands, its address, its version and a token for the customer', async () => {
  const world = createWorld()
  const answer = await world.as('bot').post('/v1/conversations', { flow: 'support', customer: { name: 'Ada' } })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({
    conversation: { id: 'c1', flow: { id: 'support', version: 1 }, phase: 'bot', owner: 'bot', version: 1 },
    messages: [{ seq: 3, from: 'bot', text: 'Hello!', at: '2026-03-02T10:00:00.000Z' }],
    botMayReply: true,
  })
  expect(answer.headers.get('location')).toBe('/v1/conversations/c1')
  expect(answer.headers.get('etag')).toBe('"1"')
  const own = await world.with(String(at(answer.body, 'customerToken'))).get('/v1/conversations/c1')
  expect(own.status).toBe(200)
})

test('the Idempotency-Key of a start reaches the runtime with whose it is', async () => {
  const world = createWorld()
  const answer = await world
    .as('bot')
    .post('/v1/conversations', { flow: 'support' }, { headers: { 'Idempotency-Key': 'once' } })
  expect(answer.status).toBe(201)
  await world.as('bot').post('/v1/conversations', { flow: 'support' })
  expect(world.conversations.started.map(({ options }) => options)).toEqual([
    { idempotencyKey: 'once', caller: expect.stringMatching(/^key_/) },
    {},
  ])
})

test('an event advances the conversation and answers with its new version as ETag', async () => {
  const world = await started()
  const answer = await world.as('bot').post('/v1/conversations/chat-1/events', { type: 'customer.message', text: 'hi' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('etag')).toBe('"2"')
  expect(answer.body).toMatchObject({
    conversation: { version: 2 },
    messages: [{ from: 'bot', text: 'You said: hi' }],
    botMayReply: true,
  })
})

test.each(['"12"', 'W/"12"', '12'])(
  'If-Match %s reaches the runtime as the version the caller believes in',
  async (header) => {
    const world = await started()
    await world
      .as('bot')
      .post(
        '/v1/conversations/chat-1/events',
        { type: 'bot.done' },
        { headers: { 'If-Match': header, 'Idempotency-Key': 'once' } },
      )
    expect(world.conversations.accepted.at(-1)?.options).toEqual({ ifMatch: 12, idempotencyKey: 'once' })
  },
)

test('If-Match: * demands nothing of the version, and what is no version fits none: 412', async () => {
  const world = await started()
  const send = (header: string) =>
    world.as('bot').post('/v1/conversations/chat-1/events', { type: 'bot.done' }, { headers: { 'If-Match': header } })
  expect((await send('*')).status).toBe(200)
  expect((await send('"abc"')).status).toBe(412)
  expect(world.conversations.accepted).toHaveLength(1)
})

test('an Idempotency-Key has 1 to 255 characters, and is none of the server’s own', async () => {
  const world = await started()
  const send = (key: string) =>
    world
      .as('bot')
      .post('/v1/conversations/chat-1/events', { type: 'bot.done' }, { headers: { 'Idempotency-Key': key } })
  expect((await send('k'.repeat(255))).status).toBe(200)
  expect((await send('k'.repeat(256))).body).toMatchObject({
    status: 422,
    code: 'malformed',
    errors: [{ pointer: '/header/Idempotency-Key' }],
  })
  for (const own of [
    'chat-1:7:0:ready',
    'chat-1:7:0:done',
    'chat-1:7:0:due:2',
    'bot.turn:chat-1:7:0:3:say',
    'hook sms 9',
  ])
    expect((await send(own)).body).toMatchObject({ code: 'malformed', detail: /server’s own; send a random one/ })
  expect((await send('chat-1:7')).status).toBe(200)
})

test('an agent’s key speaks for that agent', async () => {
  const world = await started()
  await world.as('agent').post('/v1/conversations/chat-1/events', { type: 'agent.message', text: 'Hello, Anna here' })
  await world.as('supervisor').post('/v1/conversations/chat-1/events', { type: 'agent.message', text: 'and I' })
  expect(world.conversations.accepted.map(({ options }) => options?.by)).toEqual(['anna', undefined])
})

test('an agent’s key cannot accept or decline in another’s name', async () => {
  const world = await started()
  for (const type of ['agent.accept', 'agent.decline']) {
    const answer = await world.as('agent').post('/v1/conversations/chat-1/events', { type, agent: 'ben' })
    expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' })
  }
  expect(world.conversations.accepted).toEqual([])
  expect(
    (await world.as('agent').post('/v1/conversations/chat-1/events', { type: 'agent.accept', agent: 'anna' })).status,
  ).toBe(200)
  expect(
    (await world.as('supervisor').post('/v1/conversations/chat-1/events', { type: 'agent.accept', agent: 'ben' }))
      .status,
  ).toBe(200)
})

test.each(['timer', 'offer.made', 'offer.ended', 'effect.done', 'conversation.started', 'agent.gone'])(
  'the server’s own event %s is refused from outside, from an admin too',
  async (type) => {
    const world = await started()
    const answer = await world.as('admin').post('/v1/conversations/chat-1/events', { type, id: 'x', gen: 1 })
    expect(answer.body).toMatchObject({ status: 403, code: 'server-event' })
    expect(world.conversations.accepted).toEqual([])
  },
)

test.each([
  ['customer.mesage', 'There is no event “customer.mesage”; did you mean “customer.message”?'],
  ['quack', /^There is no event “quack”; there are (?:[a-z]+\.[a-z]+, ){15}survey\.answer\.$/],
  [7, 'The event has no type; set “type” to what happened, such as customer.message.'],
])('an event of the type %s is refused in one sentence with its cure', async (type, detail) => {
  const world = await started()
  const answer = await world.as('admin').post('/v1/conversations/chat-1/events', { type, text: 'x' })
  expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/type' }] })
  expect(at(answer.body, 'detail')).toEqual(typeof detail === 'string' ? detail : expect.stringMatching(detail))
})

test('every fault of an event is named with its pointer', async () => {
  const world = await started()
  const answer = await world.as('bot').post('/v1/conversations/chat-1/events', {
    type: 'customer.message',
    text: 7,
    nlu: { confidence: 2, mood: 1 },
    admin: true,
  })
  expect(answer.status).toBe(422)
  expect(at(answer.body, 'errors')).toEqual(
    expect.arrayContaining([
      { pointer: '/text', message: 'must be a string' },
      expect.objectContaining({ pointer: '/nlu/confidence' }),
      { pointer: '/nlu/mood', message: 'is not known here; remove it' },
      { pointer: '/admin', message: 'is not known here; remove it' },
    ]),
  )
})

test.each([
  ['not-found', 404],
  ['exists', 409],
  ['not-owner', 409],
  ['closed', 409],
  ['not-expected', 409],
  ['stale', 409],
  ['unpublished', 409],
  ['version-mismatch', 412],
  ['key-reused', 422],
  ['invalid', 422],
  ['unavailable', 503],
] as const)(
  'a refusal of the runtime, %s, becomes a problem with status %i that keeps its sentence',
  async (code, status) => {
    const world = await started()
    world.conversations.failWith(
      new RuntimeError(code, 'Because. Do this.', [{ pointer: '/text', message: 'is wrong' }]),
    )
    const answer = await world.as('bot').post('/v1/conversations/chat-1/events', { type: 'bot.done' })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body).toMatchObject({
      type: `/problems/${code}`,
      status,
      code,
      detail: 'Because. Do this.',
      errors: [{ pointer: '/text', message: 'is wrong' }],
    })
  },
)

test('a fault of ours is a 500 that tells nothing of its cause', async () => {
  const world = await started()
  world.conversations.failWith(new Error('connection to 10.0.0.7 with password hunter2 failed'))
  const answer = await world.as('bot').post('/v1/conversations/chat-1/events', { type: 'bot.done' })
  expect(answer.status).toBe(500)
  expect(answer.text).not.toContain('hunter2')
})

test('a conversation, its transcript, package, log and snapshot can be read', async () => {
  const world = await started()
  const staff = world.as('supervisor')
  expect((await staff.get('/v1/conversations/chat-1')).body).toMatchObject({ id: 'chat-1', state: 'bot.listen' })
  expect((await staff.get('/v1/conversations/chat-1/transcript')).body).toEqual({
    messages: [{ seq: 3, at: '2026-03-02T10:00:00.000Z', from: 'bot', text: 'Hello!' }],
  })
  expect((await staff.get('/v1/conversations/chat-1/handoff')).body).toMatchObject({
    summary: 'asks for help',
    transcript: [{ at: '2026-03-02T10:00:00.000Z' }],
    attempted: [{ what: 'rephrase', at: '2026-03-02T10:00:00.000Z' }],
  })
  expect((await staff.get('/v1/conversations/chat-1/snapshot?at=2')).body).toMatchObject({
    conversation: 'chat-1',
    seq: 2,
  })
})

test('the log pages by seq without a gap', async () => {
  const world = await started()
  const first = await world.as('admin').get('/v1/conversations/chat-1/log?limit=2')
  expect(first.body).toMatchObject({ items: [{ seq: 1 }, { seq: 2, at: '2026-03-02T10:00:00.000Z' }], next: '2' })
  const last = await world.as('admin').get(`/v1/conversations/chat-1/log?limit=2&after=${at(first.body, 'next')}`)
  expect(last.body).toMatchObject({ items: [{ seq: 3, kind: 'message' }], next: null })
})

test('conversations are listed by what the query names; a name it does not know is refused', async () => {
  const world = await started()
  expect((await world.as('agent').get('/v1/conversations?phase=bot&limit=10')).body).toMatchObject({
    items: [{ id: 'chat-1' }],
    next: null,
  })
  expect((await world.as('agent').get('/v1/conversations?phase=queued')).body).toMatchObject({ items: [] })
  expect((await world.as('agent').get('/v1/conversations?fase=bot')).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/query/fase' }],
  })
  expect((await world.as('agent').get('/v1/conversations?limit=0&phase=asleep')).body).toMatchObject({
    errors: [{ pointer: '/query/phase' }, { pointer: '/query/limit' }],
  })
})

test('a customer is shown its place in the queue but not who is asked to help, nor its priority', async () => {
  const world = await started()
  world.conversations.set('chat-1', {
    phase: 'queued',
    state: 'queued.billing',
    owner: 'queue',
    expects: ['customer.message', 'agent.accept'],
    queue: {
      team: 'billing',
      position: 2,
      eta: 60_000,
      within: 120_000,
      waitingSince: '2026-03-02T10:00:00.000Z',
      priority: 9,
      offeredTo: 'anna',
    },
  })
  const theirs = await world.customerOf('chat-1').get('/v1/conversations/chat-1')
  expect(at(theirs.body, 'queue')).toEqual({
    team: 'billing',
    position: 2,
    eta: 60_000,
    within: 120_000,
    waitingSince: '2026-03-02T10:00:00.000Z',
  })
  expect(at(theirs.body, 'expects')).toEqual(['customer.message'])
  const answer = await world
    .customerOf('chat-1')
    .post('/v1/conversations/chat-1/events', { type: 'customer.message', text: 'hi' })
  expect(answer.text).not.toContain('anna')
  expect(at((await world.as('agent').get('/v1/conversations/chat-1')).body, 'queue.offeredTo')).toBe('anna')
})
