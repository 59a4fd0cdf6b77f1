/** A really started server, with a database of its own, and callers of it by role. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve, type Parts } from '#server/main.ts'
import { readConfig } from '#server/config.ts'
import type { Flow } from '#engine/index.ts'
import { freshDatabase } from './postgres.ts'

export interface TestServer {
  readonly url: string
  readonly admin: Caller
  /** A caller with a key of this role, made once. */
  as(role: 'bot' | 'supervisor' | 'designer' | 'agent', agent?: string): Promise<Caller>
  /** A caller with a customer's token. */
  with(token: string): Caller
  close(): Promise<void>
}

/** Calls the server. What is not a 2xx is thrown as a `Refused`. */
export interface Caller {
  readonly key: string
  call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>
  /** The server-sent events of a path, as text, until the signal aborts. */
  listen(path: string, signal: AbortSignal): Promise<AsyncIterable<string>>
}

/** A refusal as the server gave it: an RFC 9457 problem. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, detail: string) {
    super(`${status} ${code}: ${detail}`)
    this.name = 'Refused'
    this.status = status
    this.code = code
  }
}

/** Starts a server on a port of its own with these flows published. Close it after the last test. */
export async function startServer(
  flows: readonly Flow[],
  environment: Readonly<Record<string, string>> = {},
  parts: Parts = {},
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-server-'))
  const flowsDir = join(folder, 'flows')
  await mkdir(flowsDir)
  for (const flow of flows) await writeFile(join(flowsDir, `${flow.id}.flow.json`), JSON.stringify(flow))
  const database = await freshDatabase()
  const adminKey = 'the-key-of-the-tests-admin'
  const serving = await serve(
    readConfig({
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      FLOWS_DIR: flowsDir,
      DATABASE_URL: database.url,
      BATON_ADMIN_KEY: adminKey,
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
      WIDGET_STARTS: '0',
      ...environment,
    }),
    parts,
  )
  const server = serverAt(serving.url, adminKey)
  await publishWhatIsNot(server.admin, flows)
  return {
    ...server,
    async close() {
      await serving.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The start has published what the check lets pass. What it does not is published here, to be refused with the reason. */
async function publishWhatIsNot(admin: Caller, flows: readonly Flow[]): Promise<void> {
  for (const { id } of flows) {
    // What API.md’s list of versions answers.
    const { items } = (await admin.call('GET', `/v1/flows/${id}/versions`)) as { readonly items: readonly unknown[] }
    if (items.length === 0) await admin.call('POST', `/v1/flows/${id}/publish`)
  }
}

/** A server that runs already. Closing it leaves it running. */
export function serverAt(url: string, adminKey: string): TestServer {
  const admin = caller(url, adminKey)
  const made = new Map<string, Promise<Caller>>()
  return {
    url,
    admin,
    as(role, agent) {
      const who = `${role}:${agent ?? ''}`
      const known =
        made.get(who) ??
        admin
          .call('POST', '/v1/keys', { role, ...(agent === undefined ? {} : { agent }) })
          .then((answer) => caller(url, textAt(answer, 'key')))
      made.set(who, known)
      return known
    },
    with: (token) => caller(url, token),
    close: async () => undefined,
  }
}

function caller(url: string, key: string): Caller {
  const headers = { Authorization: `Bearer ${key}` }
  return {
    key,
    async call(method, path, body) {
      const response = await fetch(new URL(path, url), {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const answer: unknown = text === '' ? undefined : JSON.parse(text)
      if (!response.ok) throw new Refused(response.status, textAt(answer, 'code'), textAt(answer, 'detail'))
      return answer
    },
    async listen(path, signal) {
      const response = await fetch(new URL(path, url), { headers: { ...headers, Accept: 'text/event-stream' }, signal })
      if (!response.ok || response.body === null) throw new Refused(response.status, 'stream', await response.text())
      return response.body.pipeThrough(new TextDecoderStream())
    },
  }
}

function textAt(answer: unknown, name: string): string {
  const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined
  return typeof value === 'string' ? value : ''
}
