/** What people see does not depend on the node that they are connected to. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { agent, handClock, runtimeOn } from '../runtime/running.ts'

const database = testDatabase()
const clock = handClock()
let one: RunningRuntime
let other: RunningRuntime
const endings: AbortController[] = []
beforeAll(async () => {
  one = await runtimeOn(database.url, { clock })
  other = await runtimeOn(database.url, { clock })
})
afterEach(() => {
  for (const ending of endings.splice(0)) ending.abort()
})
afterAll(() => Promise.all([one.close(), other.close()]))

const SECOND = { timeout: 1_000, interval: 10 }
const says = (node: RunningRuntime, id: string, text: string) =>
  node.conversations.accept(id, { type: 'customer.message', text })

/** To whom it is offered, as the other node reads it. */
const offeredTo = async (id: string) =>
  (await other.conversations.snapshot(id)).machine.context.waiting?.offered?.agent.id

/** What a follower of this node has seen, and how to go away from it. */
function follow(node: RunningRuntime, id: string, after: number): { readonly seen: number[]; leave(): Promise<void> } {
  const ending = new AbortController()
  endings.push(ending)
  const seen: number[] = []
  const following = (async () => {
    for await (const { seq } of node.conversations.follow(id, after, ending.signal)) seen.push(seq)
  })()
  return {
    seen,
    leave: () => {
      ending.abort()
      return following
    },
  }
}

describe('Two nodes', () => {
  test('1. a stream that was read on one goes on at the other where it ended: nothing is missed, nothing comes twice', async () => {
    const id = 'moved'
    await one.conversations.start({ flow: 'support', id })
    const seen: number[] = []
    for (let round = 0; round < 6; round++) {
      const follower = follow(round % 2 === 0 ? one : other, id, seen.at(-1) ?? 0)
      await says(round % 3 === 0 ? one : other, id, `Message ${round}`)
      await expect.poll(() => follower.seen.length, SECOND).toBeGreaterThan(0)
      await follower.leave()
      await says(other, id, `While nobody looked ${round}`)
      seen.push(...follower.seen)
    }
    const last = follow(other, id, seen.at(-1) ?? 0)
    const { seq } = (await one.conversations.log(id)).at(-1) ?? { seq: 0 }
    await expect.poll(() => last.seen.at(-1), SECOND).toBe(seq)
    seen.push(...last.seen)
    expect(seen).toEqual(Array.from({ length: seq }, (_, index) => index + 1))
  })

  test('2. what one writes is seen by those who follow at the other within a second', async () => {
    const id = 'told'
    await one.conversations.start({ flow: 'support', id })
    const { seen } = follow(other, id, 0)
    await expect.poll(() => seen.length, SECOND).toBe(3)
    await says(one, id, 'Hello')
    await expect.poll(() => seen.length, SECOND).toBeGreaterThan(3)
  })

  test('3. an offer that one makes is on a desk at the other within a second, and is taken there', async () => {
    await one.desk.putAgent(agent('anna'))
    const ending = new AbortController()
    endings.push(ending)
    const hints: (string | null)[] = []
    const desk = (async () => {
      for await (const { conversation } of other.conversations.followAll(ending.signal)) hints.push(conversation)
    })()
    await one.conversations.start({ flow: 'support', id: 'offered' })
    await says(one, 'offered', 'I want to talk to a person')
    await one.desk.setPresence('anna', 'online')
    const offered = () => offeredTo('offered')
    await expect.poll(offered, SECOND).toBe('anna')
    await expect.poll(() => hints, SECOND).toContain('offered')
    const { conversation } = await other.conversations.accept('offered', { type: 'agent.accept', agent: 'anna' })
    expect(conversation.owner).toBe('agent:anna')
    await expect(one.conversations.accept('offered', { type: 'bot.message', text: 'Me too!' })).rejects.toMatchObject({
      code: 'not-owner',
    })
    ending.abort()
    await desk
  })

  test('4. who types at one is seen to type at the other', async () => {
    const typing: string[] = []
    const stop = other.conversations.onTyping(({ conversation }) => typing.push(conversation))
    await one.conversations.tellTyping('offered', { from: 'customer' }, true)
    await expect.poll(() => typing, SECOND).toEqual(['offered'])
    stop()
  })

  test('5. an agent whose node is gone stays online, and what was offered goes to somebody else when it is not taken', async () => {
    const third = await runtimeOn(database.url, { clock })
    await third.desk.putAgent(agent('ben'))
    await third.desk.setPresence('ben', 'online')
    await third.close()
    expect((await one.desk.agent('ben')).presence).toBe('online')
    await one.desk.setPresence('anna', 'away')
    await one.conversations.start({ flow: 'support', id: 'passed' })
    await says(one, 'passed', 'I want to talk to a person')
    const offered = () => offeredTo('passed')
    await expect.poll(offered, SECOND).toBe('ben')
    await one.desk.setPresence('anna', 'online')
    clock.skip(10 * 60_000)
    await other.settle()
    await expect.poll(offered, { timeout: 5_000 }).not.toBe('ben')
  })
})
