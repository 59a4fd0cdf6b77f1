import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EffectOf } from '#engine/index.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const turn: EffectOf<'bot.turn'> = {
  id: 'c-1:4:0',
  type: 'bot.turn',
  bot: 'helper',
  node: 'talk',
  text: 'Where is my parcel?',
}

function botAnswers(answer: unknown, status = 200, headers: Record<string, string> = {}): void {
  world.outside.answer((_, response) =>
    response.writeHead(status, headers).end(typeof answer === 'string' ? answer : JSON.stringify(answer)),
  )
}
const told = (): readonly unknown[] => world.conversation.told

describe('a bot with a webhook', () => {
  test('is asked with all it needs, and can check that it was us', async () => {
    await world.run(turn)
    const [asked] = world.outside.received
    const body: unknown = JSON.parse(asked?.body ?? '')
    expect(body).toMatchObject({
      type: 'bot.turn',
      turn: turn.id,
      bot: 'helper',
      node: 'talk',
      text: 'Where is my parcel?',
      customer: { tier: 'gold' },
      variables: { orderNumber: '4711' },
      conversation: { id: 'c-1', flow: { id: 'support', version: 1 }, owner: 'bot' },
      transcript: [{ from: 'bot' }, { from: 'customer' }],
    })
    expect(body).not.toHaveProperty('handoff')
    const headers = Object.fromEntries(
      Object.entries(asked?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    )
    expect(() =>
      new Webhook(world.deps.bots.get('helper')?.secret ?? '').verify(asked?.body ?? '', headers),
    ).not.toThrow()
    expect(headers['webhook-id']).toBe(turn.id)
  })

  test('sees the last fifty lines of a long conversation, and after a handback what a person was handed', async () => {
    const { conversation } = world
    conversation.transcript = Array.from({ length: 80 }, (_, index) => ({
      seq: index + 1,
      at: index,
      from: 'customer',
      text: `line ${index + 1}`,
    }))
    conversation.snapshot = { ...conversation.snapshot, memory: { ...conversation.snapshot.memory, handoffs: 1 } }
    await world.run(turn)
    const body = JSON.parse(world.outside.received[0]?.body ?? '')
    expect(body.transcript.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 31),
    )
    expect(body.handoff).toHaveProperty('summary')
    expect(body.handoff).not.toHaveProperty('transcript')
  })

  test.each<[string, unknown, readonly unknown[]]>([
    [
      'messages',
      {
        messages: [
          { text: 'On its way.', nlu: { intent: 'parcel', confidence: 0.9 } },
          { text: 'More?', fallback: true, suggestedResolution: 'resend' },
        ],
      },
      [
        { type: 'bot.message', text: 'On its way.', nlu: { intent: 'parcel', confidence: 0.9 } },
        { type: 'bot.message', text: 'More?', fallback: true, suggestedResolution: 'resend' },
      ],
    ],
    ['an intent', { intent: 'billing' }, [{ type: 'bot.intent', intent: 'billing' }]],
    ['that it is done', { done: true }, [{ type: 'bot.done' }]],
    [
      'a last word and that it is done',
      { messages: [{ text: 'Bye.' }], done: true },
      [{ type: 'bot.message', text: 'Bye.' }, { type: 'bot.done' }],
    ],
    [
      'a wish for a person',
      { escalate: { reason: 'legal matter', summary: 'threatens to sue' } },
      [{ type: 'bot.escalate', reason: 'legal matter', summary: 'threatens to sue' }],
    ],
  ])('answers %s, and the conversation hears just that', async (_, answer, events) => {
    botAnswers(answer)
    await world.run(turn)
    expect(told()).toEqual(events)
  })

  test.each([202, 204])('may answer %i and speak later by the API', async (status) => {
    botAnswers('', status)
    await world.run(turn)
    expect(told()).toEqual([])
  })

  test.each<[string, unknown]>([
    ['not JSON', 'hello'],
    ['nothing', ''],
    ['an empty object', {}],
    ['no messages', { messages: [] }],
    ['an empty text', { messages: [{ text: '' }] }],
    ['an unknown key', { messages: [{ text: 'x' }], role: 'admin' }],
    ['an event of an agent', { type: 'agent.resolve', resolution: 'x' }],
    ['a list', [{ text: 'x' }]],
    ['two ends', { intent: 'a', done: true }],
    ['done: false', { done: false }],
    ['a reason that is missing', { escalate: {} }],
    ['a confidence of 7', { messages: [{ text: 'x', nlu: { confidence: 7 } }] }],
    ['eleven messages', { messages: Array.from({ length: 11 }, () => ({ text: 'x' })) }],
    ['a text of 10,001 letters', { messages: [{ text: 'x'.repeat(10_001) }] }],
    [
      'brackets, 100,000 deep',
      `{"messages":[{"text":"x","nlu":{"entities":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}]}`,
    ],
    ['more than 256 kB', { messages: [{ text: 'x' }], pad: 'x'.repeat(262_144) }],
  ])('1. that answers nonsense (%s) has failed, at once, and says nothing', async (_, answer) => {
    botAnswers(answer)
    await world.run(turn)
    expect(told()).toEqual([{ type: 'bot.failed' }])
    expect(world.outside.received).toHaveLength(1)
    expect(world.log.lines).toMatchObject([{ level: 'warn', fields: { bot: 'helper' } }])
  })

  test.each([400, 401, 403, 404, 409, 410, 422, 302])('2. that says no (%i) is not asked again', async (status) => {
    botAnswers('', status, { location: '/elsewhere' })
    await world.run(turn)
    expect(told()).toEqual([{ type: 'bot.failed' }])
    expect(world.outside.received).toHaveLength(1)
  })

  test('3. that stumbles is asked again, in its own time, with the same id and a fresh signature', async () => {
    world.outside.answer((_, response, nth) => {
      if (nth === 1) response.writeHead(429, { 'retry-after': '2' }).end()
      else if (nth === 2) response.writeHead(503).end()
      else response.end('{"messages":[{"text":"Here I am."}]}')
    })
    await world.run(turn)
    expect(told()).toEqual([{ type: 'bot.message', text: 'Here I am.' }])
    expect(world.pauses).toEqual([2_000, 1_000])
    expect(new Set(world.outside.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([turn.id]))
  })

  test('4. that is down three times has failed', async () => {
    world.outside.answer((_, response) => response.destroy())
    await world.run(turn)
    expect(told()).toEqual([{ type: 'bot.failed' }])
    expect(world.outside.received).toHaveLength(3)
  })
})

describe('a turn belongs to the owner it was given to', () => {
  test('5. an answer that comes after a person took over is dropped, and so is all that follows it', async () => {
    const { conversation } = world
    world.outside.answer((_, response) => {
      conversation.snapshot = { ...conversation.snapshot, epoch: conversation.snapshot.epoch + 1 }
      response.end('{"messages":[{"text":"Too late."},{"text":"Far too late."}]}')
    })
    await world.run(turn)
    expect(told()).toEqual([])
    expect(world.log.lines).toMatchObject([{ level: 'info', fields: { code: 'stale' } }])
  })

  test('6. a failure that comes after a person took over is dropped, too', async () => {
    const { conversation } = world
    world.outside.answer((_, response) => {
      conversation.snapshot = { ...conversation.snapshot, epoch: conversation.snapshot.epoch + 1 }
      response.writeHead(400).end()
    })
    await world.run(turn)
    expect(told()).toEqual([])
  })

  test.each([
    ['an answer', () => botAnswers({ messages: [{ text: 'Too late.' }], done: true })],
    ['a failure', () => botAnswers('', 400)],
  ])('%s that comes when another node waits already is not taken for that one’s', async (_, answers) => {
    answers()
    const { conversation } = world
    conversation.snapshot = { ...conversation.snapshot, state: 'bot.elsewhere' }
    await world.run(turn)
    expect(told()).toEqual([])
    expect(world.log.lines.at(-1)).toMatchObject({ level: 'info', fields: { code: 'stale' } })
  })

  test('an answer goes on where its own beginning has led', async () => {
    const { conversation } = world
    const { accept } = conversation.conversations
    conversation.conversations.accept = async (...given) => {
      const taken = await accept(...given)
      conversation.snapshot = { ...conversation.snapshot, state: 'escalation.help.clarify' }
      return taken
    }
    botAnswers({ messages: [{ text: 'Pardon?', fallback: true }], escalate: { reason: 'lost' } })
    await world.run(turn)
    expect(told()).toMatchObject([{ type: 'bot.message' }, { type: 'bot.escalate' }])
  })

  test('7. a turn whose owner has gone is not even asked', async () => {
    await world.run(turn, { epoch: world.conversation.snapshot.epoch - 1 })
    expect(world.outside.connections()).toBe(0)
  })

  test('8. a second run that is answered otherwise does not speak twice: the first answer stands', async () => {
    botAnswers({ messages: [{ text: 'One.' }] })
    await world.run(turn)
    botAnswers({ messages: [{ text: 'Something else.' }, { text: 'Two.' }] })
    await world.run(turn)
    expect(told()).toEqual([
      { type: 'bot.message', text: 'One.' },
      { type: 'bot.message', text: 'Two.' },
    ])
  })
})

describe('a bot without a webhook', () => {
  test('9. is one that calls the API by itself: no job', () => {
    expect(world.effects['bot.turn'].needs({ ...turn, bot: 'somebody' })).toBe('nothing')
    expect(world.effects['bot.turn'].needs(turn)).toBe('job')
  })

  test('one whose webhook was taken away since has failed, with the cure in the log', async () => {
    await world.deps.bots.remove('helper')
    await world.run(turn)
    expect(told()).toEqual([{ type: 'bot.failed' }])
    expect(world.log.lines).toMatchObject([{ fields: { error: expect.stringContaining('PUT /v1/bots/helper') } }])
  })

  test('one whose webhook was taken away has not failed for who is with a person by now', async () => {
    await world.deps.bots.remove('helper')
    await world.run(turn, { epoch: world.conversation.snapshot.epoch - 1 })
    expect(told()).toEqual([])
  })

  test('10. one inside the network, which the operator has not allowed, fails with the cure in the log', async () => {
    await world.deps.bots.put({ name: 'helper', url: 'http://127.0.0.9:4000/bot' })
    await world.run(turn)
    expect(told()).toEqual([{ type: 'bot.failed' }])
    expect(world.log.lines).toMatchObject([{ fields: { error: expect.stringContaining('OUTBOUND_ALLOW') } }])
  })
})
