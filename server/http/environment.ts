import type { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Endpoints } from '#server/network/index.ts'
import type { FlowStore } from '#server/store/flows.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { Caller } from './auth.ts'
import type { KeyStore } from './keys.ts'
import type { RateLimiter } from './rate.ts'
import type { CustomerTokens } from './tokens.ts'

/** What the application needs of the world; `server/main.ts` wires it, a test passes fakes. */
export interface Deps {
  readonly runtime: Runtime
  readonly flows: FlowStore
  readonly keys: KeyStore
  readonly tokens: CustomerTokens
  /** Bots that are called by webhook. */
  readonly bots: Endpoints
  readonly rate: RateLimiter
  readonly log: Logger
  readonly clock: { now(): number }
  /** Origins whose pages may call the API; `*` for any. Empty: none. */
  readonly corsOrigins: readonly string[]
  /** Aborts when the server goes: streams end, and `/health/ready` says no. */
  readonly closing: AbortSignal
  /** The designers' app, where it is built: see `editorApp`. Without it `/` says where to begin. */
  readonly editor?: Hono | undefined
}

/** What a request carries through Hono's context. */
export interface Env {
  readonly Variables: { readonly caller: Caller }
}
