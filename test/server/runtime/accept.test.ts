import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeOfState, type Json } from '#engine/index.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { agent, runtimeOn, type HandClock, handClock } from './running.ts'
import { supportFlow } from './support-flow.ts'

const database = testDatabase()
let clock: HandClock
let runtime: RunningRuntime
let other: RunningRuntime

beforeAll(async () => {
  clock = handClock()
  runtime = await runtimeOn(database.url, { clock })
  other = await runtimeOn(database.url, { clock })
  await runtime.desk.putAgent(agent('ada', { capacity: 1_000 }))
})
afterAll(() => Promise.all([runtime.close(), other.close()]))

const says = (text: string) => ({ type: 'customer.message', text }) as const
const start = (id: string, node = runtime) => node.conversations.start({ flow: 'support', id })

describe('Starting a conversation', () => {
  test('answers with the first messages, at version 1', async () => {
    const { conversation, messages } = await start('start-1')
    expect(conversation).toMatchObject({ id: 'start-1', phase: 'bot', state: 'bot.bot', version: 1, owner: 'bot' })
    expect(messages.map((message) => message.text)).toEqual(['Hello.'])
  })

  test('an id that is taken is refused, also when two ask for it at once on two nodes', async () => {
    const answers = await Promise.allSettled([start('start-2'), start('start-2', other), start('start-2')])
    expect(answers.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    await expect(start('start-2')).rejects.toMatchObject({ code: 'exists', message: /choose another/ })
  })

  test.each(['', 'a b', '../x', 'a:b', 'x'.repeat(101)])('the id “%s” is refused', async (id) => {
    await expect(start(id)).rejects.toMatchObject({ code: 'invalid', errors: [{ pointer: '/id' }] })
  })

  test('a flow that is not there is refused, with the cure', async () => {
    await expect(runtime.conversations.start({ flow: 'nothing' })).rejects.toMatchObject({
      code: 'not-found',
      message: /GET \/v1\/flows/,
    })
  })
})

describe('Variables at the start', () => {
  test('that the flow does not declare, or of another type, are refused each with its place; nothing begins', async () => {
    const flows = [{ ...supportFlow(), variables: { amount: { type: 'number' } as const } }]
    const node = await runtimeOn(database.url, { flows })
    const begin = (variables: Readonly<Record<string, Json>>) =>
      node.conversations.start({ flow: 'support', id: 'opening', variables })
    await expect(begin({ amount: '12.50', amuont: 1 })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/12\.5 without quotes.*did you mean “amount”/),
      errors: [{ pointer: '/variables/amount' }, { pointer: '/variables/amuont' }],
    })
    expect((await begin({ amount: 12.5 })).conversation.version).toBe(1)
    await node.close()
  })
})

describe('Accepting an event', () => {
  test('a conversation that is not there is said so', async () => {
    await expect(runtime.conversations.accept('nobody', says('Hi'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(runtime.conversations.view('nobody')).rejects.toMatchObject({ code: 'not-found' })
    await expect(runtime.conversations.log('nobody')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a refused event changes nothing', async () => {
    await start('refused')
    const before = await runtime.conversations.snapshot('refused')
    await expect(
      runtime.conversations.accept('refused', { type: 'agent.resolve', resolution: 'x' }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/not-/) })
    await expect(
      runtime.conversations.accept('refused', { type: 'bot.intent', intent: 'unheard-of' }),
    ).rejects.toMatchObject({ code: 'not-expected' })
    expect(await runtime.conversations.snapshot('refused')).toEqual(before)
  })

  test('the version a caller believes in is checked', async () => {
    await start('belief')
    await expect(runtime.conversations.accept('belief', says('Hi'), { ifMatch: 7 })).rejects.toMatchObject({
      code: 'version-mismatch',
    })
    const { conversation } = await runtime.conversations.accept('belief', says('Hi'), { ifMatch: 1 })
    expect(conversation.version).toBe(2)
  })

  test('an effect that comes back after the owner has changed is stale', async () => {
    await start('epoch')
    const { epoch } = await runtime.conversations.snapshot('epoch')
    await runtime.conversations.accept('epoch', says('I want to talk to a person'))
    await expect(
      runtime.conversations.accept('epoch', { type: 'bot.message', text: 'Late.' }, { epoch }),
    ).rejects.toMatchObject({ code: 'stale' })
    expect((await runtime.conversations.transcript('epoch')).map((message) => message.text)).not.toContain('Late.')
  })

  test('a bot’s answer that comes after the flow has gone on is stale, whoever owns the conversation now', async () => {
    await start('gone-on')
    const late = { type: 'bot.message', text: 'Late.' } as const
    await expect(runtime.conversations.accept('gone-on', late, { node: 'elsewhere' })).rejects.toMatchObject({
      code: 'stale',
    })
    const node = nodeOfState((await runtime.conversations.snapshot('gone-on')).state)
    const { conversation } = await runtime.conversations.accept('gone-on', late, { node })
    expect(conversation.owner).toBe('bot')
  })

  test('two nodes may speak to one conversation: every event counts once, in one order', async () => {
    await start('two-nodes')
    const accepted = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? runtime : other).conversations.accept('two-nodes', says(`Message ${index}`)),
      ),
    )
    expect(new Set(accepted.map((each) => each.conversation.version))).toEqual(
      new Set(Array.from({ length: 40 }, (_, index) => index + 2)),
    )
    const log = await runtime.conversations.log('two-nodes')
    expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index + 1))
    expect(
      (await other.conversations.transcript('two-nodes')).filter((message) => message.from === 'customer'),
    ).toHaveLength(40)
  })

  test('a node that holds an old snapshot refuses nothing on its word', async () => {
    await start('old')
    await other.conversations.accept('old', says('Hi'))
    await runtime.conversations.accept('old', says('I want to talk to a person'))
    // The other node still remembers the bot's phase, in which nobody could accept.
    const { conversation } = await other.conversations.accept('old', { type: 'agent.accept', agent: 'ada' })
    expect(conversation.owner).toBe('agent:ada')
  })
})

