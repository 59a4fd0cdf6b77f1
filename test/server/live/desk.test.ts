import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeskConversation } from '#server/runtime/desk-conversation.ts'
import { at } from '../http/world.ts'
import { followed } from './events.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({}, { billing: { sla: { firstResponse: '4s', warnAt: 0.5 }, maxWait: '1h' } })
})
afterAll(() => stage.close())

const dataOf = (events: readonly { readonly data: unknown }[]) => events.map((each) => each.data)

describe('The desk', () => {
  test('shows at a glance who, what, why, what was said last and how urgent it is', async () => {
    const { path } = await stage.waiting('glance', { name: 'Ann', email: 'ann@home.example', id: 'c-1', tier: 'gold' })
    const supervisor = await stage.server.as('supervisor')
    const { items, next } = (await supervisor.call('GET', '/v1/desk/conversations?phase=queued&q=glance')) as {
      items: DeskConversation[]
      next: unknown
    }
    expect(next).toBeNull()
    const [found] = items
    expect(found).toMatchObject({
      id: 'glance',
      phase: 'queued',
      queue: { team: 'billing', position: expect.any(Number) },
      about: {
        customer: { name: 'Ann', email: 'ann@home.example', id: 'c-1' },
        summary: expect.stringContaining('Ann: asked for a person'),
        reason: 'asked for a person: “I want to talk to a person”',
        language: 'en',
        channel: 'web',
        page: null,
        answerOwed: true,
        offer: null,
        last: { from: 'bot', text: expect.stringContaining('You are number') },
        sla: { state: 'ok' },
      },
    })
    const { waitingSince, sla } = found?.about ?? {}
    expect(waitingSince).toBe(found?.queue?.waitingSince)
    expect(Date.parse(sla?.due ?? '') - Date.parse(waitingSince ?? '')).toBe(4_000)

    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'sarah' })
    const about = async () =>
      ((await supervisor.call('GET', '/v1/desk/conversations?q=glance')) as { items: DeskConversation[] }).items[0]
        ?.about
    // A person has it in time; the customer waits for her first words still.
    expect(await about()).toMatchObject({ answerOwed: true, waitingSince, sla: null })
    await sarah.call('POST', `${path}/events`, { type: 'agent.message', text: 'Hello Ann' })
    expect(await about()).toMatchObject({
      answerOwed: false,
      waitingSince: null,
      sla: null,
      last: { from: 'agent', text: 'Hello Ann' },
    })
    await stage.server.admin.call('POST', `${path}/events`, {
      type: 'customer.message',
      text: '"event":{"type":"agent.message" is what I wrote',
    })
    expect(await about()).toMatchObject({ answerOwed: true, sla: null, last: { from: 'customer' } })
    await sarah.call('POST', `${path}/events`, { type: 'agent.resolve', resolution: 'done' })
    expect(await about()).toMatchObject({ answerOwed: false, waitingSince: null, sla: null })
  })

  test('is told of a conversation again when its clock turns, though nothing happens in it', async () => {
    const stream = await followed(await stage.server.as('supervisor'), '/v1/desk/stream')
    await expect.poll(() => stream.of('ready').length).toBe(1)
    await stage.waiting('clock')
    const states = () =>
      dataOf(stream.of('conversation'))
        .filter((each) => at(each, 'id') === 'clock')
        .map((each) => at(each, 'about.sla.state'))
    await expect.poll(() => [...new Set(states())]).toEqual(['ok', 'warned', 'breached'])
    await stream.close()
  })

  test('rings with a time limit: who is offered what, until when and why, and takes it back', async () => {
    const tom = await stage.agent('tom', 'Tom')
    const stream = await followed(tom, '/v1/desk/stream')
    const { path, token } = await stage.waiting('rings')
    const shown = () => dataOf(stream.of('conversation')).filter((each) => at(each, 'id') === 'rings')
    await expect.poll(() => at(shown().at(-1), 'about.offer.until')).toEqual(expect.any(String))
    const offered = shown().at(-1)
    expect(offered).toMatchObject({
      queue: { offeredTo: expect.any(String), offeredUntil: at(offered, 'about.offer.until') },
      about: { offer: { agent: { name: expect.any(String) }, reason: expect.any(String) } },
    })
    expect(Date.parse(String(at(offered, 'about.offer.until')))).toBeGreaterThan(Date.now() + 20_000)
    const customers = await stage.send(path, { key: token })
    expect(customers.text).not.toContain('offered')
    await tom.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'tom' })
    await expect.poll(() => at(shown().at(-1), 'about.offer')).toBeNull()
    await stream.close()
  })

  test('knows who is there and how much they carry, on connecting and on change', async () => {
    const stream = await followed(await stage.server.as('supervisor'), '/v1/desk/stream')
    await expect.poll(() => stream.of('ready').length).toBe(1)
    const now = (id: string) =>
      (stream.of('agents').at(-1)?.data as { id: string; presence: string; load: number }[]).find(
        (each) => each.id === id,
      )
    const uma = await stage.agent('uma', 'Uma')
    await expect.poll(() => now('uma')).toMatchObject({ name: 'Uma', presence: 'online' })
    const { path } = await stage.waiting('load')
    const before = now('uma')?.load ?? 0
    await uma.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'uma' })
    await expect.poll(() => now('uma')?.load).toBeGreaterThanOrEqual(Math.max(1, before))
    await uma.call('PUT', '/v1/agents/uma/presence', { status: 'away' })
    await expect.poll(() => now('uma')?.presence).toBe('away')
    await stream.close()
  })

  test('hears who types in conversations that it may see, and in no other', async () => {
    const mine = await stage.waiting('desk-typing')
    const vera = await stage.agent('vera', 'Vera')
    await vera.call('POST', `${mine.path}/events`, { type: 'agent.accept', agent: 'vera' })
    const others = await stage.server.admin.call('POST', '/v1/conversations', { flow: 'support', id: 'with-the-bot' })
    const stream = await followed(vera, '/v1/desk/stream')
    await expect.poll(() => stream.of('ready').length).toBe(1)
    await stage.server
      .with(String(at(others, 'customerToken')))
      .call('POST', '/v1/conversations/with-the-bot/typing', { typing: true })
    await mine.customer.call('POST', `${mine.path}/typing`, { typing: true })
    await expect
      .poll(() => dataOf(stream.of('typing')))
      .toEqual([{ conversation: 'desk-typing', from: 'customer', typing: true }])
    await stream.close()
  })
})

