/**
 * One line, one measurement and, where traces are on, one span for each request. It stands around the application, as
 * `cross-origin.ts` does: the hot path pays for no layer of its own. Laws:
 * 1. A route is named by its template: what stands in an address (an id, a customer's e-mail address) is in no line.
 * 2. Who called is named by kind and id, never by key.
 */
import type { Logger } from 'pino'
import type { Caller } from '../http/auth.ts'
import type { Meters } from './meters.ts'
import type { Span, Tracing } from './telemetry.ts'

type Answering = (request: Request, bindings?: object) => Response | Promise<Response>

export interface Requests {
  /** Called where it is known who calls. */
  note(request: Request, caller: Caller): void
  /** An application whose requests are told of. */
  around(answer: Answering, routeOf: (method: string, path: string) => string): Answering
}

/** Asked every few seconds by machines, and never news. */
const QUIET = /^\/(?:health\/|metrics$)/

export function createRequests(log: Logger, meters: Meters, tracing: Tracing | undefined): Requests {
  const callers = new WeakMap<Request, Caller>()

  function told(request: Request, route: string, status: number, began: number): void {
    const seconds = (performance.now() - began) / 1000
    meters.requests.observe(seconds, request.method, route, `${Math.floor(status / 100)}xx`)
    const level = QUIET.test(route) ? 'debug' : 'info'
    if (!log.isLevelEnabled(level)) return
    const trace = traceOf(tracing?.traceparent() ?? request.headers.get('traceparent') ?? undefined)
    const line = { method: request.method, route, status, ms: Math.round(seconds * 10_000) / 10 }
    log[level]({ ...line, ...nameOf(callers.get(request)), ...(trace === undefined ? {} : { trace }) }, 'request')
  }

  return {
    note: (request, caller) => void callers.set(request, caller),
    around(answer, routeOf) {
      const handled = async (request: Request, bindings: object | undefined, span?: Span): Promise<Response> => {
        const began = performance.now()
        const route = routeOf(request.method, pathOf(request.url))
        span?.name(`${request.method} ${route}`)
        const response = await answer(request, bindings)
        span?.set({ 'http.route': route, 'http.response.status_code': response.status })
        if (response.status >= 500) span?.failed()
        told(request, route, response.status, began)
        return response
      }
      if (tracing === undefined) return (request, bindings) => handled(request, bindings)
      return (request, bindings) => {
        const parent = request.headers.get('traceparent') ?? undefined
        const attributes = { 'http.request.method': request.method }
        const options = { name: request.method, kind: 'server', attributes, parent } as const
        return tracing.run(options, (span) => handled(request, bindings, span))
      }
    },
  }
}

function nameOf(caller: Caller | undefined): Readonly<Record<string, string>> {
  if (caller === undefined) return { caller: 'anybody' }
  if (caller.role === 'customer') return { caller: 'customer', id: caller.conversation }
  return { caller: caller.role, id: caller.key }
}

function traceOf(traceparent: string | undefined): string | undefined {
  return /^00-([0-9a-f]{32})-/.exec(traceparent ?? '')?.[1]
}

/** Without building a URL, which costs more than all else here. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.indexOf('?', start)
  return start === -1 ? '/' : url.slice(start, end === -1 ? undefined : end)
}
