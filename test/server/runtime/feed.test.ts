import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { createDeskFeed } from '#server/http/desk-feed.ts'
import type { QueueView } from '#server/runtime/runtime.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { agent, runtimeOn } from './running.ts'

const database = testDatabase()
let runtime: RunningRuntime
let other: RunningRuntime

beforeAll(async () => {
  runtime = await runtimeOn(database.url)
  other = await runtimeOn(database.url)
})
afterAll(() => Promise.all([runtime.close(), other.close()]))

async function followed(node: RunningRuntime, id: string, after: number, until: number): Promise<readonly number[]> {
  const seen: number[] = []
  const ending = new AbortController()
  for await (const { seq } of node.conversations.follow(id, after, ending.signal)) {
    seen.push(seq)
    if (seq >= until) ending.abort()
  }
  return seen
}
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const says = (id: string, node = runtime) => node.conversations.accept(id, { type: 'customer.message', text: 'Hi' })

describe('Following a conversation', () => {
  test('brings every entry once and in order, on any node, while it is written on any node', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'c' })
    const TURNS = 30
    const last = 3 + 2 * TURNS
    const following = [runtime, other, other].map((node) => followed(node, 'c', 0, last))
    for (let turn = 0; turn < TURNS; turn++) await says('c', turn % 2 === 0 ? runtime : other)
    for (const seen of await Promise.all(following)) expect(seen).toEqual(upTo(1, last))
  })

  test('resumes after the last entry seen, without a gap, also in the middle of an event', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'resume' })
    await says('resume')
    const { seq } = await runtime.conversations.snapshot('resume')
    for (let after = 0; after < seq; after++)
      expect(await followed(runtime, 'resume', after, seq)).toEqual(upTo(after + 1, seq))
  })

  test('ends when the follower goes, and when the server closes', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'ends' })
    const node = await runtimeOn(database.url)
    const gone = new AbortController()
    const left = (async () => {
      for await (const _ of node.conversations.follow('ends', 0, gone.signal));
    })()
    const stays = (async () => {
      for await (const _ of node.conversations.follow('ends', 0, new AbortController().signal));
    })()
    const all = (async () => {
      for await (const _ of node.conversations.followAll(new AbortController().signal));
    })()
    gone.abort()
    await left
    await node.close()
    await Promise.all([stays, all])
  })
})

describe('Following everything', () => {
  test('tells when who works has changed, also on another node, and the desk’s streams show the queues anew', async () => {
    const ending = new AbortController()
    let hints = 0
    const following = (async () => {
      for await (const { conversation } of other.conversations.followAll(ending.signal))
        if (conversation === null) hints++
    })()
    const changes = [
      () => runtime.desk.putAgent(agent('ada')),
      () => runtime.desk.setPresence('ada', 'online'),
      () => runtime.desk.putTeam({ id: 'billing', name: 'Billing' }),
      () => other.desk.setPresence('ada', 'away'),
    ]
    for (const change of changes) {
      const before = hints
      await change()
      await expect.poll(() => hints).toBeGreaterThan(before)
    }

    const desk = createDeskFeed({ runtime: other, closing: ending.signal, log: pino({ level: 'silent' }) })
    const online: (number | undefined)[] = []
    const watching = (async () => {
      for await (const letters of desk.watch({}, ending.signal))
        for (const { event, data } of letters)
          if (event === 'queues') online.push((data as readonly QueueView[])[0]?.agents.online)
    })()
    await expect.poll(() => online).toEqual([0])
    await runtime.desk.setPresence('ada', 'online')
    await expect.poll(() => online.at(-1)).toBe(1)
    ending.abort()
    await Promise.all([following, watching])
  })

  test('tells which conversations have changed, also on another node', async () => {
    const ending = new AbortController()
    const seen = new Map<string, number>()
    const following = (async () => {
      for await (const { conversation, seq } of other.conversations.followAll(ending.signal))
        if (conversation !== null) seen.set(conversation, seq)
    })()
    await runtime.conversations.start({ flow: 'support', id: 'all-1' })
    await other.conversations.start({ flow: 'support', id: 'all-2' })
    await says('all-1')
    await expect
      .poll(() => seen)
      .toEqual(
        new Map([
          ['all-1', 5],
          ['all-2', 3],
        ]),
      )
    ending.abort()
    await following
  })
})
