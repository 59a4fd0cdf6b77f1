import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '#server/app.ts'
import { listen, type Listening } from '#server/http/listen.ts'
import { simulate, type SentEvent } from '#engine/simulate/index.ts'
import { document, draw } from '../../engine/draw.ts'
import { createWorld } from '../http/world.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
let world: ReturnType<typeof createWorld>
let server: Listening

beforeEach(async () => {
  world = createWorld()
  server = await listen(createApp(world.deps).fetch, '127.0.0.1', 0)
})
afterEach(() => server.close())

const asked = (...args: readonly string[]) =>
  baton.typed([], args, {
    PORT: new URL(server.url).port,
    BATON_KEY: world.as('supervisor').authorization?.replace('Bearer ', '') ?? '',
  })

const nodes = (times: number) => ({
  start: ['start'] as const,
  chat: ['listen'] as const,
  lost: ['trigger', { signals: [{ signal: 'fallbacks', times }] }] as const,
  line: ['queue', { team: 'support', text: 'You are in line.' }] as const,
  bye: ['close'] as const,
})
const edges = ['start.next > chat', 'lost.fired > line', 'line.accepted > bye', 'line.timeout > bye', 'chat.done > bye']
const draft = (times: number) => ({ ...document(nodes(times), edges), id: 'support' })

describe('baton backtest, of a server that runs', () => {
  test('shows what changes and for how many, the handoff rate, and who', async () => {
    const { code, out, err } = await asked('backtest', 'support')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('support: 2 conversations through the draft')
    expect(out).toMatch(/^newly handed off +2 +100 %$/m)
    expect(out).toMatch(/^the same +0 +0 %$/m)
    expect(out).toContain('Handed off: 0 % as it was (0), 100 % with the draft (2); 15 to 25 % is usual.')
    expect(out).toMatch(/^one +newly handed off +stays: bot\.chat +message 1: support by lost$/m)
  })

  test('asks for every page, with the same draft, span and figure', async () => {
    await baton.save('flows/support.flow.json', draft(1))
    await asked(
      'backtest',
      'support',
      '--draft',
      'support',
      '--from',
      '2026-11-01',
      '--to',
      '2026-11-08T09:00:00+01:00',
      '--sweep',
      'lost.fallbacks.times=1..3/1',
    )
    const same = {
      flow: expect.objectContaining({ id: 'support' }),
      from: Date.UTC(2026, 10, 1),
      to: Date.UTC(2026, 10, 8, 8),
      sweep: { trigger: 'lost', signal: 'fallbacks', field: 'times', values: [1, 2, 3] },
    }
    expect(world.runtime.backtests.asked).toEqual([same, { ...same, cursor: 'more' }])
  })

  test('draws what each value of a figure comes to', async () => {
    const { out } = await asked('backtest', 'support', '--sweep', 'lost.fallbacks.times=1,5')
    expect(out).toMatch(/^1 +100 % +0 +0 +2 +0 +0 +█+$/m)
    expect(out).toMatch(/^5 +0 % +0 +0 +0 +0 +0$/m)
  })

  test('steps of a figure are not off by the last digit', async () => {
    await asked('backtest', 'support', '--sweep', 'lost.lowConfidence.below=0.5..0.8/0.05')
    expect(world.runtime.backtests.asked[0]?.sweep?.values).toEqual([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8])
  })

  test('writes all of it as JSON, for other programs', async () => {
    const { out } = await asked('backtest', 'support', '--json')
    expect(JSON.parse(out)).toMatchObject({
      replayed: 2,
      changes: { newly: 2 },
      differences: [{ conversation: 'one' }, { conversation: 'one' }],
    })
  })
})

