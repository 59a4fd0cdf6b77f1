import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { converseOverHttp, Refused, startServer, type TestServer } from './http.ts'
import './matchers.ts'
import { draw, support, supportEdges, supportNodes } from '../engine/draw.ts'

const flow = support()
const brief = {
  ...draw(
    {
      ...supportNodes,
      billing: ['queue', { team: 'billing', text: 'Number {{ queue.position }}.', maxWait: '50ms' }],
    },
    supportEdges,
    { orderNumber: { type: 'text' } },
  ),
  id: 'brief',
}

describe('The sentences over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer([flow, brief])
  })
  afterAll(() => server?.close())

  test('play a whole handoff, each by whoever may say it', async () => {
    const { customer, bot, agent, conversation } = await converseOverHttp(server, flow, { customer: { name: 'Ann' } })
    expect(conversation).toHaveSaid('Hello Ann')
    await customer.says('My bill is wrong')
    await bot.intends('refund')
    await customer.says('A-17')
    expect(conversation).toHaveVariable('orderNumber', 'A-17')
    await customer.says('I want to talk to a person')
    expect(conversation).toBeIn('queued.billing')
    expect(conversation).toHaveTimer('billing.maxWait')
    expect(conversation).toHaveReason(/asked for a person/)
    await agent.accepts('sarah')
    expect(conversation).toBeOwnedBy('agent:sarah')
    await agent.says('Hello Ann.')
    await agent.transfersTo({ agent: 'tom' }, 'yours')
    await agent.accepts('tom')
    await agent.handsBack('refunded')
    expect(conversation).toBeIn('bot.chat')
    await customer.says('a human again please')
    await agent.accepts('sarah')
    await agent.resolves('paid back')
    await customer.chooses('5')
    expect(conversation).toBeClosedWith('resolved')
  })

  test('are refused with the server’s own words, and nothing has changed', async () => {
    const { customer, bot, conversation } = await converseOverHttp(server, flow)
    await customer.says('a human please')
    const refused = await bot.replies('One moment').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ status: 409, code: 'not-owner' })
    expect(conversation).toBeIn('queued.billing')
  })

  test('wait for what the server does by itself', async () => {
    const { customer, conversation } = await converseOverHttp(server, brief, {
      customer: { name: 'Ann', email: 'ann@example.com' },
    })
    await customer.says('a human please')
    await conversation.comesTo('queued.note')
    expect(conversation).toHaveSaid('Leave us a note.')
    await customer.says('My bill is wrong')
    await conversation.comesTo('closed')
  })
})
