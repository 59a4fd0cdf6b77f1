import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { eventStream, type ServerSentEvent } from '#server/http/sse.ts'
import { createWorld } from './world.ts'

const log = pino({ level: 'silent' })

type World = ReturnType<typeof createWorld>
interface Seen {
  readonly id: string | undefined
  readonly event: string
  readonly data: unknown
}

/** Opens a stream; `next` waits for its next event, comments left out, and what is told beside the log and the queues. */
async function follow(
  world: World,
  path: string,
  authorization: string | undefined,
  headers: Record<string, string> = {},
) {
  const gone = new AbortController()
  const response = await world.app.request(path, {
    headers: { Authorization: String(authorization), ...headers },
    signal: gone.signal,
  })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  const read = parts(reader)
  const aside = ['view', 'agents']
  return {
    async next(skipped: readonly string[] = aside): Promise<Seen | undefined> {
      for (;;) {
        const part = await read()
        if (part === undefined) return undefined
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
        const event = field('event')
        if (event !== undefined && !skipped.includes(event))
          return { id: field('id'), event, data: JSON.parse(field('data') ?? 'null') }
      }
    },
    close: () => reader.cancel(),
  }
}

function parts(reader: ReadableStreamDefaultReader<Uint8Array>): () => Promise<string | undefined> {
  let text = ''
  return async () => {
    while (!text.includes('\n\n')) {
      const { done, value } = await reader.read()
      if (done) return undefined
      text += new TextDecoder().decode(value)
    }
    const end = text.indexOf('\n\n')
    const part = text.slice(0, end)
    text = text.slice(end + 2)
    return part
  }
}

const started = async () => {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  return world
}

test('staff follow a conversation from its beginning, and see what comes as it comes', async () => {
  const world = await started()
  const stream = await follow(world, '/v1/conversations/chat-1/stream', world.as('agent').authorization)
  expect(
    [await stream.next(), await stream.next(), await stream.next()].map((seen) => [seen?.id, seen?.event]),
  ).toEqual([
    ['1', 'event'],
    ['2', 'note'],
    ['3', 'message'],
  ])
  const coming = stream.next()
  await world.as('agent').post('/v1/conversations/chat-1/events', { type: 'agent.note', text: 'is upset' })
  expect(await coming).toMatchObject({ id: '4', event: 'event', data: { seq: 4, at: '2026-03-02T10:00:00.000Z' } })
  expect(await stream.next()).toMatchObject({ id: '5', event: 'note', data: { text: 'is upset' } })
  await stream.close()
})

test('Last-Event-ID resumes right after the last event, and wins over ?after=', async () => {
  const world = await started()
  const stream = await follow(world, '/v1/conversations/chat-1/stream?after=0', world.as('bot').authorization, {
    'Last-Event-ID': '2',
  })
  expect(await stream.next()).toMatchObject({ id: '3' })
  await stream.close()
  const refused = await world.as('bot').get('/v1/conversations/chat-1/stream', { headers: { 'Last-Event-ID': 'abc' } })
  expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/header/Last-Event-ID' }] })
})

test('a customer follows what is said, never notes, reports, reasons or effects', async () => {
  const world = await started()
  const customer = world.customerOf('chat-1')
  const stream = await follow(world, '/v1/conversations/chat-1/stream', customer.authorization)
  await world.as('agent').post('/v1/conversations/chat-1/events', { type: 'agent.note', text: 'is upset' })
  await customer.post('/v1/conversations/chat-1/events', {
    type: 'customer.message',
    text: 'hi',
    nlu: { sentiment: -0.9 },
  })
  const seen = [await stream.next(), await stream.next(), await stream.next()]
  expect(seen.map((each) => each?.event)).toEqual(['message', 'message', 'message'])
  expect(JSON.stringify(seen)).not.toMatch(/upset|sentiment|effect/)
  await stream.close()
})

test('a stream of a conversation that does not exist is 404, not an empty stream', async () => {
  expect((await createWorld().as('admin').get('/v1/conversations/none/stream')).status).toBe(404)
})

