/** One request to the server, and what may go wrong with it, as data. */

export interface Detail {
  readonly pointer: string
  readonly message: string
}

interface Problem {
  readonly status: number
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly errors: readonly Detail[]
  /** How long to wait, as the server says it: in seconds, as a rule. */
  readonly retryAfter: string | null
}

/** A refusal of the server (RFC 9457). `status` 0: no answer came. */
export class ApiProblem extends Error implements Problem {
  declare readonly status: number
  declare readonly type: string
  declare readonly title: string
  declare readonly detail: string
  declare readonly errors: readonly Detail[]
  declare readonly retryAfter: string | null
  constructor(problem: Omit<Problem, 'retryAfter'> & Partial<Problem>) {
    super(problem.detail || problem.title)
    const whole: Problem & { readonly name: string } = { name: 'ApiProblem', retryAfter: null, ...problem }
    Object.assign(this, whole)
  }

  /** Whether trying again later may help: no answer, too fast, or a fault of the server's own. */
  get passes(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

export interface Connection {
  /** The server's origin; empty for the one the page came from. */
  readonly base: string
  readonly key: string | null | (() => string | null)
  /** Called when the server does not know the key that was sent. Who hears of it asks nothing without one. */
  readonly refused?: (key: string) => void
}

export interface Asked {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** The request outlives the page. */
  readonly keepalive?: boolean
}

/** Sends a request; every answer that is not 2xx, and none at all, is thrown as an `ApiProblem`. */
export async function request(connection: Connection, path: string, asked: Asked = {}): Promise<Response> {
  const { method = 'GET', body, headers = {}, signal = null, keepalive = false } = asked
  const key = typeof connection.key === 'function' ? connection.key() : connection.key
  if (key === null && connection.refused !== undefined) throw problemIn(null, 401)
  const answer = await fetch(`${connection.base}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal,
    keepalive,
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error
    throw noAnswer(error)
  })
  if (answer.ok) return answer
  if (answer.status === 401 && key !== null) connection.refused?.(key)
  const refusal: unknown = await answer.json().catch(() => null)
  throw problemIn(refusal, answer.status, answer.statusText, answer.headers.get('Retry-After'))
}

/** Asks for JSON. Server and screens are one release: answers have the shapes that the OpenAPI document promises. */
export async function answered<Answer>(connection: Connection, path: string, asked?: Asked): Promise<Answer> {
  return (await request(connection, path, asked)).json() as Promise<Answer>
}

/** That no answer came, or none that can be read. */
export function noAnswer(error?: unknown): ApiProblem {
  return problemIn({ detail: error instanceof Error ? error.message : '' }, 0)
}

/** The problem that a refusal's body tells of. */
export function problemIn(body: unknown, status: number, title = '', retryAfter: string | null = null): ApiProblem {
  const text = (key: string): string => (isRecord(body) && typeof body[key] === 'string' ? body[key] : '')
  const errors = isRecord(body) && Array.isArray(body['errors']) ? body['errors'].filter(isDetail) : []
  return new ApiProblem({
    status,
    type: text('type') || 'about:blank',
    title: text('title') || title,
    detail: text('detail'),
    errors,
    retryAfter,
  })
}

function isDetail(value: unknown): value is Detail {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['message'] === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
