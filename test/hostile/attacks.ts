/** Requests that must be refused, and requests of which nobody knows. */
import type { CallerRole } from '#server/http/rights.ts'
import { roles } from '#server/http/rights.ts'
import { mayCall, sampleOf, typeOf, type Call, type Schema } from './api.ts'
import type { Chance } from './chance.ts'
import { evilKeys, evilNumbers, evilTexts, evilValue, nested } from './evil.ts'
import { mutated } from './mutate-json.ts'

export interface Attack {
  readonly method: string
  readonly path: string
  readonly who: CallerRole | 'nobody'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
  /** In words, for whoever reads a failure. */
  readonly what: string
}

const everybody: readonly CallerRole[] = [...roles, 'customer']
const JSON_TYPE = { 'Content-Type': 'application/json' }
/** What only the server makes: whoever could set one could be somebody else, or write history. */
const serverMade = [
  'createdAt',
  'updatedAt',
  'hash',
  'secretHash',
  'owner',
  'phase',
  'epoch',
  'seq',
  'version',
  'by',
  'caller',
  'from',
  'closed',
  'load',
  'rights',
  'isAdmin',
  'disabledAt',
  'lastUsedAt',
  'customerToken',
  'snapshot',
  'token',
]

/** A call that the caller has no right to, with a body that fits or does not. */
export function forbidden(calls: readonly Call[], chance: Chance): Attack {
  for (;;) {
    const call = chance.one(calls)
    const who = chance.is(0.2) ? 'nobody' : chance.one(everybody)
    if (call.right === 'anybody' || (who !== 'nobody' && mayCall(who, call))) continue
    const body = call.body && (chance.is(0.5) ? sampleOf(call.body) : mutated(sampleOf(call.body), chance))
    return {
      method: call.method,
      path: pathOf(call, chance),
      who,
      headers: body === undefined ? {} : JSON_TYPE,
      body: body === undefined ? undefined : JSON.stringify(body),
      what: 'without a right',
    }
  }
}

/** A call with everything in order but one thing that no server may take. */
export function broken(calls: readonly Call[], chance: Chance): Attack {
  for (;;) {
    const call = chance.one(calls)
    const who = chance.one(everybody.filter((role) => mayCall(role, call)))
    if (call.body === undefined || call.method === 'GET') continue
    const fault = faulty(call.body, chance)
    if (fault === undefined) continue
    return { method: call.method, path: pathOf(call, chance), who, headers: JSON_TYPE, ...fault }
  }
}

