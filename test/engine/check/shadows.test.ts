import { describe, expect, test } from 'vitest'
import { draw } from '../draw.ts'
import { supportEdges, supportNodes } from '../draw.ts'
import { faulty, found } from './found.ts'

/** Two triggers, the first before the second; none of the support flow's own stands in between. */
function two(first: object, second: object) {
  const { wants: _, lost: __, ...nodes } = supportNodes
  const edges = supportEdges.filter((edge) => !edge.startsWith('wants.') && !edge.startsWith('lost.'))
  return draw(
    {
      ...nodes,
      one: ['trigger', first],
      other: ['trigger', second],
      person2: ['trigger', { signals: [{ signal: 'turns', over: 500 }] }],
    },
    [...edges, 'one.fired > billing', 'other.fired > ladder', 'person2.fired > billing'],
    { orderNumber: { type: 'text' }, amount: { type: 'number' } },
  )
}
const on = (...signals: readonly object[]) => ({ signals })
const all = (...signals: readonly object[]) => ({ signals, match: 'all' })

describe('A trigger is hidden by an earlier one', () => {
  test.each([
    ['that asks for less', on({ signal: 'lowConfidence', times: 2 }), on({ signal: 'lowConfidence', times: 3 })],
    [
      'with a lower bound of confidence',
      on({ signal: 'lowConfidence', below: 0.7 }),
      on({ signal: 'lowConfidence', below: 0.5 }),
    ],
    [
      'of the same words',
      on({ signal: 'topic', words: ['refund', 'lawyer'] }),
      on({ signal: 'topic', words: ['lawyers'] }),
    ],
    [
      'with a part of its phrase',
      on({ signal: 'topic', words: ['data protection'] }),
      on({ signal: 'topic', words: ['your data protection officer'] }),
    ],
    [
      'of the same intents',
      on({ signal: 'topic', intents: ['legal', 'fraud'] }),
      on({ signal: 'topic', intents: ['fraud'] }),
    ],
    [
      'one by one',
      on({ signal: 'fallbacks', times: 1 }, { signal: 'loop', times: 2 }),
      on({ signal: 'fallbacks', times: 2 }, { signal: 'loop', times: 3 }),
    ],
    [
      'that asks for one of two things at once',
      on({ signal: 'explicitRequest' }),
      all({ signal: 'explicitRequest' }, { signal: 'shouting' }),
    ],
    ['less unhappy', on({ signal: 'sentiment', below: -0.2 }), on({ signal: 'sentiment', below: -0.5, times: 2 })],
    ['sooner', on({ signal: 'turns', over: 5 }), on({ signal: 'turns', over: 9 })],
    [
      'of both a wish and a value',
      all({ signal: 'explicitRequest' }, { signal: 'value', when: 'vars.amount > 5' }),
      all({ signal: 'explicitRequest' }, { signal: 'value', when: 'vars.amount > 10' }),
    ],
  ])('%s', (_, first, second) => {
    const [problem] = found(two(first, second), 'shadows')
    expect(problem).toMatchObject({ node: 'other', severity: 'warning' })
    expect(problem?.message).toMatch(/“one” before it does; put “other” first/)
  })
})

describe('A trigger is not hidden by an earlier one', () => {
  test.each([
    ['that asks for more', on({ signal: 'lowConfidence', times: 3 }), on({ signal: 'lowConfidence', times: 2 })],
    ['of other words', on({ signal: 'topic', words: ['lawyer'] }), on({ signal: 'topic', words: ['lawyer', 'court'] })],
    ['that watches for one of its signals', on({ signal: 'shouting' }), on({ signal: 'shouting' }, { signal: 'loop' })],
    [
      'that needs more at once',
      all({ signal: 'explicitRequest' }, { signal: 'shouting' }),
      on({ signal: 'explicitRequest' }),
    ],
    [
      'on a value that has fired and still holds',
      on({ signal: 'value', when: 'customer.tier == "vip"' }),
      on({ signal: 'value', when: 'customer.tier == "vip"' }),
    ],
    [
      'that also hears a fall of the mood',
      on({ signal: 'sentiment', below: -0.5 }),
      on({ signal: 'sentiment', below: -0.6, falling: 0.5 }),
    ],
  ])('%s', (_, first, second) => {
    expect(faulty(two(first, second), 'shadows')).toEqual([])
  })
})
