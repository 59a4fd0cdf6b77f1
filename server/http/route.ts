import { createRoute, z, type RouteConfig } from '@hono/zod-openapi'
import { audited, type Action } from './audited.ts'
import { may } from './auth.ts'
import { jsonBody, MEGABYTE } from './json-body.ts'
import { malformed } from './malformed.ts'
import { problems, type ProblemCode } from './problem.ts'
import { rights, type Right } from './rights.ts'

type Described = Omit<RouteConfig, 'path' | 'middleware' | 'security'> & {
  summary: string
  tags: string[]
  /** What the route does, for the audit log. One that changes something and names nothing is found by a test. */
  'x-audit'?: Action
}

/**
 * A route under `/v1`: who may call it (`right`), what it takes and gives, and by which problems it refuses. The body
 * is read within `limit` bytes. Its description names the roles, so that the documents cannot differ from the table.
 */
export function route<const Path extends string, const Config extends Described>(
  right: Right,
  refusals: readonly ProblemCode[],
  path: Path,
  config: Config,
  limit = MEGABYTE,
) {
  const body = config.request?.body
  const always: readonly ProblemCode[] = [
    'unauthorized',
    'forbidden',
    'too-fast',
    ...(body ? BODY : []),
    ...(takes(config) ? MALFORMED : []),
  ]
  const audit = config['x-audit']
  return createRoute({
    ...config,
    path,
    'x-right': right,
    description: [config.description, `**Who:** ${rights[right].join(', ')}.`].filter(Boolean).join('\n\n'),
    security: [{ key: [] }],
    middleware: [
      may(right),
      ...(body ? [jsonBody(limit, body.required ?? false)] : []),
      ...(audit === undefined ? [] : [audited(audit)]),
    ],
    responses: { ...refusalsOf([...refusals, ...always]), ...config.responses },
  })
}

/** A route that anybody may call, without a key: such a one counts its callers by their address itself. */
export function openRoute<const Path extends string, const Config extends Described>(
  refusals: readonly ProblemCode[],
  path: Path,
  config: Config,
) {
  const body = config.request?.body
  const always: readonly ProblemCode[] = ['too-fast', ...(body ? BODY : []), ...MALFORMED]
  return createRoute({
    ...config,
    path,
    'x-right': 'anybody',
    description: [config.description, '**Who:** anybody; it needs no key.'].filter(Boolean).join('\n\n'),
    security: [],
    // A GET has none to be read.
    middleware: body ? [jsonBody(MEGABYTE, body.required ?? false)] : [],
    responses: { ...refusalsOf([...refusals, ...always]), ...config.responses },
  })
}

/** What `zod` finds becomes a problem; OpenAPIHono calls it for every part of a request. */
export function refuseMalformed(result: { target: string; success: boolean; error?: z.ZodError }): void {
  if (result.success || !result.error) return
  throw malformed(result.target === 'query' || result.target === 'param' ? result.target : 'json', result.error.issues)
}

/** A JSON answer, for `responses`. */
export function gives<Schema extends z.ZodType>(description: string, schema: Schema, headers?: Record<string, string>) {
  return {
    description,
    content: { 'application/json': { schema } },
    ...(headers ? { headers: described(headers) } : {}),
  }
}

/** A JSON body, for `request.body`. */
export function takesJson<Schema extends z.ZodType>(schema: Schema, description = '') {
  return { required: true, description, content: { 'application/json': { schema } } } as const
}

/** A JSON body that may be left out, for `request.body`; it is `{}` then. */
export function mayTakeJson<Schema extends z.ZodType>(schema: Schema) {
  return { required: false, content: { 'application/json': { schema } } } as const
}

/** A header that a route reads itself, for `parameters`. */
export function header(name: string, description: string) {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } } as const
}

const problem = z
  .object({
    type: z.string().openapi({ example: '/problems/not-owner' }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'The last part of `type`.', example: 'not-owner' }),
    detail: z.string().openapi({ description: 'What is the matter here, and what cures it.' }),
    errors: z.array(
      z.object({ pointer: z.string().openapi({ description: 'JSON pointer into the body.' }), message: z.string() }),
    ),
  })
  .openapi('Problem')

const BODY = ['not-utf-8', 'too-large', 'unsupported-media-type', 'malformed'] as const
const MALFORMED = ['malformed'] as const

function takes({ request }: Described): boolean {
  return request?.query !== undefined || request?.params !== undefined
}

/** One response for each status, naming the problems that share it. */
function refusalsOf(codes: readonly ProblemCode[]) {
  const byStatus = new Map<number, string>()
  for (const code of new Set(codes)) {
    const { status, title } = problems[code]
    byStatus.set(status, `${byStatus.get(status) ?? ''} \`${code}\`: ${title}.`.trim())
  }
  return Object.fromEntries(
    [...byStatus].map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: problem } } },
    ]),
  )
}

function described(headers: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' as const } }]),
  )
}
