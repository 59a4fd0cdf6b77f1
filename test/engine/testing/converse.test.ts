import '#test/driver/matchers.ts'
import { describe, expect, test } from 'vitest'
import { FlowFaults, Refusal } from '#engine/index.ts'
import { converse } from '#engine/testing/index.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'

const flow = support()

describe('A developer’s test', () => {
  test('speaks for everybody, sentence by sentence, from the bot to a person and back to the end', () => {
    const { customer, bot, agent, clock, conversation } = converse(flow, { customer: { name: 'Ann' } })
    expect(conversation).toBeIn('bot.chat')
    expect(conversation).toHaveSaid('Hello Ann')
    customer.says('My bill is wrong', { nlu: { intent: 'billing' } })
    bot.replies('Which bill?', { suggestedResolution: 'refund' })
    bot.intends('refund')
    customer.says('A-17')
    expect(conversation).toHaveVariable('orderNumber', 'A-17')
    customer.says('I want to talk to a person')
    expect(conversation).toBeIn('queued')
    expect(conversation).toBeOwnedBy('queue')
    expect(conversation).toHaveTimer('billing.maxWait')
    expect(conversation).toHaveReason(/asked for a person/)
    clock.skip('1m')
    expect(conversation).toHaveSaid(/^Still number 1/)
    agent.accepts('sarah')
    expect(conversation).toBeOwnedBy('agent:sarah')
    agent.says('Hello Ann.')
    agent.notes('careful')
    agent.transfersTo({ team: 'vip' }, 'yours')
    agent.accepts('tom')
    agent.handsBack('refunded')
    expect(conversation).toBeIn('bot.chat')
    bot.escalates('too hard', 'wants money')
    agent.declines('sarah')
    agent.accepts('tom')
    agent.transfersTo({ agent: 'sarah' })
    agent.accepts('sarah')
    agent.resolves('paid back')
    expect(conversation).toExpect('survey.answer')
    customer.scores(5, 'quick')
    expect(conversation).toBeClosedWith('resolved')
    expect(conversation.handoff.transcript.map((each) => each.text)).toContain('My bill is wrong')
  })

  test('presses what was offered, by label or id, and nothing else', () => {
    const { customer, bot, conversation } = converse(flow)
    customer.says('hm')
    bot.replies('Sorry?', { fallback: true })
    customer.says('well')
    bot.replies('Sorry?', { fallback: true })
    customer.says('you know')
    bot.replies('No.', { fallback: true })
    expect(() => customer.chooses('Maybe')).toThrow('“Maybe” was not offered; these were: Returns (link1)')
    customer.chooses('stillNeed')
    customer.chooses('Yes')
    expect(conversation).toBeIn('queued.billing')
  })

  test('lets the bot be silent until the flow has had enough', () => {
    const { customer, bot, conversation } = converse(flow)
    expect(() => bot.staysSilent()).toThrow('The bot owes no answer')
    customer.says('hello?')
    bot.staysSilent()
    expect(conversation).toBeIn('queued.billing')
    expect(conversation).toHaveReason('did not answer')
  })

  test('lets the bot fail and be done, and the customer go and come back', () => {
    const { customer, bot, conversation } = converse(flow)
    customer.leaves()
    customer.returns()
    bot.isDone()
    bot.fails()
    expect(conversation).toBeIn('queued')
  })

  test('lets people come and go', () => {
    const { customer, agent, conversation } = converse(flow)
    customer.says('a human please')
    agent.accepts('sarah')
    agent.goesOffline('sarah')
    expect(conversation).toHaveSaid(/lost the line/)
    agent.goesOnline('sarah')
    agent.accepts('sarah')
    expect(conversation).toBeOwnedBy('agent:sarah')
  })

  test('sets the clock to a moment', () => {
    const { clock, conversation } = converse(flow)
    clock.skipTo('2026-03-03T10:00:00Z')
    expect(clock.now).toBe(Date.parse('2026-03-03T10:00:00Z'))
    expect(conversation).toBeIn('closed')
  })

  test('has Sarah and Tom at work in every team, unless it names others', () => {
    const withEmpty = draw(
      { ...supportNodes, none: ['say', { text: 'Nobody is here.' }] },
      [...supportEdges, 'billing.empty > none', 'none.next > note'],
      { orderNumber: { type: 'text' } },
    )
    const some = converse(withEmpty)
    some.customer.says('a human please')
    expect(some.conversation).toBeIn('queued.billing')
    const nobody = converse(withEmpty, { agents: [] })
    nobody.customer.says('a human please')
    expect(nobody.conversation).toHaveSaid('Nobody is here.')
  })

  test('hears a refusal as an error, and nothing has changed', () => {
    const { agent, conversation } = converse(flow)
    const before = conversation.simulation
    expect(() => agent.says('Hi')).toThrow(Refusal)
    expect(conversation.simulation).toBe(before)
  })

  test('hears every fault of a malformed flow', () => {
    expect(() => converse({ ...flow, nodes: [] })).toThrow(FlowFaults)
  })
})
