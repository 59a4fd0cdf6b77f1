/**
 * Server-sent events over a pull: nothing is read from the source before the client has taken what came earlier, so a
 * slow client costs one event of memory, or those that the source hands over together: they are written by one call.
 * While the source rests, a comment every `HEARTBEAT` keeps proxies from closing. Laws:
 * 1. The source ends (its signal aborts) when the client goes, when the server closes, and when the source fails.
 * 2. Nothing is sent to a client whose key, session or token was not found good in the last `RECHECK`; one that is good
 *    no more is told so by an event `ended`, and cut off, also while the source rests.
 * 3. Those who are all cut off at once by no fault of their own come back one by one: when the server goes, and when it
 *    cannot read, or nobody can say who may listen.
 */
import type { Logger } from 'pino'

export interface ServerSentEvent {
  readonly id?: string
  readonly event: string
  readonly data: object
}

/** What a source hands over at once. */
export type Handed = ServerSentEvent | readonly ServerSentEvent[]

const HEARTBEAT = 15_000
/** How long a client waits before it reconnects. */
const RETRY = 'retry: 2000\n\n'
/** Who is not admitted any more asks again at once, and hears why. */
const AT_ONCE = 'retry: 10\n\n'
/** Who are all cut off at once come back over so many milliseconds. */
const SCATTER = 4_000

/** With what a revocation takes to be believed, less than the five seconds in which it counts everywhere. */
const RECHECK = 2_000

interface Life {
  /** Aborts when the server goes. */
  readonly closing: AbortSignal
  readonly log: Pick<Logger, 'warn'>
  readonly heartbeat?: number
  /** Whether the client may still listen; always when left out. Rejects when nobody can say. */
  readonly stillAdmitted?: () => Promise<boolean>
  readonly recheck?: number
  /** Hears of each stream. */
  readonly feeds?: { opened(): void; closed(): void } | undefined
}

/** `source` is given a signal that aborts when nobody listens any more. */
export function eventStream(
  source: (signal: AbortSignal) => AsyncIterable<Handed>,
  { closing, log, heartbeat = HEARTBEAT, stillAdmitted, recheck = RECHECK, feeds }: Life,
): Response {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, closing])
  const encoder = new TextEncoder()
  const iterator = source(signal)[Symbol.asyncIterator]()
  let next: Coming<IteratorResult<Handed>> | undefined
  let ended = false
  let checkedAt = performance.now()
  feeds?.opened()

  /** A generator that rests at a `yield` hears no signal: it is told to return. */
  function end(): void {
    if (!ended) feeds?.closed()
    ended = true
    gone.abort()
    iterator.return?.().catch((error: unknown) => log.warn({ err: error }, 'The source of a stream did not end well.'))
  }

  async function mayListen(): Promise<boolean> {
    if (!stillAdmitted || performance.now() - checkedAt < recheck) return true
    checkedAt = performance.now()
    return stillAdmitted()
  }

  /** What is next, after rests in which the client is looked at. */
  async function following(): Promise<IteratorResult<Handed> | 'rest' | 'over' | 'refused'> {
    for (let left = heartbeat; left > 0; left -= recheck) {
      next ??= coming(iterator.next())
      const result = await next.within(stillAdmitted ? Math.min(left, recheck) : left, signal)
      if (result !== 'over' && !(await mayListen())) return 'refused'
      if (result !== 'rest') return result
      if (!stillAdmitted) break
    }
    return 'rest'
  }

  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(RETRY)),
    async pull(controller) {
      const result = await following().catch((error: unknown) => {
        log.warn({ err: error }, 'A stream ended because its source failed; the client comes back.')
        return 'failed' as const
      })
      if (result === 'rest') return controller.enqueue(encoder.encode(': still here\n\n'))
      next = undefined
      if (typeof result === 'object' && !result.done)
        return controller.enqueue(encoder.encode([result.value].flat().map(format).join('')))
      if (result === 'refused') controller.enqueue(encoder.encode(AT_ONCE + format(ENDED)))
      if (closing.aborted || result === 'failed')
        controller.enqueue(encoder.encode(`retry: ${Math.ceil(Math.random() * SCATTER)}\n\n`))
      end()
      controller.close()
    },
    cancel: end,
  })
  return new Response(body, { headers: HEADERS })
}

interface Coming<Value> {
  /** What comes first: the value, the time to say that we are still here, or the end. */
  within(wait: number, signal: AbortSignal): Promise<Value | 'rest' | 'over'>
}

/**
 * A promise that is looked at again and again while it rests. It is waited for once: it would keep all that was ever hung
 * on it, and a source may rest for days.
 */
function coming<Value>(promise: Promise<Value>): Coming<Value> {
  let isHere = false
  let wake: (() => void) | undefined
  const here = (): void => {
    isHere = true
    wake?.()
  }
  promise.then(here, here)
  return {
    async within(wait, signal) {
      if (isHere) return promise
      const what = await new Promise<'here' | 'rest' | 'over'>((resolve) => {
        const timer = setTimeout(() => settle('rest'), wait)
        const over = (): void => settle('over')
        const settle = (first: 'here' | 'rest' | 'over'): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', over)
          wake = undefined
          resolve(first)
        }
        wake = () => settle('here')
        signal.addEventListener('abort', over)
        if (signal.aborted) over()
      })
      return what === 'here' ? promise : what
    },
  }
}

function format({ id, event, data }: ServerSentEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${textOf(data)}\n\n`
}

/** What many are shown is written out once. Whoever gives data to a stream leaves it as it is. */
const texts = new WeakMap<object, string>()
function textOf(data: object): string {
  const known = texts.get(data)
  if (known !== undefined) return known
  const text = JSON.stringify(data)
  texts.set(data, text)
  return text
}

const ENDED: ServerSentEvent = {
  event: 'ended',
  data: { reason: 'The key or session has ended, or may now do other things.' },
}

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
}