describe('baton backtest, of a file', () => {
  const flow = draw(nodes(3), edges)
  const shrug: SentEvent = { type: 'bot.message', text: 'I do not know.', fallback: true }
  const said: SentEvent = { type: 'customer.message', text: 'Where is it?' }
  const log = simulate(flow, { id: 'past', at: Date.UTC(2026, 10, 20, 9) })
    .send(said)
    .send(shrug)
    .send(said)
    .send(shrug).log
  const lines = (...all: readonly object[]) => all.map((each) => JSON.stringify(each)).join('\n')

  test('needs no server', async () => {
    await baton.save('draft.json', draft(2))
    await baton.save(
      'past.jsonl',
      lines({ schedules: {} }, { version: 4, flow: draft(3) }, { conversation: 'past', version: 4, log }),
    )
    const { code, out, err } = await baton.run(
      'backtest',
      'support',
      '--draft',
      'draft.json',
      '--conversations',
      'past.jsonl',
      '--sweep',
      'lost.fallbacks.times=1,3',
    )
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^past +newly handed off +stays: bot\.chat +message 2: support by lost$/m)
    expect(out).toMatch(/^3 +0 % /m)
  })

  test('as `baton export-conversations` writes it', async () => {
    await world.deps.flows.save({ ...flow, id: 'support' })
    await world.deps.flows.publish('support')
    await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
    const { code, out, err } = await asked('export-conversations', 'support', '--to', 'past.jsonl')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('1 conversation in past.jsonl')
    const written = (await baton.read('past.jsonl'))
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as object)
    expect(written).toEqual([
      { schedules: expect.any(Object) },
      { version: expect.any(Number), flow: expect.objectContaining({ nodes: expect.any(Array) }) },
      { conversation: 'chat-1', version: expect.any(Number), log: expect.any(Array) },
    ])
  })

  test.each([
    ['no draft', ['--conversations', 'past.jsonl'], /name one with --draft/],
    ['no such file', ['--draft', 'draft.json', '--conversations', 'none.jsonl'], /export-conversations/],
    [
      'a file of something else',
      ['--draft', 'draft.json', '--conversations', 'draft.json'],
      /line 1: is no line of a file of conversations/,
    ],
    [
      'a conversation before its version',
      ['--draft', 'draft.json', '--conversations', 'early.jsonl'],
      /line 1: version 4 of the flow does not stand before it/,
    ],
    [
      'a draft of another flow',
      ['--draft', 'other.json', '--conversations', 'early.jsonl'],
      /The draft’s id is “test”/,
    ],
  ])('%s is one sentence with the cure', async (_, args, sentence) => {
    await baton.save('draft.json', draft(2))
    await baton.save('other.json', document(nodes(2), edges))
    await baton.save('early.jsonl', lines({ conversation: 'past', version: 4, log }))
    const { code, out, err } = await baton.run('backtest', 'support', ...args)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(sentence)
  })
})

describe('What it cannot do is one sentence with the cure', () => {
  test.each([
    ['a flow that nobody knows', ['nobodys'], /There is no flow “nobodys”/],
    ['a time that is none', ['support', '--from', 'monday'], /such as 2026-11-01/],
    [
      'a figure without values',
      ['support', '--sweep', 'lost.fallbacks.times'],
      /trigger\.signal\.field=from\.\.to\/step/,
    ],
    ['steps the wrong way', ['support', '--sweep', 'lost.fallbacks.times=3..1/1'], /from\.\.to\/step/],
    ['too many values', ['support', '--sweep', 'lost.lowConfidence.below=0..1/0.001'], /Take larger steps/],
    ['a draft and a version', ['support', '--version', '2', '--draft', 'draft.json'], /not both/],
    ['a draft that is not there', ['support', '--draft', 'none.json'], /There is no file/],
    ['a draft with faults', ['support', '--draft', 'faulty.json'], /faulty\.json has 1 fault/],
  ])('%s', async (_, args, sentence) => {
    await baton.save('draft.json', draft(2))
    await baton.save('faulty.json', {
      ...draft(2),
      nodes: [{ id: 'start', type: 'start', position: { x: 0, y: 0 }, data: { what: 1 } }],
      edges: [],
    })
    const { code, out, err } = await asked('backtest', ...args)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(sentence)
  })
})
