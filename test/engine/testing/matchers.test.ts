import '#test/driver/matchers.ts'
import { describe, expect, test } from 'vitest'
import { converse } from '#engine/testing/index.ts'
import { support } from '../draw.ts'

const { conversation } = converse(support(), { variables: { orderNumber: 'A-1' } })

function failure(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('The assertion passed.')
}

const whereabouts = [
  '  state    bot.chat (owner: bot)',
  '  said     “Hello there, ask away.”',
  `  expects  ${conversation.expects.join(', ')}`,
  '  timers   chat.idle',
].join('\n')

describe('A matcher that does not match says what is there instead, and where the conversation stands', () => {
  test.each([
    ['to be in “queued.billing”; it is in “bot.chat”', () => expect(conversation).toBeIn('queued.billing')],
    ['to have said “bye”; it said\n  “Hello there, ask away.”', () => expect(conversation).toHaveSaid('bye')],
    ['to be owned by “queue”; it is owned by “bot”', () => expect(conversation).toBeOwnedBy('queue')],
    [
      `to expect “agent.message”; it expects ${conversation.expects.join(', ')}`,
      () => expect(conversation).toExpect('agent.message'),
    ],
    [
      'to have the timer “billing.maxWait”; it has chat.idle',
      () => expect(conversation).toHaveTimer('billing.maxWait'),
    ],
    [
      'to have the variable “orderNumber” as "B-2"; it is "A-1"',
      () => expect(conversation).toHaveVariable('orderNumber', 'B-2'),
    ],
    [
      'to have the variable “toString” as 1; it knows orderNumber',
      () => expect(conversation).toHaveVariable('toString', 1),
    ],
    ['to be closed with “done”; it is open', () => expect(conversation).toBeClosedWith('done')],
    ['to have the reason /loop/; it has none', () => expect(conversation).toHaveReason(/loop/)],
  ])('%s', (says, assertion) => {
    expect(failure(assertion)).toBe(`expected the conversation ${says}\n${whereabouts}`)
  })
})

describe('A matcher', () => {
  test('can be turned round, and says so', () => {
    expect(conversation).not.toBeIn('queued')
    expect(failure(() => expect(conversation).not.toBeIn('bot'))).toMatch(
      /^expected the conversation not to be in “bot”; it is in “bot.chat”/,
    )
  })

  test('takes a phase or a state', () => {
    expect(conversation).toBeIn('bot')
    expect(conversation).toBeIn('bot.chat')
  })

  test('finds a text by a part of it, slashes meaning themselves, or by a pattern, as often as asked', () => {
    const pattern = /hello/gi
    expect(conversation).toHaveSaid(pattern)
    expect(conversation).toHaveSaid(pattern)
    expect(conversation).not.toHaveSaid('/hello/i')
  })

  test('compares variables as JSON, whatever the order of keys', () => {
    const flow = support()
    const withOrder = { ...flow, variables: { ...flow.variables, order: { type: 'map' } } }
    const { conversation: other } = converse(withOrder, { variables: { order: { id: 1, lines: [1, { a: null }] } } })
    expect(other).toHaveVariable('order', { lines: [1, { a: null }], id: 1 })
    expect(other).not.toHaveVariable('order', { lines: [1], id: 1 })
  })
})