describe('The same Idempotency-Key', () => {
  test('gives the same answer again, from any node, at the same moment, and when the state has moved on', async () => {
    await start('keyed')
    const once = { idempotencyKey: 'key-1' }
    const answers = await Promise.all(
      [runtime, other, runtime, other].map((node) => node.conversations.accept('keyed', says('Once'), once)),
    )
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1)
    await runtime.conversations.accept('keyed', says('I want to talk to a person'))
    const again = await other.conversations.accept('keyed', says('Once'), once)
    expect(again).toEqual(answers[0])
    expect((await runtime.conversations.transcript('keyed')).filter((message) => message.text === 'Once')).toHaveLength(
      1,
    )
  })

  test('answers again where the conversation would refuse the event a second time', async () => {
    await start('keyed-close')
    const done = await runtime.conversations.accept('keyed-close', { type: 'bot.done' }, { idempotencyKey: 'end' })
    expect(done.conversation.phase).toBe('closed')
    expect(await runtime.conversations.accept('keyed-close', { type: 'bot.done' }, { idempotencyKey: 'end' })).toEqual(
      done,
    )
    await expect(runtime.conversations.accept('keyed-close', { type: 'bot.done' })).rejects.toMatchObject({
      code: 'closed',
    })
  })

  test('goes before the version the caller believed in', async () => {
    await start('keyed-match')
    const options = { idempotencyKey: 'k', ifMatch: 1 }
    const first = await runtime.conversations.accept('keyed-match', says('Hi'), options)
    expect(await runtime.conversations.accept('keyed-match', says('Hi'), options)).toEqual(first)
  })

  test('with another body is refused', async () => {
    await start('keyed-other')
    await runtime.conversations.accept('keyed-other', says('One'), { idempotencyKey: 'k' })
    await expect(
      runtime.conversations.accept('keyed-other', says('Two'), { idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ code: 'key-reused' })
  })

  test('may be used in another conversation', async () => {
    await start('keyed-a')
    await start('keyed-b')
    await runtime.conversations.accept('keyed-a', says('One'), { idempotencyKey: 'same' })
    const { conversation } = await runtime.conversations.accept('keyed-b', says('Two'), { idempotencyKey: 'same' })
    expect(conversation.id).toBe('keyed-b')
  })
})

describe('Agents', () => {
  test('who is not registered cannot accept, and is told how to register', async () => {
    await start('unregistered')
    await runtime.conversations.accept('unregistered', says('I want to talk to a person'))
    await expect(
      runtime.conversations.accept('unregistered', { type: 'agent.accept', agent: 'ghost' }),
    ).rejects.toMatchObject({ code: 'invalid', message: /PUT \/v1\/agents\/ghost/ })
  })

  test('an agent cannot act on what somebody else holds', async () => {
    await start('held')
    await runtime.conversations.accept('held', says('I want to talk to a person'))
    await runtime.conversations.accept('held', { type: 'agent.accept', agent: 'ada' }, { by: 'ada' })
    for (const event of [
      { type: 'agent.message', text: 'Hi' },
      { type: 'agent.resolve', resolution: 'x' },
      { type: 'agent.note', text: 'x' },
    ] as const) {
      await expect(runtime.conversations.accept('held', event, { by: 'bob' })).rejects.toMatchObject({
        code: 'not-owner',
      })
    }
    await runtime.conversations.accept('held', { type: 'agent.message', text: 'Hi' }, { by: 'ada' })
  })

  test('of many who accept at once, on two nodes, one holds it and the others get a refusal', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => runtime.desk.putAgent(agent(`racer-${index}`))))
    await start('race')
    await runtime.conversations.accept('race', says('I want to talk to a person'))
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? runtime : other).conversations.accept('race', {
          type: 'agent.accept',
          agent: `racer-${index}`,
        }),
      ),
    )
    expect(answers.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    for (const each of answers)
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject({ code: expect.stringMatching(/not-(owner|expected)/) })
  })

  test('a transfer to somebody who is not registered is refused', async () => {
    await start('transfer')
    await runtime.conversations.accept('transfer', says('I want to talk to a person'))
    await runtime.conversations.accept('transfer', { type: 'agent.accept', agent: 'ada' })
    await expect(
      runtime.conversations.accept('transfer', { type: 'agent.transfer', agent: 'ghost' }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})
