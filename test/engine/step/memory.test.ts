import { describe, expect, test } from 'vitest'
import { attempt, emptyMemory, remember } from '#engine/step/memory.ts'
import type { ConversationEvent, Memory } from '#engine/index.ts'
import { draw, support } from '../draw.ts'
import { MONDAY, Told } from './told.ts'

type Customer = Extract<ConversationEvent, { type: 'customer.message' }>
type Bot = Extract<ConversationEvent, { type: 'bot.message' }>

const said = (text: string, more: Partial<Customer> = {}): Customer => ({ type: 'customer.message', text, ...more })
const answered = (text: string, more: Partial<Bot> = {}): Bot => ({ type: 'bot.message', text, ...more })
const told = (events: readonly ConversationEvent[], mood?: number): Memory =>
  events.reduce((memory, event, index) => remember(memory, event, index, mood), emptyMemory)

describe('Of what the customer says', () => {
  test('turns are counted, and the last words kept: those of a file without a word are the ones before', () => {
    expect(told([said('Where is it?'), said('')])).toMatchObject({ turns: 2, lastText: 'Where is it?' })
    expect(told([said('x'.repeat(501))]).lastText).toBe('x'.repeat(500))
  })

  test('the mood is kept as it was at each message, where there is one', () => {
    expect(told([said('a'), said('b')], -0.5).sentiment).toEqual([
      { at: 0, score: -0.5 },
      { at: 1, score: -0.5 },
    ])
    expect(told([said('a')]).sentiment).toEqual([])
  })

  test('an intent is kept when it changes, with how sure of it the bot was', () => {
    const intents = [
      said('a', { nlu: { intent: 'refund', confidence: 0.7 } }),
      said('b', { nlu: { intent: 'refund' } }),
    ]
    expect(told(intents)).toMatchObject({
      topic: 'refund',
      intents: [{ intent: 'refund', confidence: 0.7, at: 0 }],
    })
    expect(told([...intents, { type: 'bot.intent', intent: 'delivery' }, said('c', { nlu: {} })])).toMatchObject({
      topic: 'delivery',
      intents: [
        { intent: 'refund', confidence: 0.7, at: 0 },
        { intent: 'delivery', confidence: null, at: 2 },
      ],
    })
  })

  test('what was found in it is kept, the latest of each name', () => {
    const heard = [
      said('a', { nlu: { entities: { size: 42, colour: 'red' } } }),
      said('b', { nlu: { entities: { size: 43 } } }),
    ]
    expect(told([...heard, said('c')]).entities).toEqual({ size: 43, colour: 'red' })
  })
})

describe('Of what the bot says', () => {
  test.each([
    ['an answer', {}, 'answered'],
    ['an answer it is sure of', { nlu: { confidence: 0.9 } }, 'answered'],
    ['an answer it is just sure enough of', { nlu: { confidence: 0.6 } }, 'answered'],
    ['an answer it is not sure of', { nlu: { confidence: 0.59 } }, 'answered, unsure'],
    ['no answer', { fallback: true, nlu: { confidence: 0.9 } }, 'did not understand'],
    ['an answer that is none of the last resort', { fallback: false }, 'answered'],
  ])('%s is told to a person as what it was', (_, more, result) => {
    expect(told([answered('It is on its way.', more)]).attempted).toEqual([
      { what: 'It is on its way.', result, at: 0 },
    ])
  })

  test('what it understood, what it would suggest and how it sums up are kept until it says otherwise', () => {
    const first = [
      answered('a', { suggestedResolution: 'Refund', nlu: { intent: 'refund' } }),
      { type: 'bot.escalate', reason: 'too hard', summary: 'Ann’s parcel' },
    ] as const
    const kept = { suggestedResolution: 'Refund', botSummary: 'Ann’s parcel', topic: 'refund' }
    expect(told(first)).toMatchObject(kept)
    expect(told([...first, answered('b'), { type: 'bot.escalate', reason: 'again' }])).toMatchObject(kept)
    expect(told([...first, answered('b', { suggestedResolution: 'Repair' })]).suggestedResolution).toBe('Repair')
  })

  test('long answers are cut', () => {
    expect(told([answered('x'.repeat(501))]).attempted[0]?.what).toBe('x'.repeat(500))
  })
})

