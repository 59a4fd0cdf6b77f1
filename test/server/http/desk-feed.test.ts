import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { createDeskFeed } from '#server/http/desk-feed.ts'
import type { ServerSentEvent } from '#server/http/sse.ts'
import type { Conversations, Hint } from '#server/runtime/runtime.ts'
import { createWorld } from './world.ts'

const QUEUE = {
  ...{ position: 1, eta: null, within: null, priority: 0 },
  waitingSince: '2026-03-02T10:00:00.000Z',
}

/** A desk's feed that hears of what changed when the test says so. `other` stands in for parts of the runtime. */
async function stage(other: (real: Conversations) => Partial<Conversations> = () => ({})) {
  const world = createWorld()
  await world.as('bot').post('/v1/conversations', { flow: 'support', id: 'chat-1' })
  await world.as('admin').put('/v1/agents/anna', { name: 'Anna', teams: ['sales'] })
  const listeners = new Set<(hint: Hint) => void>()
  async function* followAll(signal: AbortSignal): AsyncGenerator<Hint> {
    const heard: Hint[] = []
    let wake = (): void => {}
    const hear = (hint: Hint): void => {
      heard.push(hint)
      wake()
    }
    listeners.add(hear)
    signal.addEventListener('abort', () => wake())
    while (!signal.aborted) {
      for (let hint = heard.shift(); hint !== undefined; hint = heard.shift()) yield hint
      await new Promise<void>((resolve) => (wake = resolve))
    }
    listeners.delete(hear)
  }
  const real = world.deps.runtime.conversations
  const closing = new AbortController()
  onTestFinished(() => closing.abort())
  const feed = createDeskFeed({
    runtime: { ...world.deps.runtime, conversations: { ...real, followAll, ...other(real) } },
    closing: closing.signal,
    log: pino({ level: 'silent' }),
  })
  return {
    ...world,
    hint: (hint: Hint) => listeners.forEach((hear) => hear(hint)),
    /** What a desk has been shown so far, and how it leaves. */
    opens(agent?: string) {
      const shown: ServerSentEvent[] = []
      const gone = new AbortController()
      const signal = AbortSignal.any([gone.signal, closing.signal])
      const ended = (async () => {
        for await (const events of feed.watch(agent === undefined ? {} : { agent }, signal)) shown.push(...events)
      })()
      return {
        names: () => shown.map(({ event }) => event),
        of: (event: string) => shown.filter((each) => each.event === event).map(({ data }) => data),
        leaves: () => (gone.abort(), ended),
      }
    },
  }
}
const waitsFor = (team: string) => ({ phase: 'queued', owner: 'queue', queue: { ...QUEUE, team } }) as const

test('what ends while a desk takes its first look is not shown to it as waiting', async () => {
  let looked = 0
  let ends = (): void => {}
  const desk = await stage((real) => ({
    async deskList(query) {
      const page = await real.deskList(query)
      if (query.phase !== 'queued') return page
      ends()
      await expect.poll(() => looked).toBe(1)
      return page
    },
    async deskViews(ids) {
      const views = await real.deskViews(ids)
      setImmediate(() => looked++)
      return views
    },
  }))
  desk.conversations.set('chat-1', waitsFor('sales'))
  ends = () => {
    desk.conversations.set('chat-1', { phase: 'bot', owner: 'bot' })
    desk.hint({ conversation: 'chat-1', seq: 9 })
  }
  const supervisor = desk.opens()
  await expect.poll(supervisor.names).toContain('ready')
  expect(supervisor.of('conversation')).toEqual([])
})

test('what ended while hints were missed is taken back from the desks that show it', async () => {
  const desk = await stage()
  desk.conversations.set('chat-1', waitsFor('sales'))
  const supervisor = desk.opens()
  await expect.poll(() => supervisor.of('conversation')).toHaveLength(1)
  desk.conversations.set('chat-1', { phase: 'bot', owner: 'bot' })
  desk.hint({ conversation: null, missed: true })
  await expect.poll(() => supervisor.of('gone')).toEqual([{ id: 'chat-1' }])
})

test('what could not be read because the database was away is read when it is back', async () => {
  const desk = await stage()
  const supervisor = desk.opens()
  await expect.poll(supervisor.names).toContain('ready')
  const { RuntimeError } = await import('#server/runtime/runtime.ts')
  desk.conversations.set('chat-1', waitsFor('sales'))
  desk.conversations.failWith(new RuntimeError('unavailable', 'The database does not answer.'))
  desk.hint({ conversation: 'chat-1', seq: 9 })
  await expect.poll(() => supervisor.of('conversation')).toMatchObject([{ id: 'chat-1' }])
})

test('an agent of another team now sees who waits for it, and no more who waits for the one before', async () => {
  const desk = await stage()
  const puts = (...teams: readonly string[]) => desk.as('admin').put('/v1/agents/anna', { name: 'Anna', teams })
  desk.conversations.set('chat-1', waitsFor('billing'))
  const anna = desk.opens('anna')
  await expect.poll(anna.names).toContain('ready')
  desk.hint({ conversation: null })
  await puts('billing')
  desk.hint({ conversation: null })
  await expect.poll(() => anna.of('conversation')).toMatchObject([{ id: 'chat-1' }])
  await puts('sales')
  desk.hint({ conversation: null })
  await expect.poll(() => anna.of('gone')).toEqual([{ id: 'chat-1' }])
})

test('who was there before a desk opened, and is again, is shown as there', async () => {
  const desk = await stage()
  const presence = async (status: string) => {
    await desk.as('admin').put('/v1/agents/anna/presence', { status })
    desk.hint({ conversation: null })
  }
  const first = desk.opens()
  await expect.poll(first.names).toContain('ready')
  await presence('online')
  await expect.poll(() => first.of('agents').at(-1)).toMatchObject([{ presence: 'online' }])
  await first.leaves()
  await presence('offline')
  const second = desk.opens()
  await expect.poll(second.names).toContain('ready')
  expect(second.of('agents').at(-1)).toMatchObject([{ presence: 'offline' }])
  await presence('online')
  await expect.poll(() => second.of('agents').at(-1)).toMatchObject([{ presence: 'online' }])
})
