/** Asking a Baton that runs: where it is, by which key, and what its answer or its refusal means. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createNetwork, OutboundError, readAllowList, type Network } from '#server/network/index.ts'
import { UsageError, type Terminal } from './terminal.ts'

const TIMEOUT = 120_000
const LARGEST = 10_000_000

/**
 * Posts JSON to a running server, `baseUrl` or the one that the environment names (BATON_URL, else PORT of this
 * machine), with the key of BATON_KEY, of BATON_ADMIN_KEY, or of the data folder.
 * @throws UsageError with the cure, also for a refusal
 */
export function post(path: string, body: unknown, terminal: Terminal, baseUrl?: string): Promise<unknown> {
  return ask({ method: 'POST', path, body: JSON.stringify(body) }, terminal, baseUrl)
}

/** Reads JSON of a running server, as `post` sends it. @throws UsageError with the cure, also for a refusal */
export function get(path: string, terminal: Terminal, baseUrl?: string): Promise<unknown> {
  return ask({ method: 'GET', path }, terminal, baseUrl)
}

/** Puts JSON, as `post` sends it. @throws UsageError with the cure, also for a refusal */
export function put(path: string, body: unknown, terminal: Terminal, baseUrl?: string): Promise<unknown> {
  return ask({ method: 'PUT', path, body: JSON.stringify(body) }, terminal, baseUrl)
}

/** Deletes, as `post` sends. Resolves to what the server answered. @throws UsageError with the cure */
export function remove(path: string, terminal: Terminal, baseUrl?: string): Promise<unknown> {
  return ask({ method: 'DELETE', path }, terminal, baseUrl)
}

/**
 * What a running server answered, as this Baton knows it. `cure`: what whoever asked a server of another version does.
 * @throws UsageError with it where the answer is of another shape
 */
export function answerAs<Shape extends z.ZodType>(
  shape: Shape,
  answer: unknown,
  cure = 'Use its own `baton`.',
): z.output<Shape> {
  const read = shape.safeParse(answer)
  if (read.success) return read.data
  throw new UsageError(`The server is of another version: its answer cannot be read. ${cure}`)
}

/** A server that runs, for who asks it much: one connection for all of it. */
export interface RunningServer {
  /** The text of an answer, byte by byte as the server gave it. @throws UsageError with the cure, also for a refusal */
  text(path: string): Promise<string>
  close(): Promise<void>
}

/** `largest`: bytes of one answer, at most. */
export async function connect(terminal: Terminal, baseUrl?: string, largest = LARGEST): Promise<RunningServer> {
  const base = addressOf(terminal, baseUrl)
  const key = await keyOf(terminal)
  const network = networkTo(base)
  return {
    text: (path) => answerOf(network, base, key, { method: 'GET', path }, largest),
    close: () => network.close(),
  }
}

interface Request {
  readonly method: string
  readonly path: string
  readonly body?: string
}

async function ask(asked: Request, terminal: Terminal, baseUrl?: string): Promise<unknown> {
  const base = addressOf(terminal, baseUrl)
  const network = networkTo(base)
  try {
    return JSON.parse(await answerOf(network, base, await keyOf(terminal), asked))
  } finally {
    await network.close()
  }
}

function networkTo(base: URL): Network {
  const { allow } = readAllowList(`${base.hostname}:${base.port || (base.protocol === 'https:' ? 443 : 80)}`)
  return createNetwork({ allow })
}

async function answerOf(
  network: Network,
  base: URL,
  key: string,
  { method, path, body }: Request,
  largest = LARGEST,
): Promise<string> {
  try {
    const answer = await network.request({
      url: new URL(path.slice(1), base).href,
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      timeout: TIMEOUT,
      maxBytes: largest,
    })
    if (answer.status >= 200 && answer.status < 300) return answer.body
    if (answer.status === 429 && body === undefined) {
      // Who asks much is told when to ask again.
      await sleep(Math.min(60, Number(answer.headers['retry-after']) || 1) * 1_000)
      return await answerOf(network, base, key, { method, path }, largest)
    }
    throw new UsageError(refusalOf(answer.status, answer.body, base))
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    const cure = 'Start the server with `baton serve`, or name another with --url or BATON_URL.'
    throw new UsageError(`${error.message} ${cure}`)
  }
}

/** Ends in a slash, so that a server under a path keeps it. */
function addressOf({ environment }: Terminal, asked: string | undefined): URL {
  const address = asked ?? environment['BATON_URL'] ?? `http://127.0.0.1:${environment['PORT'] || '3000'}`
  const text = address.endsWith('/') ? address : `${address}/`
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
  throw new UsageError(`“${address}” is no address of a server; write one such as http://127.0.0.1:3000.`)
}

async function keyOf({ environment, folder }: Terminal): Promise<string> {
  const named = environment['BATON_KEY'] || environment['BATON_ADMIN_KEY']
  if (named) return named
  const file = resolve(folder, join(environment['DATA_DIR'] || './data', 'admin.key'))
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept.trim() !== '') return kept.trim()
  throw new UsageError('There is no key; set BATON_KEY to one, or DATA_DIR to the server’s data folder.')
}

const problem = z.object({
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).catch([]),
})

function refusalOf(status: number, text: string, { host }: URL): string {
  const read = problem.safeParse(parsed(text))
  if (!read.success) return `“${host}” answers ${status}, and not as a Baton does; check its address.`
  return [read.data.detail, ...read.data.errors.map(({ pointer, message }) => `  ${pointer}: ${message}`)].join('\n')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