describe('However long the conversation, only the last is kept', () => {
  const many = Array.from({ length: 60 }, (_, index) => index)

  test.each<readonly ['intents' | 'sentiment' | 'attempted', number, (at: number) => ConversationEvent]>([
    ['intents', 12, (at) => said('x', { nlu: { intent: `i${at}` } })],
    ['sentiment', 24, () => said('x')],
    ['attempted', 12, () => answered('x')],
  ])('%s: %i', (what, kept, event) => {
    const entries = told(
      many.map((at) => event(at)),
      0.5,
    )[what]
    expect(entries.map(({ at }) => at)).toEqual(many.slice(-kept))
  })

  test('entities: 50', () => {
    const { entities } = told(many.map((at) => said('x', { nlu: { entities: { [`e${at}`]: at } } })))
    expect(Object.values(entities)).toEqual(many.slice(-50))
  })
})

test('what has nothing to do with bot or customer is no part of it', () => {
  expect(remember(emptyMemory, { type: 'customer.left' }, 0, 0.5)).toBe(emptyMemory)
  expect(attempt(emptyMemory, 'GET orders', 'done', 5).attempted).toEqual([
    { what: 'GET orders', result: 'done', at: 5 },
  ])
})

describe('What was tried before a person came', () => {
  const calling = draw(
    {
      start: ['start'],
      orders: ['call', { method: 'GET', url: 'https://shop.example/orders', retries: 0 }],
      desk: ['queue', { team: 'desk', text: 'Wait.' }],
    },
    ['start.next > orders', 'orders.ok > desk', 'orders.failed > desk'],
  )

  test('names a call that was made', () => {
    const it = new Told(calling)
    it.send({ type: 'effect.done', effect: it.last.snapshot.awaiting ?? '', ok: true, value: {} })
    expect(it.last.snapshot.memory).toMatchObject({
      handoffs: 1,
      attempted: [{ what: 'GET orders', result: 'done', at: MONDAY + 1_000 }],
    })
  })

  function atTheLadder(): Told {
    const it = new Told(support())
    for (const _ of [1, 2]) {
      it.customer('where is my parcel')
      it.bot('Sorry?', { fallback: true })
    }
    return it
  }
  const rungs = (it: Told) =>
    it.last.snapshot.memory.attempted
      .filter(({ what }) => what.includes('ladder'))
      .map(({ what, result }) => `${what}: ${result}`)

  test('names every rung with how it ended', () => {
    const it = atTheLadder()
    it.customer('hm')
    it.bot('Sorry?', { fallback: true })
    it.customer('I still need help')
    expect(rungs(it)).toEqual(['rephrase (ladder “ladder”): climbed', 'selfService (ladder “ladder”): climbed'])
    it.customer('no thanks')
    expect(rungs(it).at(-1)).toBe('offerHuman (ladder “ladder”): declined')
  })

  test('says whether the customer wanted a person, never answered, or needs nobody any more', () => {
    const wants = atTheLadder()
    wants.customer('just connect me to an agent')
    expect(rungs(wants)).toEqual(['rephrase (ladder “ladder”): wanted a person'])
    const gone = atTheLadder()
    gone.customer('hm')
    gone.bot('Sorry?', { fallback: true })
    gone.customer('I still need help')
    gone.timer('ladder.offerHumanIdle')
    expect(rungs(gone).at(-1)).toBe('offerHuman (ladder “ladder”): exhausted')
    const answered = atTheLadder()
    answered.customer('the thing I ordered on Monday')
    answered.bot('It arrives tomorrow.')
    expect(rungs(answered)).toEqual(['rephrase (ladder “ladder”): resolved'])
  })

  test('counts each way into the queue, and not what happens there', () => {
    const it = new Told(support())
    it.customer('a person please')
    it.customer('hello?')
    expect(it.last.snapshot.memory.handoffs).toBe(1)
    it.send({ type: 'agent.accept', agent: 'sarah' })
    it.send({ type: 'agent.transfer', team: 'vip' })
    expect(it.last.snapshot.memory.handoffs).toBe(2)
  })
})
