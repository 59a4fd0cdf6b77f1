import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { follow, type FeedEvent } from '#ui/feed.ts'

const begun: { readonly resume: string | null; tell(text: string): void; ends(): void }[] = []

beforeEach(() => {
  vi.useFakeTimers()
  begun.length = 0
  // A server that takes every call and says what the test lets it say. A call that is given up ends as a browser’s.
  vi.stubGlobal(
    'fetch',
    async (_: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) => {
      const body = new TransformStream<Uint8Array, Uint8Array>()
      const writer = body.writable.getWriter()
      signal.addEventListener('abort', () => void writer.abort(signal.reason).catch(() => {}))
      begun.push({
        resume: headers['Last-Event-ID'] ?? null,
        tell: (text) => void writer.write(new TextEncoder().encode(text)),
        ends: () => void writer.close(),
      })
      return new Response(body.readable)
    },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a line that falls silent is begun anew, from the last event that came whole', async () => {
  const events: FeedEvent[] = []
  const states: string[] = []
  const feed = follow(
    { base: '', key: null },
    '/stream',
    (event) => events.push(event),
    (state) => states.push(state),
  )
  await vi.advanceTimersByTimeAsync(0)
  begun[0]?.tell('id: 4\nevent: message\ndata: {}\n\nid: 5\nevent: mess')
  await vi.advanceTimersByTimeAsync(39_000)
  expect(states).toEqual(['open'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(states).toEqual(['open', 'waiting', 'open'])
  expect(begun.map(({ resume }) => resume)).toEqual([null, '4'])
  begun[1]?.tell('id: 5\nevent: message\ndata: {}\n\n')
  await vi.advanceTimersByTimeAsync(0)
  expect(events.map(({ id }) => id)).toEqual(['4', '5'])
  feed.close()
})

test('a line on which the server only says that it is there is kept', async () => {
  const feed = follow({ base: '', key: null }, '/stream', () => {})
  await vi.advanceTimersByTimeAsync(0)
  for (let quarter = 0; quarter < 20; quarter++) {
    begun[0]?.tell(': still here\n\n')
    await vi.advanceTimersByTimeAsync(15_000)
  }
  expect(begun).toHaveLength(1)
  feed.close()
})

test('a line on which nothing comes at all is begun anew', async () => {
  const feed = follow({ base: '', key: null }, '/stream', () => {})
  await vi.advanceTimersByTimeAsync(39_000)
  expect(begun).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(begun).toHaveLength(2)
  feed.close()
})

test('a line that the server ends because the key has ended asks again at once, and hears why', async () => {
  const states: string[] = []
  const events: string[] = []
  const refused: string[] = []
  follow(
    { base: '', key: 'revoked', refused: (key) => refused.push(key) },
    '/stream',
    ({ event }) => events.push(event),
    (state, refusal) => states.push(refusal === undefined ? state : `${state} ${refusal.status}`),
  )
  await vi.advanceTimersByTimeAsync(0)
  vi.stubGlobal('fetch', async () => Response.json({ type: '/problems/unauthorized' }, { status: 401 }))
  begun[0]?.tell('retry: 10\n\nevent: ended\ndata: {"reason":"The key has ended."}\n\n')
  begun[0]?.ends()
  await vi.advanceTimersByTimeAsync(10)
  expect(states).toEqual(['open', 'waiting', 'refused 401'])
  expect(refused).toEqual(['revoked'])
  expect(events).toEqual(['ended'])
})

test('a line that was ended goes on at once where the key may do other things now, from the last event', async () => {
  const feed = follow({ base: '', key: 'changed' }, '/stream', () => {})
  await vi.advanceTimersByTimeAsync(0)
  begun[0]?.tell('id: 4\nevent: message\ndata: {}\n\nretry: 10\n\nevent: ended\ndata: {}\n\n')
  begun[0]?.ends()
  await vi.advanceTimersByTimeAsync(10)
  expect(begun.map(({ resume }) => resume)).toEqual([null, '4'])
  feed.close()
})

test('a server that is away is asked ever less often, but so often as the follower wants', async () => {
  let calls = 0
  vi.stubGlobal('fetch', async () => {
    calls += 1
    throw new TypeError('nobody is there')
  })
  const seldomly = follow({ base: '', key: null }, '/stream', () => {})
  await vi.advanceTimersByTimeAsync(300_000)
  seldomly.close()
  const seldom = calls
  const none = (): void => {}
  const often = follow({ base: '', key: null }, '/stream', none, none, 5_000)
  await vi.advanceTimersByTimeAsync(300_000)
  often.close()
  expect(seldom).toBeLessThan(20)
  expect(calls - seldom).toBeGreaterThan(55)
})
