/** A really started server with a small support desk, and plain requests to it: for what a browser's page does. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Advance } from '#engine/index.ts'
import { freshDatabase } from '#test/driver/postgres.ts'
import { startServer, type Caller, type TestServer } from '#test/driver/server.ts'
import { supportFlow } from '../runtime/support-flow.ts'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly text: string
  /** Undefined where the answer is no JSON. */
  readonly body: unknown
}

export interface Sending {
  readonly method?: string
  readonly key?: string
  readonly json?: unknown
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

export interface Stage {
  readonly server: TestServer
  /** The server's data folder, for files that an operator edits. */
  readonly folder: string
  readonly databaseUrl: string
  send(path: string, sending?: Sending): Promise<Answered>
  /** Begins a conversation that waits for a person of `billing`; resolves to the customer's caller and its path. */
  waiting(
    id: string,
    customer?: object,
  ): Promise<{ readonly path: string; readonly token: string; readonly customer: Caller }>
  close(): Promise<void>
  /** A second server on the same database, where customers’ tokens count too. */
  another(): Promise<TestServer>
  /** Registers an agent of `billing` who is online, with a key of its own. */
  agent(id: string, name?: string, capacity?: number): Promise<Caller>
}

export async function openStage(
  environment: Readonly<Record<string, string>> = {},
  over: Parameters<typeof supportFlow>[0] = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-live-'))
  const database = await freshDatabase()
  const shared = { DATA_DIR: folder, DATABASE_URL: database.url, ...environment }
  const server = await startServer([supportFlow(over)], shared)
  const others: TestServer[] = []
  const send: Stage['send'] = async (path, { method, key, json, bytes, headers } = {}) => {
    const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json))
    const response = await fetch(new URL(path, server.url), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
    })
    const got = new Uint8Array(await response.arrayBuffer())
    const text = new TextDecoder().decode(got)
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      bytes: got,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    }
  }
  return {
    server,
    folder,
    databaseUrl: database.url,
    async another() {
      const other = await startServer([supportFlow(over)], shared)
      others.push(other)
      return other
    },
    async close() {
      for (const each of [...others, server]) await each.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
    send,
    async waiting(id, customer = { name: 'Ann' }) {
      // What `POST /v1/conversations` answers.
      const begun = (await server.admin.call('POST', '/v1/conversations', {
        flow: 'support',
        id,
        customer,
      })) as Advance & { customerToken: string }
      const path = `/v1/conversations/${id}`
      const caller = server.with(begun.customerToken)
      await caller.call('POST', `${path}/events`, { type: 'customer.message', text: 'I want to talk to a person' })
      return { path, token: begun.customerToken, customer: caller }
    },
    async agent(id, name = id, capacity = 100) {
      await server.admin.call('PUT', `/v1/agents/${id}`, { name, teams: ['billing'], capacity })
      await server.admin.call('PUT', `/v1/agents/${id}/presence`, { status: 'online' })
      return server.as('agent', id)
    },
  }
}

export function writeData(stage: Stage, name: string, document: unknown): Promise<void> {
  return writeFile(join(stage.folder, name), JSON.stringify(document))
}
