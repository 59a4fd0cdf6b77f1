/** Every call of the OpenAPI document, with a body that its schema admits. */
import { holds, isRight, type CallerRole, type Right } from '#server/http/rights.ts'

export interface Call {
  readonly method: string
  readonly path: string
  readonly right: Right | 'anybody'
  /** Undefined where it takes no JSON. */
  readonly body: Schema | undefined
  readonly isStream: boolean
}

export interface Schema {
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly example?: unknown
  readonly examples?: readonly unknown[]
  readonly minimum?: number
  readonly format?: string
  readonly $ref?: string
}

/** Reads `/openapi.json`. */
export async function callsOf(url: string): Promise<readonly Call[]> {
  const document: unknown = await (await fetch(`${url}/openapi.json`)).json()
  const schemas = at(document, 'components', 'schemas')
  return Object.entries(Object(at(document, 'paths'))).flatMap(([path, item]) =>
    Object.entries(Object(item)).map(([method, operation]): Call => {
      const right = String(at(operation, 'x-right'))
      const content = at(operation, 'requestBody', 'content', 'application/json', 'schema')
      return {
        method: method.toUpperCase(),
        path,
        right: isRight(right) ? right : 'anybody',
        // A schema of the document has its shape.
        body: content === undefined ? undefined : whole(content as Schema, schemas, 0),
        isStream: path.endsWith('/stream'),
      }
    }),
  )
}

export function mayCall(role: CallerRole, { right }: Call): boolean {
  return right === 'anybody' || holds(role, right)
}

/** Without references, some levels deep. */
function whole(schema: Schema, schemas: unknown, depth: number): Schema {
  if (depth > 6) return {}
  if (schema.$ref !== undefined)
    return whole(Object(at(schemas, schema.$ref.split('/').at(-1) ?? '')) as Schema, schemas, depth + 1)
  const inner = (each: Schema): Schema => whole(each, schemas, depth + 1)
  const { properties, items, oneOf, anyOf, allOf } = schema
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, inner(each)])),
    }),
    ...(items && { items: inner(items) }),
    ...(oneOf && { oneOf: oneOf.map(inner) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
    ...(allOf && { allOf: allOf.map(inner) }),
  }
}

/** A value that fits. */
export function sampleOf(schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example
  if (schema.examples?.[0] !== undefined) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum?.[0] !== undefined) return schema.enum[0]
  const [branch] = schema.oneOf ?? schema.anyOf ?? schema.allOf ?? []
  if (branch) return sampleOf(branch)
  switch (typeOf(schema)) {
    case 'object': {
      const { properties = {}, required = [] } = schema
      return Object.fromEntries(
        Object.entries(properties)
          .filter(([key]) => required.includes(key))
          .map(([key, each]) => [key, sampleOf(each)]),
      )
    }
    case 'array':
      return []
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return schema.format === 'uri'
        ? 'https://example.com/'
        : schema.format === 'date-time'
          ? '2026-11-21T08:00:00.000Z'
          : 'word'
  }
}

export function typeOf({ type }: Schema): string {
  return String(Array.isArray(type) ? type[0] : type)
}

function at(holder: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined),
    holder,
  )
}
