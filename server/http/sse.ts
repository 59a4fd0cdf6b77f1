/**
 * Server-sent events over a pull: nothing is read from the source before the client has taken what came earlier, so a
 * slow client costs one event of memory. While the source rests, a comment every `HEARTBEAT` keeps proxies from
 * closing. Law: the source ends (its signal aborts) when the client goes, when the server closes, and when the source
 * fails.
 */
import type { Logger } from 'pino'

export interface ServerSentEvent {
  readonly id?: string
  readonly event: string
  readonly data: unknown
}

const HEARTBEAT = 15_000
/** How long a client waits before it reconnects. */
const RETRY = 'retry: 2000\n\n'

interface Life {
  /** Aborts when the server goes. */
  readonly closing: AbortSignal
  readonly log: Pick<Logger, 'warn'>
  readonly heartbeat?: number
}

/** `source` is given a signal that aborts when nobody listens any more. */
export function eventStream(
  source: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
  { closing, log, heartbeat = HEARTBEAT }: Life,
): Response {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, closing])
  const encoder = new TextEncoder()
  const iterator = source(signal)[Symbol.asyncIterator]()
  let next: Promise<IteratorResult<ServerSentEvent>> | undefined

  /** A generator that rests at a `yield` hears no signal: it is told to return. */
  function end(): void {
    gone.abort()
    iterator.return?.().catch((error: unknown) => log.warn({ err: error }, 'The source of a stream did not end well.'))
  }

  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(RETRY)),
    async pull(controller) {
      next ??= iterator.next()
      const result = await within(next, heartbeat, signal).catch((error: unknown) => {
        log.warn({ err: error }, 'A stream ended because its source failed; the client comes back.')
        return 'over' as const
      })
      if (result === 'rest') return controller.enqueue(encoder.encode(': still here\n\n'))
      next = undefined
      if (result !== 'over' && !result.done) return controller.enqueue(encoder.encode(format(result.value)))
      end()
      controller.close()
    },
    cancel: end,
  })
  return new Response(body, { headers: HEADERS })
}

/** What comes first: the promise, the time to say that we are still here, or the end. */
function within<Value>(promise: Promise<Value>, wait: number, signal: AbortSignal): Promise<Value | 'rest' | 'over'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve('rest')), wait)
    const over = (): void => settle(() => resolve('over'))
    const settle = (done: () => void): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      done()
    }
    signal.addEventListener('abort', over)
    if (signal.aborted) over()
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}

function format({ id, event, data }: ServerSentEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
}
