import { describe, expect, test } from 'vitest'
import { OutboundError, persist, realPause, type OutboundAnswer } from '#server/network/index.ts'
import type { OutboundCode } from '#server/network/index.ts'

type Reply = number | OutboundCode | OutboundAnswer

/** Plays the replies one after another and keeps the pauses instead of waiting. */
async function play(
  replies: readonly Reply[],
  tries = replies.length + 1,
): Promise<{ end: string | number; pauses: number[]; sent: number }> {
  const pauses: number[] = []
  let sent = 0
  const send = async (): Promise<OutboundAnswer> => {
    const reply = replies[sent]
    sent += 1
    if (reply === undefined) throw new Error('asked once too often')
    if (typeof reply === 'string') throw new OutboundError(reply, reply)
    return typeof reply === 'number' ? { status: reply, headers: {}, body: '' } : reply
  }
  const end = await persist(send, {
    tries,
    clock: { now: () => Date.parse('2026-03-01T12:00:00Z') },
    signal: new AbortController().signal,
    pause: async (milliseconds) => {
      pauses.push(milliseconds)
    },
  }).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof OutboundError ? error.code : String(error)),
  )
  return { end, pauses, sent }
}
const asking = (status: number, wish: string): OutboundAnswer => ({
  status,
  headers: { 'retry-after': wish },
  body: '',
})

describe('a request that is sent until it is answered', () => {
  test.each([200, 201, 204, 301, 400, 401, 403, 404, 409, 410, 422])(
    '1. an answer that means what it says is taken at once: %i',
    async (status) => {
      expect(await play([status])).toEqual({ end: status, pauses: [], sent: 1 })
    },
  )

  test.each<Reply>([408, 425, 429, 500, 502, 503, 504, 599, 'unreachable', 'timeout'])(
    '2. what may pass is tried again: %s',
    async (reply) => {
      expect(await play([reply, 200])).toEqual({ end: 200, pauses: [500], sent: 2 })
    },
  )

  test.each<OutboundCode>(['refused', 'too-large', 'unreadable', 'aborted'])(
    '3. what would not change is not tried again: %s',
    async (code) => {
      expect(await play([code, 200])).toEqual({ end: code, pauses: [], sent: 1 })
    },
  )

  test('4. the pauses double up to eight seconds', async () => {
    expect((await play([500, 500, 500, 500, 500, 500, 'timeout', 200])).pauses).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
    ])
  })

  test('5. after the last try its answer or its fault is the end', async () => {
    expect(await play([500, 502, 503, 200], 3)).toMatchObject({ end: 503, sent: 3, pauses: [500, 1_000] })
    expect(await play([500, 'timeout', 200], 2)).toMatchObject({ end: 'timeout', sent: 2 })
    expect(await play([503], 1)).toMatchObject({ end: 503, sent: 1, pauses: [] })
  })

  test('6. Retry-After is followed, as seconds or as a date, and a wish past 20 s ends the tries', async () => {
    expect(
      (
        await play([
          asking(429, '3'),
          asking(503, 'Sun, 01 Mar 2026 12:00:07 GMT'),
          asking(503, 'Sun, 01 Mar 2026 11:00:00 GMT'),
          200,
        ])
      ).pauses,
    ).toEqual([3_000, 7_000, 0])
    expect((await play([asking(429, 'soon'), 200])).pauses).toEqual([500])
    expect(await play([asking(429, '21'), 200])).toEqual({ end: 429, pauses: [], sent: 1 })
  })

  test('7. a caller who gives up ends the pause', async () => {
    const caller = new AbortController()
    const sending = persist(async () => ({ status: 503, headers: {}, body: '' }), {
      tries: 5,
      clock: { now: () => 0 },
      signal: caller.signal,
      pause: realPause,
    })
    caller.abort(new Error('going down'))
    await expect(sending).rejects.toMatchObject({ name: 'AbortError', cause: { message: 'going down' } })
  })
})