describe('Signing in', () => {
  test('a link opens the desk as that agent for half a day; only who manages agents makes one', async () => {
    await stage.agent('wim', 'Wim')
    const supervisor = await stage.server.as('supervisor')
    const made = await stage.send('/v1/agents/wim/link', { method: 'POST', key: supervisor.key })
    expect(made.status).toBe(201)
    const { url, key, expires } = made.body as { url: string; key: string; expires: string }
    expect(url).toBe(`${stage.server.url}/desk#key=${key}`)
    expect(Math.abs(Date.parse(expires) - Date.now() - 12 * 3_600_000)).toBeLessThan(60_000)
    const self = await stage.send('/v1/keys/self', { key })
    expect(self.body).toMatchObject({ role: 'agent', agent: 'wim', name: 'Wim' })
    expect((await stage.send('/v1/agents/wim/link', { method: 'POST', key })).status).toBe(403)
    expect((await stage.send('/v1/agents/nobody/link', { method: 'POST', key: supervisor.key })).status).toBe(404)
    const behindProxy = await stage.send('/v1/agents/wim/link', {
      method: 'POST',
      key: supervisor.key,
      headers: { Origin: stage.server.url },
    })
    expect(at(behindProxy.body, 'url')).toMatch(stage.server.url)
    const elsewhere = await stage.send('/v1/agents/wim/link', {
      method: 'POST',
      key: supervisor.key,
      headers: { Origin: 'https://evil.example' },
    })
    expect(at(elsewhere.body, 'url')).toMatch(stage.server.url)
  })
})

describe('A whisper', () => {
  test('of a supervisor reaches the agent and neither the customer nor a bot', async () => {
    const { path, token } = await stage.waiting('whisper')
    const xena = await stage.agent('xena', 'Xena')
    await xena.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'xena' })
    const made = (await stage.server.admin.call('POST', '/v1/keys', { role: 'supervisor', name: 'Maria' })) as {
      id: string
      key: string
    }
    const [customer, agent, bot] = await Promise.all(
      [stage.server.with(token), xena, await stage.server.as('bot')].map((each) => followed(each, `${path}/stream`)),
    )
    await stage.server.with(made.key).call('POST', `${path}/events`, { type: 'agent.note', text: 'Offer ten percent' })
    await xena.call('POST', `${path}/events`, { type: 'agent.message', text: 'The end' })
    for (const each of [customer, agent, bot]) await expect.poll(() => JSON.stringify(each?.seen)).toContain('The end')
    expect(agent?.of('note').at(-1)?.data).toMatchObject({
      text: 'Offer ten percent',
      by: { id: made.id, name: 'Maria' },
      whisper: true,
    })
    for (const each of [customer, bot]) {
      expect(JSON.stringify(each?.seen)).not.toContain('ten percent')
      await each?.close()
    }
    await agent?.close()
    expect((await stage.send(`${path}/transcript`, { key: token })).text).not.toContain('ten percent')
  })
})
