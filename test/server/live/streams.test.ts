import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestServer } from '#test/driver/server.ts'
import { at } from '../http/world.ts'
import { followed } from './events.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let other: TestServer
beforeAll(async () => {
  stage = await openStage()
  other = await stage.another()
})
afterAll(() => stage.close())

const dataOf = (events: readonly { readonly data: unknown }[]) => events.map((each) => each.data)

describe('A customer’s stream', () => {
  test('says first where the conversation stands, then whenever that changes, on any server', async () => {
    const { path, token } = await stage.waiting('view')
    const stream = await followed(other.with(token), `${path}/stream`)
    await expect.poll(() => stream.of('message').length).toBe(3)
    expect(stream.seen[0]).toMatchObject({
      id: undefined,
      event: 'view',
      data: { phase: 'queued', queue: { position: 1 } },
    })
    expect(at(stream.seen[0]?.data, 'queue.offeredTo')).toBeUndefined()

    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'sarah' })
    await expect
      .poll(() => dataOf(stream.of('view')).at(-1))
      .toMatchObject({ phase: 'agentActive', agent: { name: 'Sarah' } })
    // What was offered in between is not the customer's to know; what only raised the version is no news.
    const views = stream.of('view').length
    for (const text of ['one', 'two', 'three'])
      await sarah.call('POST', `${path}/events`, { type: 'agent.message', text })
    await sarah.call('POST', `${path}/events`, { type: 'agent.note', text: 'not for the customer' })
    await expect.poll(() => stream.of('message').at(-1)?.data).toMatchObject({ text: 'three' })
    expect(stream.of('view')).toHaveLength(views)
    // The time it takes may be told anew while they wait: that Sarah is there shortens it.
    const phases = dataOf(stream.of('view')).map((view) => at(view, 'phase'))
    expect(phases.filter((phase, index) => phase !== phases[index - 1])).toEqual(['queued', 'agentActive'])
    expect(phases.filter((phase) => phase === 'agentActive')).toHaveLength(1)
    expect(JSON.stringify(stream.seen)).not.toMatch(/offered|not for the customer/)
    await stream.close()
  })

  test('moves the place up when somebody before goes, though nothing happened to the customer’s own', async () => {
    // One after the other: of who comes at once nobody knows who is first.
    const first = await stage.waiting('place-1')
    await stage.waiting('place-2')
    const last = await stage.waiting('place-3')
    const stream = await followed(other.with(last.token), `${last.path}/stream`)
    const position = (): unknown => at(stream.of('view').at(-1)?.data, 'queue.position')
    await expect.poll(position).toBeGreaterThan(1)
    const before = Number(position())
    const { version } = stream.of('view').at(-1)?.data as { version: number }
    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${first.path}/events`, { type: 'agent.accept', agent: 'sarah' })
    await expect.poll(position).toBeLessThan(before)
    expect(stream.of('view').every((each) => each.id === undefined)).toBe(true)
    expect(version).toBeGreaterThan(0)
    await stream.close()
  })

  test('resumes without a gap and nothing twice, however often it is cut, while views and typing come between', async () => {
    const { path, token } = await stage.waiting('resume')
    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'sarah' })
    const heard: string[] = []
    let after = '0'
    for (let round = 0; round < 6; round++) {
      const server = round % 2 === 0 ? stage.server : other
      const stream = await followed(server.with(token), `${path}/stream?after=${after}`)
      await sarah.call('POST', `${path}/typing`, { typing: true })
      for (let turn = 0; turn < 5; turn++) {
        const text = `${round}-${turn}`
        await sarah.call('POST', `${path}/events`, { type: 'agent.message', text })
        if (turn === round % 5)
          await expect.poll(() => stream.of('message').some((each) => at(each.data, 'text') === text)).toBe(true)
      }
      await stream.close()
      expect(
        stream.seen
          .filter((each) => each.event === 'view' || each.event === 'typing')
          .every((each) => each.id === undefined),
      ).toBe(true)
      heard.push(...stream.of('message').map((each) => String(at(each.data, 'text'))))
      after = stream.lastId() ?? after
    }
    const stream = await followed(stage.server.with(token), `${path}/stream?after=${after}`)
    await expect.poll(() => [...heard, ...stream.of('message').map((each) => at(each.data, 'text'))].at(-1)).toBe('5-4')
    heard.push(...stream.of('message').map((each) => String(at(each.data, 'text'))))
    await stream.close()
    const said = Array.from({ length: 30 }, (_, index) => `${Math.floor(index / 5)}-${index % 5}`)
    expect(heard.filter((text) => /^\d-\d$/.test(text))).toEqual(said)
    expect(new Set(heard).size).toBe(heard.length)
  })
})

describe('Typing', () => {
  test('crosses from one server to another, both ways, and leaves no trace in the log', async () => {
    const { path, token } = await stage.waiting('typing')
    const sarah = await stage.agent('sarah', 'Sarah')
    await sarah.call('POST', `${path}/events`, { type: 'agent.accept', agent: 'sarah' })
    const customer = await followed(stage.server.with(token), `${path}/stream`)
    const there = await other.as('agent', 'sarah')
    const agent = await followed(there, `${path}/stream`)
    await expect.poll(() => [customer, agent].every((each) => each.seen.length > 0)).toBe(true)
    const length = async (): Promise<number> =>
      ((await sarah.call('GET', `${path}/log`)) as { items: unknown[] }).items.length
    const before = await length()
    await there.call('POST', `${path}/typing`, { typing: true })
    await expect
      .poll(() => dataOf(customer.of('typing')))
      .toEqual([{ from: 'agent', agent: { id: 'sarah', name: 'Sarah' }, typing: true }])
    await stage.server.with(token).call('POST', `${path}/typing`, { typing: true })
    await expect.poll(() => dataOf(agent.of('typing'))).toContainEqual({ from: 'customer', typing: true })
    expect(await length()).toBe(before)
    await Promise.all([customer.close(), agent.close()])
  })

  test('much of it is told once a second, and how it ended is not lost', async () => {
    const { path, token } = await stage.waiting('typing-much')
    const stream = await followed(other.with(stage.server.admin.key), `${path}/stream`)
    await expect.poll(() => stream.of('view').length).toBe(1)
    for (let turn = 0; turn < 10; turn++)
      await stage.server.with(token).call('POST', `${path}/typing`, { typing: turn % 2 === 0 })
    await expect
      .poll(() => dataOf(stream.of('typing')))
      .toEqual([
        { from: 'customer', typing: true },
        { from: 'customer', typing: false },
      ])
    await stream.close()
  })

  test('is shown of who has the word only, and never of or to another’s conversation', async () => {
    const [mine, theirs] = [await stage.waiting('typing-mine'), await stage.waiting('typing-theirs')]
    const sarah = await stage.agent('sarah', 'Sarah')
    const tom = await stage.agent('tom', 'Tom')
    const stream = await followed(stage.server.with(mine.token), `${mine.path}/stream`)
    await expect.poll(() => stream.of('view').length).toBe(1)
    const bot = await stage.server.as('bot')
    // The queue has it: neither the bot nor anybody else has the word.
    for (const nobody of [bot, sarah]) await nobody.call('POST', `${mine.path}/typing`, { typing: true })
    await sarah.call('POST', `${mine.path}/events`, { type: 'agent.accept', agent: 'sarah' })
    await tom.call('POST', `${mine.path}/typing`, { typing: true })
    await expect(stage.server.with(mine.token).call('POST', `${theirs.path}/typing`, { typing: true })).rejects.toThrow(
      '404',
    )
    await expect(sarah.call('POST', '/v1/conversations/none/typing', { typing: true })).rejects.toThrow('404')
    const supervisor = await stage.server.as('supervisor')
    await supervisor.call('POST', `${mine.path}/typing`, { typing: true })
    await expect
      .poll(() => dataOf(stream.of('typing')))
      .toEqual([{ from: 'agent', agent: { id: 'sarah', name: 'Sarah' }, typing: true }])
    await stream.close()
  })
})

test('a customer’s token opens no stream but its own', async () => {
  const [mine, theirs] = [await stage.waiting('own'), await stage.waiting('foreign')]
  for (const path of [`${theirs.path}/stream`, '/v1/conversations/none/stream'])
    expect((await stage.send(path, { key: mine.token })).status).toBe(404)
  expect((await stage.send('/v1/desk/stream', { key: mine.token })).status).toBe(403)
  expect((await stage.send('/v1/desk/conversations', { key: mine.token })).status).toBe(403)
})
