/** Who is revoked hears nothing more: within five seconds, on open streams, on every node. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { eventStream, type ServerSentEvent } from '#server/http/sse.ts'
import { TRUSTED } from '#server/identity/revision.ts'

const PROMISED = 5_000
const log = { warn: () => undefined }

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A stream whose source says something every `pace` milliseconds, or rests for ever. */
function open(stillAdmitted: () => Promise<boolean>, pace?: number) {
  const aborted: AbortSignal[] = []
  async function* source(signal: AbortSignal): AsyncIterable<ServerSentEvent> {
    aborted.push(signal)
    const gone = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    for (let count = 1; ; count++) {
      await Promise.race([gone, new Promise((resolve) => pace !== undefined && setTimeout(resolve, pace))])
      if (signal.aborted) return
      yield { event: 'message', data: { count } }
    }
  }
  const closing = new AbortController()
  const response = eventStream(source, { closing: closing.signal, log, stillAdmitted })
  const heard = { text: '', isOver: false }
  void response.body?.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write: (text) => void (heard.text += text),
      close: () => void (heard.isOver = true),
    }),
  )
  return { heard, isAborted: () => aborted[0]?.aborted === true }
}

describe('law: a client is sent nothing once its key was found no longer good, which is asked every two seconds', () => {
  test.each([
    ['that rests', undefined],
    ['that says something all the time', 10],
    ['that says something now and then', 3_000],
  ])('on a stream %s', async (_, pace) => {
    let revokedAt: number | undefined
    const { heard, isAborted } = open(async () => {
      // Another node believes what it knew for so long.
      return revokedAt === undefined || performance.now() - revokedAt < TRUSTED
    }, pace)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heard.isOver).toBe(false)
    expect(heard.text).toMatch(pace === undefined ? /: still here/ : /"count":\d/)
    revokedAt = performance.now()
    await vi.advanceTimersByTimeAsync(PROMISED)
    expect(heard.text).toMatch(/event: ended\ndata: \{"reason":"[^"]+"\}\n\n$/)
    expect(heard.isOver).toBe(true)
    expect(isAborted()).toBe(true)
  })

  test('a stream whose key cannot be asked about ends, and is not told that the key has ended', async () => {
    const { heard } = open(() => Promise.reject(new Error('the database is gone')))
    await vi.advanceTimersByTimeAsync(PROMISED)
    expect(heard.isOver).toBe(true)
    expect(heard.text).not.toContain('event: ended')
  })

  test('where nobody can ask about any key, all come back one by one', async () => {
    const streams = Array.from({ length: 40 }, () => open(() => Promise.reject(new Error('the database is gone'))))
    await vi.advanceTimersByTimeAsync(PROMISED)
    const waits = streams.map(({ heard }) => Number(/retry: (\d+)\n\n$/.exec(heard.text)?.[1]))
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(1_000)
  })
})
