/**
 * Server-sent events with the key in a header (the browser's own EventSource cannot send one) and a resume without a
 * gap. States: connecting -> open -> (the stream ends, fails or falls silent) waiting -> connecting, from the last id
 * that was seen; closed ends it. The server says how long to wait (`retry:`); failures wait twice as long each time,
 * half a minute at most or what the follower says. A server that rests says so every quarter of a minute: a line that is silent for longer is
 * dead, though the browser may not know it yet. A server that ends the stream because the key has ended or may do other
 * things now has it asked again at once (`retry:`): its answer says which.
 */
import { ApiProblem, request, type Connection } from './request.ts'

export interface FeedEvent {
  readonly id: string
  readonly event: string
  readonly data: unknown
}

export interface Feed {
  close(): void
}

const RETRY = 2_000
const LONGEST = 30_000
const SILENT = 40_000

type OnState = (state: 'open' | 'waiting' | 'refused', refusal?: ApiProblem) => void

/**
 * Follows `path` until closed. `onState` hears whether events can come now. A refusal that will not pass ends the
 * feed, and is told with its reason. `longest`: the wait before a next try at most, in milliseconds.
 */
export function follow(
  connection: Connection,
  path: string,
  onEvent: (event: FeedEvent) => void,
  onState: OnState = () => {},
  longest = LONGEST,
): Feed {
  const gone = new AbortController()
  void run(connection, path, onEvent, onState, longest, gone.signal)
  return { close: () => gone.abort() }
}

async function run(
  connection: Connection,
  path: string,
  onEvent: (event: FeedEvent) => void,
  onState: OnState,
  longest: number,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0
  const reader = createReader(onEvent)
  while (!signal.aborted) {
    const line = watched(signal)
    try {
      const resume = reader.lastId() === '' ? {} : { 'Last-Event-ID': reader.lastId() }
      const headers = { Accept: 'text/event-stream', ...resume }
      const answer = await request(connection, path, { headers, signal: line.signal })
      failures = 0
      onState('open')
      await drain(answer, (text) => {
        line.lives()
        reader.read(text)
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiProblem && !error.passes) return onState('refused', error)
      failures += 1
    } finally {
      line.end()
      reader.reset()
    }
    if (signal.aborted) return
    onState('waiting')
    await pause(Math.min(longest, reader.retry() * 2 ** Math.max(0, failures - 1)), signal)
  }
}

/** One connection: its signal aborts with the whole feed, and when it has been silent for too long. */
function watched(whole: AbortSignal) {
  const own = new AbortController()
  const cut = (): void => own.abort()
  whole.addEventListener('abort', cut, { once: true })
  let timer = setTimeout(cut, SILENT)
  return {
    signal: own.signal,
    lives(): void {
      clearTimeout(timer)
      timer = setTimeout(cut, SILENT)
    },
    end(): void {
      clearTimeout(timer)
      whole.removeEventListener('abort', cut)
    },
  }
}

async function drain(answer: Response, read: (text: string) => void): Promise<void> {
  const body = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const part = await body?.read()
    if (part === undefined || part.done) return
    read(part.value)
  }
}

/** Reads the text/event-stream format as its parts come in, whole or broken anywhere. */
export function createReader(onEvent: (event: FeedEvent) => void) {
  // An id counts once its event is whole: what broke off is asked for again.
  let [rest, id, seen, retry] = ['', '', '', RETRY]
  let [name, data]: [string, string[]] = ['', []]

  const take = (line: string): void => {
    if (line === '') {
      seen = id
      if (data.length > 0) onEvent({ id, event: name || 'message', data: parse(data.join('\n')) })
      ;[name, data] = ['', []]
      return
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') name = value
    else if (field === 'id') id = value
    else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value)
  }
  return {
    read(text: string): void {
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    },
    /** A stream that ended in the middle of an event: the event comes again. */
    reset(): void {
      ;[rest, id, name, data] = ['', seen, '', []]
    },
    lastId: (): string => seen,
    retry: (): number => retry,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
