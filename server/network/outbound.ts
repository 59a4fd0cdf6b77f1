/**
 * The only way out of the server. A flow's designer, a bot's owner or a customer's text may choose where it goes, so:
 * 1. Only http and https, to public addresses or to what the operator allows (`OUTBOUND_ALLOW`).
 * 2. The address that was checked is the address that is connected to; every redirect is checked like a first request.
 * 3. Time and size have limits that the other side cannot stretch.
 * 4. What a request carries stays with its origin: a redirect to another origin loses all but two headers.
 */
import type { Agent, Dispatcher } from 'undici'
import type { AllowList } from './allow.ts'
import { checkedConnector, systemResolve, type Resolve } from './connector.ts'
import { destinationOf } from './destination.ts'
import { OutboundError } from './fault.ts'
import { headersOf, methodOf, strippedOf, type OutboundMethod } from './headers.ts'

export interface OutboundRequest {
  readonly url: string
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds for all of it: name, connection, redirects, headers and body. */
  readonly timeout: number
  /** Bytes of the answer's body, at most. */
  readonly maxBytes: number
  /** Redirects followed, at most; GET and HEAD only. 0 when left out: then a redirect is the answer. */
  readonly redirects?: number
  readonly signal?: AbortSignal
}
export interface OutboundAnswer {
  readonly status: number
  /** Names in small letters; a header that came twice is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Network {
  /** Sends one request and reads its whole answer, whatever its status. Rejects with an `OutboundError` only. */
  request(request: OutboundRequest): Promise<OutboundAnswer>
  /** Cuts what is open. */
  close(): Promise<void>
}

type OpenAgent = () => Promise<Agent>

export interface NetworkOptions {
  readonly allow?: AllowList
  readonly resolve?: Resolve
}

/** Opens the way out. One for a server: it keeps connections. */
export function createNetwork(options: NetworkOptions = {}): Network {
  const allow = options.allow ?? new Set<string>()
  let agent: Promise<Agent> | undefined
  let closed = false
  const open: OpenAgent = () => {
    if (closed) throw new OutboundError('aborted', 'The server stops, so nothing is sent from it any more.')
    return (agent ??= openAgent(allow, options.resolve ?? systemResolve))
  }
  return {
    request: (request) => send(open, allow, request),
    async close() {
      closed = true
      await (await agent)?.destroy()
    },
  }
}

/** Loads what sends with the first request: a start, also the one after a crash, does not wait for it. */
async function openAgent(allow: AllowList, resolve: Resolve): Promise<Agent> {
  const { Agent, buildConnector } = await import('undici')
  return new Agent({
    connect: checkedConnector(buildConnector, allow, resolve, CONNECT_TIMEOUT),
    connections: 128,
    pipelining: 1,
    keepAliveMaxTimeout: 30_000,
    // The request's own limit is the rule; these only keep undici's longer ones out of the way.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

async function send(open: OpenAgent, allow: AllowList, request: OutboundRequest): Promise<OutboundAnswer> {
  const method = methodOf(request.method)
  const headers = headersOf(request.headers ?? {})
  const url = destinationOf(request.url, allow)
  const { signal, release } = limited(request, url.host)
  try {
    // Undici looks at a signal once it has a connection; a name that never resolves must not hold the caller.
    return await Promise.race([follow(open, allow, { ...request, url, method, headers, signal }), whenAborted(signal)])
  } finally {
    release()
  }
}

/** A signal that ends the request at its time limit, or when its caller gives up; its reason is the fault to report. */
function limited(request: OutboundRequest, host: string): { readonly signal: AbortSignal; release(): void } {
  const control = new AbortController()
  const late = setTimeout(() => {
    control.abort(new OutboundError('timeout', `“${host}” did not answer within ${request.timeout} ms.`))
  }, request.timeout)
  const stop = (): void => control.abort(new OutboundError('aborted', `The request to “${host}” was stopped.`))
  if (request.signal?.aborted) stop()
  request.signal?.addEventListener('abort', stop, { once: true })
  return {
    signal: control.signal,
    release: () => {
      clearTimeout(late)
      request.signal?.removeEventListener('abort', stop)
    },
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

interface Exchange {
  readonly url: URL
  readonly method: OutboundMethod
  readonly headers: Record<string, string>
  readonly body?: string | undefined
  readonly maxBytes: number
  readonly redirects?: number
  readonly signal: AbortSignal
}

async function follow(open: OpenAgent, allow: AllowList, first: Exchange): Promise<OutboundAnswer> {
  const following = first.method === 'GET' || first.method === 'HEAD' ? (first.redirects ?? 0) : 0
  let { url, headers, body } = first
  for (let hops = 0; ; hops += 1) {
    const answer = await exchange(open, { ...first, url, headers, body }).catch((error: unknown) => {
      throw faultOf(error, url)
    })
    const location = isRedirect(answer.status) ? answer.headers['location'] : undefined
    if (location === undefined || following === 0) return answer
    if (hops === following) throw new OutboundError('refused', `“${url.host}” redirects more than ${following} times.`)
    const next = nextHop(url, location, allow)
    if (next.origin !== url.origin) [headers, body] = [strippedOf(headers), undefined]
    url = next
  }
}

function nextHop(from: URL, location: string, allow: AllowList): URL {
  if (!URL.canParse(location, from.href)) throw new OutboundError('refused', `“${from.host}” redirects to no URL.`)
  const next = destinationOf(new URL(location, from).href, allow)
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new OutboundError('refused', `“${from.host}” redirects from https to http; call one that stays on https.`)
  }
  return next
}

async function exchange(
  open: OpenAgent,
  { url, method, headers, body, maxBytes, signal }: Exchange,
): Promise<OutboundAnswer> {
  const agent = await open()
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers,
    signal,
    body: body ?? null,
  })
  return { status: answer.statusCode, headers: flat(answer.headers), body: await read(answer, url, maxBytes) }
}

async function read(answer: Dispatcher.ResponseData, url: URL, maxBytes: number): Promise<string> {
  const encoding = answer.headers['content-encoding']
  const chunks: Uint8Array[] = []
  let size = 0
  // A body without `setEncoding` gives bytes. Leaving the loop by a throw destroys it, and with it the connection.
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    if (encoding !== undefined && encoding !== 'identity') {
      throw new OutboundError('unreadable', `“${url.host}” answered in “${String(encoding)}”, which was not asked for.`)
    }
    size += chunk.length
    if (size > maxBytes) throw new OutboundError('too-large', `“${url.host}” answered more than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function faultOf(error: unknown, url: URL): OutboundError {
  if (error instanceof OutboundError) return error
  const code = codeOf(error)
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return new OutboundError('timeout', `“${url.host}” took no connection within ${CONNECT_TIMEOUT} ms.`)
    case 'UND_ERR_INVALID_ARG':
      return new OutboundError('refused', `The request to “${url.host}” has a header with a forbidden character.`)
    default:
      return new OutboundError('unreachable', `No connection to “${url.host}” (${code ?? 'no reason given'}).`)
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flattened: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flattened[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flattened
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

const CONNECT_TIMEOUT = 5_000
