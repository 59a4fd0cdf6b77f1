/**
 * The one funnel of every refusal: RFC 9457 problems. Whoever refuses throws a `Problem` (or the runtime's
 * `RuntimeError`); `answerProblem` turns whatever was thrown into `application/problem+json`. `type` is a stable
 * address that a person can open: `/problems/<code>`.
 */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from 'pino'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { SECURE } from './headers.ts'

/** Every problem there is: its status, its title, and what cures it. The page `/problems/<code>` shows the same. */
export const problems = {
  'not-http': {
    status: 400,
    title: 'The request is not HTTP',
    cure: 'Send it as HTTP/1.1 (RFC 9112); a proxy in between may have changed it.',
  },
  'not-utf-8': {
    status: 400,
    title: 'The body is not UTF-8',
    cure: 'Encode the body as UTF-8, as JSON demands (RFC 8259, 8.1), and send it again.',
  },
  unauthorized: {
    status: 401,
    title: 'No valid key',
    cure: 'Send the header “Authorization: Bearer <key>” with a key that is neither revoked nor expired.',
  },
  'wrong-sign-in': {
    status: 401,
    title: 'Not signed in',
    cure: 'Check name and password; who has forgotten it asks an administrator for another.',
  },
  forbidden: {
    status: 403,
    title: 'No right to do this',
    cure: 'Use a key whose role may do this; /docs names the roles of every call.',
  },
  'server-event': {
    status: 403,
    title: 'The server’s own event',
    cure: 'Leave time, the queue and the results of effects to the server; send only the events that /docs lists.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    cure: 'Check the id. A customer’s token sees its own conversation only.',
  },
  'no-route': { status: 404, title: 'No such address', cure: 'Look the address up at /docs.' },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    cure: 'Use one of the methods that the header Allow names.',
  },
  'too-slow': {
    status: 408,
    title: 'The request did not come in time',
    cure: 'Send the whole of it within two minutes, its head within 15 seconds.',
  },
  exists: { status: 409, title: 'It exists already', cure: 'Choose another id, or read the one that is there.' },
  'not-owner': {
    status: 409,
    title: 'Somebody else owns the conversation',
    cure: 'Only its owner may speak; read “owner”, and wait for the handoff or the handback.',
  },
  closed: { status: 409, title: 'The conversation is closed', cure: 'Start a new conversation.' },
  'not-expected': {
    status: 409,
    title: 'The present state does not take this event',
    cure: 'Send one of the events that “expects” names.',
  },
  stale: {
    status: 409,
    title: 'Overtaken',
    cure: 'The owner has changed since this was asked for; read the conversation and decide anew.',
  },
  'not-configured': {
    status: 409,
    title: 'The server is not set up for this',
    cure: 'Set the variables that “detail” names, and start Baton again.',
  },
  unpublished: {
    status: 409,
    title: 'The flow has no published version',
    cure: 'Publish it: POST /v1/flows/{id}/publish.',
  },
  'version-mismatch': {
    status: 412,
    title: 'It has changed meanwhile',
    cure: 'Read it again, and send the new ETag as If-Match.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    cure: 'Send less: 1 MB at most, 10 MB for a flow or a file.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not JSON',
    cure: 'Send JSON with the header “Content-Type: application/json”.',
  },
  malformed: {
    status: 422,
    title: 'The request is malformed',
    cure: 'Correct what “errors” names; each pointer says where.',
  },
  invalid: {
    status: 422,
    title: 'The request cannot be carried out as it is',
    cure: 'Correct what “detail” and “errors” name.',
  },
  'flow-problems': {
    status: 422,
    title: 'The check finds errors',
    cure: 'Correct the errors that “errors” names and publish again.',
  },
  'key-reused': {
    status: 422,
    title: 'The Idempotency-Key belongs to another body',
    cure: 'Use a new key for a new event; repeat a key only with the same body.',
  },
  'head-too-large': {
    status: 431,
    title: 'The head of the request is too large',
    cure: 'Send an address and headers of 16 kB together at most.',
  },
  'too-fast': { status: 429, title: 'Too fast', cure: 'Wait as many seconds as the header Retry-After says.' },
  internal: {
    status: 500,
    title: 'A fault of the server',
    cure: 'Try again; if it stays, the server’s log has the cause.',
  },
  unavailable: { status: 503, title: 'Not ready', cure: 'Try again in a moment; nothing was changed.' },
} as const satisfies Record<string, { status: ContentfulStatusCode; title: string; cure: string }>

export type ProblemCode = keyof typeof problems
export interface Detail {
  readonly pointer: string
  readonly message: string
}

export class Problem extends Error {
  readonly code: ProblemCode
  readonly errors: readonly Detail[]
  readonly headers: Readonly<Record<string, string>>
  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: readonly Detail[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.errors = more.errors ?? []
    this.headers = more.headers ?? {}
  }
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}

/** Makes the answer to whatever was thrown while `c` was handled. Only a fault of ours is logged as an error. */
export async function answerProblem(thrown: unknown, c: Context, log: Logger): Promise<Response> {
  const problem = await asProblem(thrown, c)
  const { status } = problems[problem.code]
  if (status === 500)
    log.error(
      { err: thrown, method: c.req.method, route: c.req.routePath },
      'A request failed by a fault of the server.',
    )
  // Not its words: they may quote what was sent.
  else log.debug({ code: problem.code, method: c.req.method, route: c.req.routePath }, 'refused')
  return c.body(problemBody(problem), status, {
    ...SECURE,
    'Content-Type': 'application/problem+json',
    ...problem.headers,
  })
}

/** An answer as bytes, for who could not be read so far as to be a request; the connection ends with it. */
export function rawProblem(code: ProblemCode): string {
  const { status, title, cure } = problems[code]
  const body = problemBody(new Problem(code, cure))
  const headers = {
    ...SECURE,
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${title}`, ...lines, '', body].join('\r\n')
}

function problemBody({ code, message, errors }: Problem): string {
  const { status, title } = problems[code]
  return JSON.stringify({ type: `/problems/${code}`, title, status, code, detail: message, errors })
}

async function asProblem(thrown: unknown, c: Context): Promise<Problem> {
  if (thrown instanceof Problem) return thrown
  if (thrown instanceof RuntimeError) {
    const isForNow = thrown.code === 'unavailable' || thrown.code === 'too-fast'
    const headers: Record<string, string> = isForNow ? { 'Retry-After': '1' } : {}
    return new Problem(thrown.code, thrown.message, { errors: thrown.errors, headers })
  }
  if (thrown instanceof HTTPException && thrown.status === 415) return notJson()
  if (thrown instanceof HTTPException && thrown.status === 400) return malformedJson(await c.req.text())
  return new Problem(
    'internal',
    'The server could not answer because of a fault of its own. Nothing that was not answered has to be undone.',
  )
}

export function notJson(): Problem {
  return new Problem('unsupported-media-type', `The body must be JSON. ${problems['unsupported-media-type'].cure}`)
}

/** Malformed JSON, told where it breaks. */
export function malformedJson(text: string): Problem {
  try {
    JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return new Problem('malformed', 'The body cannot be read as JSON. Correct its syntax.', {
      errors: [{ pointer: '', message: reason }],
    })
  }
  return new Problem('malformed', 'The request cannot be read.')
}