function faulty(schema: Schema, chance: Chance): (Pick<Attack, 'body' | 'what'> & Partial<Attack>) | undefined {
  const sample = Object(sampleOf(schema)) as Readonly<Record<string, unknown>>
  const text = JSON.stringify(sample)
  const known = Object.entries(schema.properties ?? {})
  switch (chance.below(12)) {
    case 0:
      return { body: text.slice(0, -1 - chance.below(Math.max(1, text.length - 1))), what: 'JSON that ends too early' }
    case 1:
      return {
        body: `${text.slice(0, -1)}${text === '{}' ? '' : ','}"__proto__":{"admin":true}}`,
        what: 'a reserved key',
      }
    case 2: {
      const key = chance.one(serverMade.filter((each) => !known.some(([name]) => name === each)))
      // A flow has its own keys, which its own tests hold; whatever is open says so in its schema.
      if (isOpen(schema)) return undefined
      return {
        body: JSON.stringify({ ...sample, [key]: evilValue(chance, 3) }),
        what: `a key of the server’s own, ${key}`,
      }
    }
    case 3:
      return {
        body: text,
        headers: {
          'Content-Type': chance.one([
            'text/plain',
            'application/xml',
            'multipart/form-data',
            'application/jsonp',
            '*/*',
          ]),
        },
        what: 'another media type',
      }
    case 4:
      return {
        body: `${text.slice(0, -1)}${text === '{}' ? '' : ','}"deep":${JSON.stringify(nested(65 + chance.below(2_000), chance.is(0.5)))}}`,
        what: 'too deep',
      }
    case 5:
      return { body: `${text.slice(0, -1)}${text === '{}' ? '' : ','}"nul":"a\\u0000b"}`, what: 'the character NUL' }
    case 6:
      return { body: chance.one(['[]', '1', 'null', '"x"', 'true', '[{}]']), what: 'no object' }
    case 7: {
      const plain = known.filter(
        ([, each]) =>
          ['string', 'integer', 'number', 'boolean', 'array'].includes(typeOf(each)) && !each.oneOf && !each.anyOf,
      )
      if (plain.length === 0) return undefined
      const [key, each] = chance.one(plain)
      return { body: JSON.stringify({ ...sample, [key]: wrong(typeOf(each)) }), what: `${key} of another kind` }
    }
    case 8:
      return chance.is(0.02)
        ? { body: `${text.slice(0, -1)} ${' '.repeat(10_100_000)}}`, what: 'too large' }
        : undefined
    case 9: {
      // Edges may be left out of a flow, as a reader of the document does not know.
      const needed = (schema.required ?? []).filter((key) => key in sample && key !== 'edges')
      if (needed.length === 0) return undefined
      const missing = chance.one(needed)
      return {
        body: JSON.stringify(Object.fromEntries(Object.entries(sample).filter(([key]) => key !== missing))),
        what: `without ${missing}`,
      }
    }
    case 10:
      return { body: Buffer.from(text, 'utf16le'), what: 'UTF-16' }
    default:
      return { body: `{"a":1${text}`, what: 'no JSON' }
  }
}

function wrong(type: string): unknown {
  return type === 'string' ? { a: 'x' } : type === 'array' ? { 0: 1 } : type === 'boolean' ? 'maybe' : [{}]
}

/** Whether keys that are not named are taken, by its own word. */
function isOpen({ properties, additionalProperties, oneOf, anyOf, allOf }: Schema): boolean {
  return (
    !properties ||
    oneOf !== undefined ||
    anyOf !== undefined ||
    allOf !== undefined ||
    (additionalProperties !== undefined && additionalProperties !== false)
  )
}

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'QUERY',
  'M-SEARCH',
]
const HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ['If-Match', ['*', '"1"', 'W/"x"', '"', '9'.repeat(400), '\u00ff']],
  ['If-None-Match', ['*', '"1"', ',,,,']],
  ['Idempotency-Key', ['', ' ', 'x'.repeat(256), '\u00e9', '__proto__', 'constructor']],
  ['Last-Event-ID', ['-1', '1e9', '9'.repeat(30), 'x']],
  ['Accept', ['text/html', 'x'.repeat(2_000), '*/*;q=9']],
  ['Accept-Encoding', ['gzip, br, zstd', 'x'.repeat(1_000), 'identity;q=0']],
  ['Content-Encoding', ['gzip', 'br', 'deflate, gzip, gzip', 'compress']],
  [
    'Content-Type',
    [
      'application/json; charset=utf-16',
      'application/json;',
      'application/json, text/plain',
      'application/ld+json',
      '',
    ],
  ],
  ['Origin', ['null', 'https://evil.example', 'file://', 'x']],
  ['X-Forwarded-For', ['127.0.0.1', '::1, ::1, ::1', 'x'.repeat(5_000), '__proto__']],
  ['X-HTTP-Method-Override', ['DELETE']],
  ['Authorization', ['Basic YTpi', 'Bearer', `Bearer ${'x'.repeat(8_000)}`, 'Bearer null', 'Bearer __proto__']],
  ['Cookie', ['session=x; key=y', '='.repeat(4_000)]],
  ['Range', ['bytes=0-', 'bytes=-1,-2,-3,-4,-5,-6']],
  ['traceparent', ['00-', '00-0-0-0', 'ff-00000000000000000000000000000000-0000000000000000-ff']],
  ['webhook-id', ['x']],
]

