/**
 * What every JSON body must be before anything reads it. Laws:
 * 1. More than `limit` bytes are never held: a length that is announced is believed only upwards, one that is not is
 *    counted.
 * 2. What is not JSON is refused by its media type (415), what is too large by its size (413).
 * 3. Nesting is bounded (a schema would recurse), a key `__proto__` is refused (a schema would drop it silently), as is
 *    `toString` (whatever compares such an object throws), and so is the character NUL (PostgreSQL cannot keep it).
 * 4. What is no UTF-8 is refused (400): read leniently, two different bodies would be the same one.
 * 5. Half of a character, which only an escape can write, is read as U+FFFD: a text that was cut costs nobody a message.
 */
import type { Context, MiddlewareHandler } from 'hono'
import { wholeCharacters } from '../store/json-text.ts'
import type { Env } from './environment.ts'
import { malformedJson, notJson, Problem, problems } from './problem.ts'

export const MEGABYTE = 1_000_000
const DEEPEST = 64
const UTF_8 = new TextDecoder('utf-8', { fatal: true })
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i

/**
 * Reads the body within `limit` bytes and refuses what no schema should see. An empty one is the schema's to judge where
 * a body is required; elsewhere it is none, whatever media type was announced for it.
 */
export function jsonBody(limit: number, required: boolean): MiddlewareHandler<Env> {
  return async (c, next) => {
    if ((await readText(c, limit)) === '' && !required) c.req.raw = untyped(c.req.raw)
    return next()
  }
}

/** The request without a body's media type, by which alone the validators know that there is a body. */
function untyped({ url, method, headers, signal }: Request): Request {
  const rest = new Headers(headers)
  rest.delete('content-type')
  return new Request(url, { method, headers: rest, signal })
}

/** The JSON of a body that may not be empty. */
export async function readJson(c: Context, limit: number): Promise<unknown> {
  const text = await readText(c, limit)
  try {
    return JSON.parse(text)
  } catch {
    throw malformedJson(text)
  }
}

/** A body that is no JSON: its bytes, `limit` at most. */
export async function readBytes(c: Context, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge(limit)
  return counted(c.req.raw, limit)
}

async function readText(c: Context, limit: number): Promise<string> {
  const bytes = await read(c, limit)
  if (bytes.byteLength === 0) return ''
  if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) throw notJson()
  const given = textOf(bytes)
  const fault = faultOf(given)
  if (fault) throw new Problem('malformed', fault, { errors: [{ pointer: '', message: fault }] })
  const text = wholeCharacters(given)
  if (text !== given) replaceBody(c, text)
  return text
}

/** What reads the body after us reads this one. */
function replaceBody(c: Context, body: string): void {
  const { url, method, headers, signal } = c.req.raw
  c.req.raw = new Request(url, { method, headers, signal, body })
  c.req.bodyCache = {}
}

async function read(c: Context, limit: number): Promise<ArrayBuffer> {
  const announced = c.req.header('content-length')
  if (announced === undefined) c.req.raw = new Request(c.req.raw, { body: await counted(c.req.raw, limit) })
  else if (Number(announced) > limit) throw tooLarge(limit)
  return c.req.arrayBuffer()
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return UTF_8.decode(bytes)
  } catch {
    throw new Problem('not-utf-8', `The body holds bytes that are no UTF-8. ${problems['not-utf-8'].cure}`)
  }
}

async function counted(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks, size))
}

function tooLarge(limit: number): Problem {
  return new Problem(
    'too-large',
    `The body is larger than the ${limit / MEGABYTE} MB that are allowed here; send less.`,
  )
}

/** One pass over the text, blind to anything but brackets and strings: what JSON.parse itself refuses is left to it. */
export function faultOf(text: string): string | undefined {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      const end = endOfString(text, index)
      const fault = faultOfString(text, index, end)
      if (fault) return fault
      index = end
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth > DEEPEST) return `The body is nested deeper than ${DEEPEST} levels; make it flatter.`
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
  }
  return undefined
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === BACKSLASH) index++
    else if (code === QUOTE) return index
  }
  return text.length
}

function faultOfString(text: string, start: number, end: number): string | undefined {
  if (end - start - 1 < SHORTEST) return undefined
  const token = text.slice(start + 1, end)
  const escaped = token.includes('\\u')
  if (escaped && /(?<!\\)(?:\\\\)*\\u0000/.test(token)) return 'The body holds the character NUL (\\u0000); remove it.'
  const key = escaped ? unescaped(token) : token
  if (key !== '__proto__' && key !== 'toString') return undefined
  return /^\s*:/.test(text.slice(end + 1))
    ? `The body has a key “${key}”, which is reserved; name it otherwise.`
    : undefined
}

function unescaped(token: string): string {
  return token.replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Of what is looked for: `\u0000`. */
const SHORTEST = 6
const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [34, 92, 123, 125, 91, 93]
