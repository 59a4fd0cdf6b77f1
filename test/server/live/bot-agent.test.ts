import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Advance, Message } from '#engine/index.ts'
import { at } from '../http/world.ts'
import { openOutside, type Outside } from '../network/outside.ts'
import { openStage, type Stage } from './stage.ts'

/** A bot of somebody else's, who has a place in the team of billing. */
let outside: Outside
let stage: Stage
let answers: (text: string) => object

beforeAll(async () => {
  outside = await openOutside()
  outside.answer(({ body }, response) => {
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(answers(String(at(JSON.parse(body), 'text')))))
  })
  stage = await openStage({ OUTBOUND_ALLOW: `127.0.0.1:${outside.port}` })
  const { admin } = stage.server
  await admin.call('PUT', '/v1/bots/refunds', { url: `${outside.origin}/refunds` })
  await admin.call('PUT', '/v1/agents/refunder', {
    name: 'Refund bot',
    teams: ['billing'],
    capacity: 50,
    bot: 'refunds',
  })
  await admin.call('PUT', '/v1/agents/refunder/presence', { status: 'online' })
})
afterAll(async () => {
  await stage.close()
  await outside.close()
})

const standing = async (path: string) => (await stage.server.admin.call('GET', path)) as Advance['conversation']
const said = async (path: string) => {
  const { messages } = (await stage.server.admin.call('GET', `${path}/transcript`)) as { messages: Message[] }
  return messages.filter(({ from }) => from === 'agent').map(({ text }) => text)
}

describe('A specialist bot in a team', () => {
  test('takes what it is offered at once, knows everything, and answers as the agent it is', async () => {
    answers = (text) => ({ messages: [{ text: `About “${text}”: your refund is on its way.` }] })
    const { path, customer } = await stage.waiting('talks')
    await expect.poll(async () => (await standing(path)).owner).toBe('agent:refunder')
    await expect.poll(() => said(path)).toContain('About “I want to talk to a person”: your refund is on its way.')
    const [first] = outside.received
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      type: 'bot.turn',
      bot: 'refunds',
      agent: 'refunder',
      handoff: { reason: { sentence: expect.stringContaining('asked for a person') } },
    })
    await customer.call('POST', `${path}/events`, { type: 'customer.message', text: 'When?' })
    await expect.poll(() => said(path)).toContain('About “When?”: your refund is on its way.')
    expect((await standing(path)).agent).toMatchObject({ id: 'refunder', name: 'Refund bot' })
  })

  test('gives the customer back to the flow’s bot when it is done', async () => {
    answers = () => ({ messages: [{ text: 'It is paid.' }], done: true })
    const { path } = await stage.waiting('done')
    await expect.poll(async () => (await standing(path)).phase).toBe('bot')
    expect(await said(path)).toContain('It is paid.')
  })

  test.each([
    ['asks for a person', () => ({ escalate: { reason: 'The sum is too large for me' } })],
    ['answers nonsense', () => ({ nonsense: true })],
  ])('that %s gives the place back, and is not asked again', async (what, answer) => {
    answers = answer
    const id = what.replaceAll(' ', '-')
    const { path } = await stage.waiting(id)
    const outcomes = async () => {
      const routing = await stage.server.admin.call('GET', `${path}/routing`)
      return (at(routing, 'decisions') as { agent: { id: string }; outcome: string }[]).map(
        ({ agent, outcome }) => `${agent.id} ${outcome}`,
      )
    }
    await expect.poll(outcomes).toEqual(['refunder accepted'])
    await expect.poll(async () => (await standing(path)).phase).toBe('queued')
    const anna = await stage.agent('anna', 'Anna', 1)
    await expect.poll(async () => (await standing(path)).queue?.offeredTo).toBe('anna')
    await anna.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'anna' })
    expect(await outcomes()).toEqual(['refunder accepted', 'anna accepted'])
    await anna.call('POST', `${path}/events`, { type: 'agent.resolve', resolution: 'done' })
    await anna.call('PUT', '/v1/agents/anna/presence', { status: 'offline' })
  })
})
