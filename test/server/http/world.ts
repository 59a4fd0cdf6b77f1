import { pino } from 'pino'
import { checkJob } from '#server/checks/check-job.ts'
import type { FlowChecks } from '#server/checks/checks.ts'
import { createApp, type AppDeps } from '#server/app.ts'
import { createRateLimiter, type Rates } from '#server/http/rate.ts'
import { roles, type CallerRole, type Role } from '#server/http/rights.ts'
import { createTokens, TOKEN_LASTS, tokenOf } from '#server/http/tokens.ts'
import { newSecret } from '#server/identity/secret.ts'
import { crossOrigin } from '#server/http/cross-origin.ts'
import { createIdentities } from '#server/http/identity.ts'
import { createInbound } from '#server/channels/inbound.ts'
import { whoInMemory, type Seed } from '../identity/memory.ts'
import { heardInMemory } from './fake-heard.ts'
import { fakeBacktests } from './fake-backtests.ts'
import { fakeBots } from './fake-bots.ts'
import { fakeConversations } from './fake-conversations.ts'
import { fakeCanned } from './fake-canned.ts'
import { fakeDesk } from './fake-desk.ts'
import { fakeDryRuns } from './fake-dry-runs.ts'
import { fakeFiles, fakeMails } from './fake-files.ts'
import { fakeFlows } from './fake-flows.ts'
import { fakeOperation } from './fake-operation.ts'
import { fakeMigrations } from './fake-migrations.ts'
import { fakePromises } from './fake-promises.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}
export interface Sent {
  readonly body?: unknown
  readonly raw?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Record<string, string>
  /** The address that it comes from; left out: it is made inside the process. */
  readonly from?: string
}

/** The application on fakes of its ports, and a caller for each role: `world.as('agent').post('/v1/…', {…})`. */
export function createWorld(
  options: {
    rates?: Partial<Rates>
    corsOrigins?: readonly string[]
    adminKey?: string
    checks?: Pick<FlowChecks, 'check'>
  } = {},
) {
  const clock = { at: Date.parse('2026-03-02T10:00:00.000Z'), now: () => clock.at }
  const conversations = fakeConversations(clock.now)
  const closing = new AbortController()
  const seeds = new Map(roles.map((role) => [role, seedOf(role, clock.at)]))
  const who = whoInMemory(TOKEN_SECRET, [...seeds.values()], options.adminKey)
  const tokens = createTokens(who.tokenSecrets, clock)
  const rules = { flows: ['*'], origins: ['*'] }
  const runtime = {
    conversations: conversations.port,
    desk: fakeDesk(),
    dryRuns: fakeDryRuns(),
    backtests: fakeBacktests(),
    migrations: fakeMigrations(),
    attachments: fakeFiles(),
    mails: fakeMails(),
    promises: fakePromises(clock.now),
    heard: heardInMemory(),
    deadLetters: async () => [
      { id: 'c1:7:0', conversation: 'c1', type: 'http', attempts: 5, error: 'refused', at: clock.now(), asideAt: null },
    ],
    ...fakeOperation(clock.now),
    close: async () => undefined,
  }
  const deps: AppDeps = {
    runtime,
    flows: fakeFlows(),
    checks: options.checks ?? { check: async (job) => checkJob(job) },
    ...who,
    tokens,
    identities: createIdentities('a secret that sites sign with', clock),
    widget: {
      takesFlow: (id) => rules.flows.includes('*') || rules.flows.includes(id),
      takesOrigin: (origin) => rules.origins.includes('*') || rules.origins.includes(origin),
    },
    proxies: 0,
    canned: fakeCanned(),
    bots: fakeBots(),
    inbound: createInbound({
      endpoints: fakeBots(),
      conversations: conversations.port,
      heard: runtime.heard,
      clock,
    }),
    rate: createRateLimiter({ customer: 0, key: 0, visitor: 0, stranger: 0, ...options.rates }),
    log: pino({ level: 'silent' }),
    clock,
    closing: closing.signal,
  }
  const app = createApp(deps)
  const fetch = crossOrigin((request, bindings) => app.fetch(request, bindings), options.corsOrigins ?? [], deps.widget)

  async function send(
    method: string,
    path: string,
    authorization: string | undefined,
    { body, raw, headers, from }: Sent = {},
  ): Promise<Answer> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(
      requestOf(path, {
        method,
        ...(content !== undefined && { body: content }),
        headers: {
          ...(authorization === undefined ? {} : { Authorization: authorization }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
      }),
      from === undefined ? undefined : { incoming: { socket: { remoteAddress: from } } },
    )
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined,
    }
  }

  function caller(authorization: string | undefined) {
    return {
      authorization,
      get: (path: string, sent?: Sent) => send('GET', path, authorization, sent),
      post: (path: string, body?: unknown, sent?: Sent) => send('POST', path, authorization, { ...sent, body }),
      put: (path: string, body?: unknown, sent?: Sent) => send('PUT', path, authorization, { ...sent, body }),
      delete: (path: string, sent?: Sent) => send('DELETE', path, authorization, sent),
      send: (method: string, path: string, sent?: Sent) => send(method, path, authorization, sent),
    }
  }

  return {
    /** As it is reached from outside; a browser's page sends an Origin. */
    app: { routes: app.routes, request: (path: string, init?: RequestInit) => fetch(requestOf(path, init)) },
    deps,
    who,
    clock,
    conversations,
    closing,
    runtime,
    rules,
    as: (role: Exclude<CallerRole, 'customer'>) => caller(`Bearer ${seeds.get(role)?.secret}`),
    customerOf: (conversation: string) =>
      caller(`Bearer ${tokenOf(TOKEN_SECRET, conversation, clock.at + TOKEN_LASTS)}`),
    with: (secret: string) => caller(`Bearer ${secret}`),
    anybody: caller(undefined),
    header: caller,
  }
}

function requestOf(path: string, init?: RequestInit): Request {
  return new Request(new URL(path, 'http://localhost'), init)
}

/** What stands at a path of a JSON answer, such as `conversation.id`. */
export function at(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (held, name) => (typeof held === 'object' && held !== null ? Reflect.get(held, name) : undefined),
      body,
    )
}

/** A key for each role, the agent's for `anna`. */
function seedOf(role: Role, now: number): Seed {
  const agent = role === 'agent' ? { agent: 'anna' } : {}
  return {
    secret: newSecret(role),
    record: { id: `key_${role}`, role, ...agent, createdAt: new Date(now).toISOString() },
  }
}

const TOKEN_SECRET = 'a secret of the tests'