test('who follows a conversation that is erased is told so at last; who follows until the server goes is not', async () => {
  const world = await started()
  let erase = (): void => {}
  const erased = new Promise<void>((resolve) => (erase = resolve))
  const path = '/v1/conversations/chat-1/stream?after=3'
  const cut = await follow(world, path, world.customerOf('chat-1').authorization)
  world.conversations.port.watch = async function* () {
    await erased
    yield* []
  }
  const stream = await follow(world, path, world.customerOf('chat-1').authorization)
  erase()
  expect(await stream.next()).toEqual({ id: undefined, event: 'gone', data: { because: 'forgotten' } })
  expect(await stream.next()).toBeUndefined()
  world.closing.abort()
  expect(await cut.next()).toBeUndefined()
})

test('a stream whose client goes leaves nothing behind', async () => {
  const world = await started()
  for (const path of ['/v1/conversations/chat-1/stream?after=3', '/v1/desk/stream']) {
    const stream = await follow(world, path, world.as('supervisor').authorization)
    const coming = stream.next()
    await expect.poll(() => world.conversations.following()).toBe(1)
    await stream.close()
    await coming
    await expect.poll(() => world.conversations.following()).toBe(0)
  }
})

test('streams end when the server does', async () => {
  const world = await started()
  for (const path of ['/v1/conversations/chat-1/stream', '/v1/desk/stream']) {
    const stream = await follow(world, path, world.as('supervisor').authorization)
    const end = (async () => {
      while (await stream.next());
    })()
    world.closing.abort()
    await end
  }
  await expect.poll(() => world.conversations.following()).toBe(0)
})

test('an agent’s desk shows its own, those offered to it and those of its teams, and takes them back', async () => {
  const world = await started()
  await world.as('admin').put('/v1/agents/anna', { name: 'Anna', teams: ['billing'] })
  const stream = await follow(world, '/v1/desk/stream', world.as('agent').authorization)
  expect([await stream.next(), await stream.next()].map((seen) => seen?.event)).toEqual(['queues', 'ready'])
  const queue = (team: string) => ({
    team,
    position: 1,
    eta: null,
    within: null,
    waitingSince: '2026-03-02T10:00:00.000Z',
    priority: 0,
  })
  const news = async () => {
    for (;;) {
      const seen = await stream.next()
      if (seen?.event !== 'queues') return seen
    }
  }
  world.conversations.set('chat-1', { phase: 'queued', owner: 'queue', queue: queue('billing') })
  expect(await news()).toMatchObject({ event: 'conversation', data: { id: 'chat-1', phase: 'queued' } })
  world.conversations.set('chat-1', { queue: queue('sales') })
  expect(await news()).toMatchObject({ event: 'gone', data: { id: 'chat-1' } })
  world.conversations.set('chat-1', { queue: { ...queue('sales'), offeredTo: 'anna' } })
  expect(await news()).toMatchObject({ event: 'conversation', data: { queue: { offeredTo: 'anna' } } })
  world.conversations.set('chat-1', { phase: 'agentActive', owner: 'agent:anna' })
  expect(await news()).toMatchObject({ event: 'conversation', data: { owner: 'agent:anna' } })
  world.conversations.set('chat-1', { phase: 'bot', owner: 'bot' })
  expect(await news()).toMatchObject({ event: 'gone' })
  await stream.close()
})

test('a supervisor’s desk shows at first all that wait or are with people', async () => {
  const world = await started()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-2' })
  world.conversations.set('chat-2', { phase: 'agentActive', owner: 'agent:ben' })
  const stream = await follow(world, '/v1/desk/stream', world.as('supervisor').authorization)
  const seen = [await stream.next(), await stream.next(), await stream.next()]
  expect(seen.map((each) => each?.event)).toEqual(['queues', 'conversation', 'ready'])
  expect(seen[1]).toMatchObject({ data: { id: 'chat-2' } })
  await stream.close()
})

