import { describe, expect, test } from 'vitest'
import { support } from './drawn.ts'
import { faulty, found } from './found.ts'

const branch = (...whens: readonly string[]) =>
  support(
    {
      size: [
        'branch',
        {
          cases: whens.map((when, index) => ({ id: index === 0 ? 'vip' : `c${index}`, label: `case ${index}`, when })),
        },
      ],
    },
    { with: whens.slice(1).map((_, index) => `size.case:c${index + 1} > chat`) },
    { amount: { type: 'number' } },
  )
const asking = (data: object) =>
  support(
    { order: ['ask', { text: '?', variable: 'amount', as: 'number', ...data }] },
    {},
    { amount: { type: 'number' } },
  )
const watching = (signals: readonly object[], match = 'any') =>
  support(
    { eager: ['trigger', { signals, match }] },
    { with: ['eager.fired > billing'] },
    { amount: { type: 'number' } },
  )
const messages = (flow: ReturnType<typeof support>) => found(flow, 'conditions').map((each) => each.message)

describe('A branch', () => {
  test('whose case can never be true is found, with a conversation that comes there', () => {
    const [problem] = found(branch('vars.amount > 10 && vars.amount < 5'), 'conditions')
    expect(problem).toMatchObject({ node: 'size', severity: 'warning', confirmed: true })
    expect(problem?.message).toMatch(/can never be true/)
  })

  test('whose case is hidden by one before it is found, with the name of that one', () => {
    expect(messages(branch('vars.amount > 5', 'vars.amount > 10'))).toEqual([
      expect.stringContaining('“case 0” before it is true whenever it is'),
    ])
    expect(messages(branch('customer.tier == "vip"', 'customer.tier == "vip"'))).toEqual([
      expect.stringContaining('asks the same'),
    ])
    expect(messages(branch('vars.amount > 5', '!has(vars.amount) || vars.amount <= 5', 'vars.amount == 7'))).toEqual([
      expect.stringContaining('always true when it is reached'),
    ])
  })

  test('whose last case leaves nobody over is found: “otherwise” is never taken', () => {
    expect(messages(branch('true'))).toEqual([expect.stringContaining('“otherwise”')])
    expect(messages(branch('has(customer.tier)', '!has(customer.tier)'))).toEqual([
      expect.stringContaining('“otherwise”'),
    ])
  })

  test('whose cases can all be taken by somebody is left alone', () => {
    expect(messages(branch('vars.amount > 10', 'vars.amount > 5', 'has(vars.amount)'))).toEqual([])
    expect(messages(branch('vars.amount > 5', 'vars.amount <= 5'))).toEqual([])
    expect(
      messages(
        branch('has(customer.limit) && vars.amount > customer.limit', '!has(customer.limit) && vars.amount > 1000'),
      ),
    ).toEqual([])
    expect(
      messages(branch('customer.tier in ["gold", "vip"]', 'customer.tier == "silver"', 'customer.tier != "gold"')),
    ).toEqual([])
  })
})

describe('A question', () => {
  test('whose answers are all refused is an error: nobody gets past it', () => {
    expect(found(asking({ check: 'value > 10 && value < 5' }), 'conditions')).toMatchObject([
      { node: 'order', severity: 'error', confirmed: true },
    ])
    expect(faulty(asking({ check: 'value > 10 && value < 50' }), 'conditions')).toEqual([])
  })
})

describe('A trigger', () => {
  test('that can never fire is found', () => {
    expect(messages(watching([{ signal: 'topic' }]))).toEqual([expect.stringContaining('names no topic')])
    expect(messages(watching([{ signal: 'lowConfidence', below: 0 }]))).toEqual([expect.stringContaining('below 0')])
    expect(messages(watching([{ signal: 'sentiment', below: -1 }]))).toEqual([expect.stringContaining('below -1')])
    expect(messages(watching([{ signal: 'value', when: 'nlu.confidence > 1' }]))).toEqual([
      expect.stringContaining('never true'),
    ])
    expect(
      messages(
        watching(
          [
            { signal: 'value', when: 'vars.amount > 5' },
            { signal: 'value', when: 'vars.amount < 5' },
          ],
          'all',
        ),
      ),
    ).toEqual([expect.stringContaining('never true together')])
  })

  test('that watches for a silent bot where every bot has drawn ways for that is found', () => {
    const flow = support(
      { eager: ['trigger', { signals: [{ signal: 'botSilent' }] }] },
      { with: ['eager.fired > billing', 'chat.failed > billing', 'chat.silent > billing', 'order.failed > billing'] },
    )
    expect(messages(flow)).toEqual([expect.stringContaining('“failed” and “silent”')])
    expect(messages(watching([{ signal: 'botSilent' }]))).toEqual([])
  })

  test('that fires at every first message is found', () => {
    expect(messages(watching([{ signal: 'value', when: 'conversation.turns >= 0' }]))).toEqual([
      expect.stringContaining('every customer’s first message'),
    ])
  })

  test('that may fire is left alone', () => {
    expect(
      messages(watching([{ signal: 'value', when: 'has(nlu.entities.amount) && nlu.entities.amount > 1000' }])),
    ).toEqual([])
    expect(
      messages(
        watching([
          { signal: 'topic', words: ['lawyer'] },
          { signal: 'lowConfidence', below: 0 },
        ]),
      ),
    ).toEqual([])
  })
})
