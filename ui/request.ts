/** One request to the server, and what may go wrong with it, as data. */

export interface Detail {
  readonly pointer: string
  readonly message: string
}

/** A refusal of the server (RFC 9457). `status` 0: no answer came. */
export class ApiProblem extends Error {
  readonly status: number
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly errors: readonly Detail[]
  /** In seconds, when the server says how long to wait. */
  readonly retryAfter: number | null
  constructor({
    status,
    type,
    title,
    detail,
    errors,
    retryAfter = null,
  }: Pick<ApiProblem, 'status' | 'type' | 'title' | 'detail' | 'errors'> & { readonly retryAfter?: number | null }) {
    super(detail || title)
    this.name = 'ApiProblem'
    this.status = status
    this.type = type
    this.title = title
    this.detail = detail
    this.errors = errors
    this.retryAfter = retryAfter
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
  const { method = 'GET', body, headers = {}, signal, keepalive } = asked
  const key = typeof connection.key === 'function' ? connection.key() : connection.key
  if (key === null && connection.refused !== undefined) throw problemIn(null, 401)
  const answer = await fetch(`${connection.base}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
    ...(keepalive === undefined ? {} : { keepalive }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error
    throw noAnswer(error)
  })
  if (answer.ok) return answer
  if (answer.status === 401 && key !== null) connection.refused?.(key)
  const refusal: unknown = await answer.json().catch(() => null)
  throw problemIn(refusal, answer.status, answer.statusText, retryAfterOf(answer))
}

/** Asks for JSON. Server and screens are one release: answers have the shapes that the OpenAPI document promises. */
export async function answered<Answer>(connection: Connection, path: string, asked?: Asked): Promise<Answer> {
  return (await request(connection, path, asked)).json() as Promise<Answer>
}

/** That no answer came, or none that can be read. */
export function noAnswer(error?: unknown): ApiProblem {
  const detail = error instanceof Error ? error.message : ''
  return new ApiProblem({ status: 0, type: 'about:blank', title: '', detail, errors: [] })
}

/** The problem that a refusal's body tells of. */
export function problemIn(body: unknown, status: number, title = '', retryAfter: number | null = null): ApiProblem {
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

/** In seconds; null where the server says nothing, or a date. */
function retryAfterOf(answer: Response): number | null {
  const header = answer.headers.get('Retry-After') ?? ''
  return /^\d+$/.test(header) ? Number(header) : null
}

function isDetail(value: unknown): value is Detail {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['message'] === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