test('nothing is read ahead of a slow client, and a resting source is kept alive by comments', async () => {
  let read = 0
  async function* endless(): AsyncIterable<ServerSentEvent> {
    for (;;) yield { event: 'tick', data: { at: ++read } }
  }
  const slow = eventStream(endless, { closing: new AbortController().signal, log })
  const reader = (slow.body ?? new ReadableStream<Uint8Array>()).getReader()
  for (let taken = 0; taken < 5; taken++) await reader.read()
  expect(read).toBeLessThanOrEqual(6)
  await reader.cancel()

  const resting = eventStream(
    async function* (signal) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    },
    { closing: new AbortController().signal, log, heartbeat: 1 },
  )
  const quiet = (resting.body ?? new ReadableStream<Uint8Array>()).getReader()
  await quiet.read()
  expect(new TextDecoder().decode((await quiet.read()).value)).toBe(': still here\n\n')
  await quiet.cancel()
})

test('a source that rests is waited for once, however often its client is looked at meanwhile', async () => {
  const next = new Promise<never>(() => undefined)
  const waits = vi.spyOn(next, 'then')
  const resting = eventStream(() => ({ [Symbol.asyncIterator]: () => ({ next: () => next }) }), {
    closing: new AbortController().signal,
    log,
    heartbeat: 2,
    recheck: 1,
    stillAdmitted: async () => true,
  })
  const reader = (resting.body ?? new ReadableStream<Uint8Array>()).getReader()
  for (let heard = 0; heard < 20; heard++) await reader.read()
  expect(waits).toHaveBeenCalledTimes(1)
  await reader.cancel()
})

test('a source that fails ends its stream in order, so that the client comes back', async () => {
  const world = await started()
  const stream = await follow(world, '/v1/conversations/chat-1/stream?after=3', world.as('agent').authorization)
  const coming = stream.next()
  await expect.poll(() => world.conversations.following()).toBe(1)
  world.conversations.failWith(new Error('the database is gone'))
  world.conversations.wake()
  expect(await coming).toBeUndefined()
})

test('a stream begins with where the conversation stands, and says so again when that changes, not with every event', async () => {
  const world = await started()
  const all = ['message', 'event', 'note', 'effect']
  const stream = await follow(world, '/v1/conversations/chat-1/stream?after=3', world.as('agent').authorization)
  expect(await stream.next(all)).toMatchObject({ id: undefined, event: 'view', data: { owner: 'bot', version: 1 } })
  const coming = stream.next(all)
  await world.customerOf('chat-1').post('/v1/conversations/chat-1/events', { type: 'customer.message', text: 'hi' })
  world.conversations.set('chat-1', { phase: 'agentActive', state: 'agentActive.person', owner: 'agent:anna' })
  expect(await coming).toMatchObject({ id: undefined, event: 'view', data: { owner: 'agent:anna' } })
  await stream.close()
})

test('who types is told without an id and without the conversation; a customer is not told of itself', async () => {
  const world = await started()
  const agent = await follow(world, '/v1/conversations/chat-1/stream?after=3', world.as('agent').authorization)
  const customer = await follow(
    world,
    '/v1/conversations/chat-1/stream?after=3',
    world.customerOf('chat-1').authorization,
  )
  const [seen, felt] = [agent.next(), customer.next()]
  await expect.poll(() => world.conversations.following()).toBe(2)
  const path = '/v1/conversations/chat-1/typing'
  expect((await world.customerOf('chat-1').post(path, { typing: true })).status).toBe(204)
  expect(await seen).toEqual({ id: undefined, event: 'typing', data: { from: 'customer', typing: true } })
  expect((await world.as('agent').post(path, { typing: true })).status).toBe(204)
  expect(await felt).toEqual({
    id: undefined,
    event: 'typing',
    data: { from: 'agent', agent: { id: 'anna', name: 'anna' }, typing: true },
  })
  for (const stream of [agent, customer]) await stream.close()
})

test('a bot follows what is said and done, not what people write to each other', async () => {
  const world = await started()
  const bot = await follow(world, '/v1/conversations/chat-1/stream?after=3', world.as('bot').authorization)
  await world.as('agent').post('/v1/conversations/chat-1/events', { type: 'agent.note', text: 'is upset' })
  await world.customerOf('chat-1').post('/v1/conversations/chat-1/events', { type: 'customer.message', text: 'hi' })
  expect(await bot.next()).toMatchObject({ event: 'event', data: { event: { type: 'customer.message' } } })
  await bot.close()
})