/** Anything at all: nobody knows what it comes to, but it is no fault of the server's. */
export function odd(calls: readonly Call[], chance: Chance): Attack {
  const call = chance.one(calls)
  const who = chance.is(0.1) ? 'nobody' : chance.one(everybody)
  const method = chance.is(0.15) ? chance.one(METHODS) : call.method
  const headers = Object.fromEntries(
    Array.from({ length: chance.below(4) }, () => chance.one(HEADERS)).map(([name, values]) => [
      name,
      chance.one(values),
    ]),
  )
  const bodied = !['GET', 'HEAD', 'TRACE'].includes(method) && chance.is(0.85)
  return {
    method,
    path: `${pathOf(call, chance)}${queryOf(chance)}`,
    who,
    headers: { ...(bodied ? JSON_TYPE : {}), ...headers },
    body: bodied ? oddBody(call, chance) : undefined,
    what: 'odd',
  }
}

function oddBody({ body }: Call, chance: Chance): string | Uint8Array {
  const sample = body === undefined ? evilValue(chance) : sampleOf(body)
  switch (chance.below(6)) {
    case 0:
      return JSON.stringify(evilValue(chance))
    case 1:
      return Buffer.concat([
        Buffer.from('{"text":"'),
        Buffer.from(Array.from({ length: 30 }, () => chance.below(256))),
        Buffer.from('"}'),
      ])
    case 2:
      return `\ufeff${JSON.stringify(sample)}`
    case 3:
      return JSON.stringify(sample).replaceAll(/"(\w+)":/g, (whole, key: string) =>
        chance.is(0.3) ? `${whole}1,"${key}":` : whole,
      )
    default:
      return JSON.stringify(mutated(sample, chance))
  }
}

function queryOf(chance: Chance): string {
  if (chance.is(0.6)) return ''
  const names = [
    'cursor',
    'limit',
    'q',
    'after',
    'at',
    'since',
    'phase',
    'team',
    'as',
    'from',
    'to',
    'name',
    '__proto__',
    'constructor',
    'x[]',
    'x[a]',
  ]
  const parts = Array.from({ length: 1 + chance.below(4) }, () => {
    const value = chance.is(0.5) ? chance.one(evilTexts).slice(0, 2_000) : String(chance.one(evilNumbers))
    return `${chance.one(names)}=${escaped(value)}`
  })
  return `?${parts.join('&')}`
}

const ids: Readonly<Record<string, string>> = {
  conversations: 'chat-1',
  flows: 'handoff',
  agents: 'anna',
  teams: 'help',
  schedules: 'office',
  bots: 'parcels',
  customers: 'customer-chat-2',
  queues: 'help',
}
/** Calls by which an attacker with rights would take away what the attack itself stands on. */
const SPARED = /\/v1\/(keys|users|customers|session|erasures)/

function pathOf({ path, method }: Call, chance: Chance): string {
  const kind = path.split('/')[2] ?? ''
  return path.replaceAll(/\{\w+\}/g, () => {
    if (SPARED.test(path) && method !== 'GET') return 'nothing'
    if (chance.is(0.7)) return method === 'DELETE' ? 'nothing' : (ids[kind] ?? 'nothing')
    return oddSegment(chance)
  })
}

function oddSegment(chance: Chance): string {
  const odd = [
    '%00',
    'a%00b',
    '%2e%2e',
    '%2f',
    '..%2f..%2fetc%2fpasswd',
    '%F0%28',
    '%',
    '%zz',
    '%0d%0aX:y',
    'x'.repeat(300),
    '%E2%80%AE',
    ';',
    '@',
    '~',
    '*',
    '-1',
    '0',
    'null',
    'undefined',
  ]
  return chance.is(0.5) ? chance.one(odd) : escaped(chance.one(evilKeys).slice(0, 300)) || '%20'
}

function escaped(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
}
