import type { Hono } from 'hono'
import type { Logger } from 'pino'
import type { FlowChecks } from '#server/checks/checks.ts'
import type { Endpoints } from '#server/network/index.ts'
import type { FlowStore } from '#server/store/flows.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { AuditEntry, Undertaking } from '#server/identity/audit.ts'
import type { Oidc } from '#server/identity/oidc.ts'
import type { WhoMayCall } from '#server/identity/open.ts'
import type { Meters } from '#server/operation/meters.ts'
import type { Requests } from '#server/operation/requests.ts'
import type { Inbound } from '#server/channels/inbound.ts'
import type { Told } from './audited.ts'
import type { Caller } from './auth.ts'
import type { CannedReplies } from '#server/replies/canned.ts'
import type { Suggest } from '#server/replies/model.ts'
import type { Identities } from './identity.ts'
import type { RateLimiter } from './rate.ts'
import type { CustomerTokens } from './tokens.ts'
import type { WidgetRules } from './widget-rules.ts'

/** What the application needs of the world; `server/main.ts` wires it, a test passes fakes. */
export interface Deps extends WhoMayCall {
  readonly runtime: Runtime
  readonly flows: FlowStore
  readonly checks: Pick<FlowChecks, 'check'>
  /** How people sign in by a provider, where one is set up. */
  readonly oidc?: Oidc | undefined
  readonly tokens: CustomerTokens
  /** Who customers are, as their site signs it. */
  readonly identities: Identities
  /** What anybody may begin by the widget, and from which pages. */
  readonly widget: WidgetRules
  /** How many proxies of one's own stand before the server. */
  readonly proxies: number
  /** Replies that agents keep ready. */
  readonly canned: CannedReplies
  /** A model that suggests replies, where one is set up. */
  readonly suggest?: Suggest | undefined
  /** Bots that are called by webhook. */
  readonly bots: Endpoints
  /** What customers write by channels. */
  readonly inbound: Inbound
  readonly rate: RateLimiter
  readonly log: Logger
  readonly clock: { now(): number }
  /** Aborts when the server goes: streams end. */
  readonly closing: AbortSignal
  /** Aborts before that: `/health/ready` says no, and all else goes on for a moment. */
  readonly draining?: AbortSignal | undefined
  /** What is told of requests and counted; nothing when left out. */
  readonly requests?: Pick<Requests, 'note'> | undefined
  readonly meters?: Meters | undefined
  /** The designers' app, where it is built: see `editorApp`. Without it `/` says where to begin. */
  readonly editor?: Hono | undefined
  /** The agents' desk, and the widget with its demo page: see `deskApp` and `widgetApp`. */
  readonly desk?: Hono | undefined
  readonly widgetFiles?: Hono | undefined
}

/** What a request carries through Hono's context. */
export interface Env {
  readonly Variables: {
    readonly caller: Caller
    /** Whether the caller would be admitted now as it was: for streams. */
    readonly stillAdmitted: () => Promise<boolean>
    /** Says in the audit log what is about to be changed. */
    readonly undertake: (entry: AuditEntry) => Promise<Undertaking>
    /** What a handler tells of the change it made: see `audited`. */
    readonly told?: Told
  }
}
