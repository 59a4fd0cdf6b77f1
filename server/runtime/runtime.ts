/**
 * The server's ports: what the HTTP routes, the effects and the command line may ask of the runtime and of the store.
 * `createRuntime` (in `create.ts`) makes the one implementation.
 */
import type {
  Advance,
  AgentName,
  ConversationEvent,
  ConversationView,
  EffectOf,
  EffectType,
  HandoffPackage,
  Json,
  LogEntry,
  Message,
  OutsideEvent,
  Schedule,
  ServerEvent,
  Snapshot,
  Want,
} from '#engine/index.ts'

export type Presence = 'online' | 'away' | 'offline'

export interface AgentProfile {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
  readonly skills: Readonly<Record<string, number>>
  readonly languages: readonly string[]
  readonly channels: readonly string[]
  /** Conversations held at once, at most. */
  readonly capacity: number
}
export interface AgentView extends AgentProfile {
  readonly presence: Presence
  /** Conversations held now, offers and wrap-up counted. */
  readonly load: number
}
export interface Team {
  readonly id: string
  readonly name: string
  /** How long an offer rings, such as "30s". */ readonly offerFor?: string
}
export interface SavedSchedule {
  readonly id: string
  readonly name?: string
  readonly schedule: Schedule
}

export interface QueueView {
  readonly team: string
  readonly waiting: number
  readonly offered: number
  /** Milliseconds; null while nobody waits, or nobody can say. */
  readonly longestWait: number | null
  readonly eta: number | null
  readonly agents: { readonly online: number; readonly away: number; readonly capacity: number; readonly load: number }
}

export interface Open {
  readonly flow: string
  readonly id?: string
  readonly channel?: string
  readonly language?: string
  readonly page?: string
  readonly customer?: Readonly<Record<string, Json>>
  readonly variables?: Readonly<Record<string, Json>>
}

export interface StartOptions {
  /** A start that is sent again with it is answered as the first was, and begins nothing new. */
  readonly idempotencyKey?: string
  /** Whose key it is: two callers may choose the same. */
  readonly caller?: string
}

export interface AcceptOptions {
  /** The agent whose key it is, when an agent speaks. */
  readonly by?: string
  readonly idempotencyKey?: string
  /** The version the caller believes in. */
  readonly ifMatch?: number
  /** The owner epoch the caller believes in: an effect that comes back late is refused with `stale`. */
  readonly epoch?: number
}

export interface ListQuery {
  readonly phase?: string
  readonly team?: string
  readonly agent?: string
  readonly flow?: string
  readonly node?: string
  readonly q?: string
  readonly cursor?: string
  readonly limit?: number
}
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** Something the desk or a widget follows. `seq` is the conversation's log position, the id of an SSE event. */
export interface FeedEntry {
  readonly conversation: string
  readonly seq: number
  readonly entry: LogEntry
}

/** What has changed: a conversation, or (`conversation: null`) who works: presences, agents, teams, their room. */
export type Hint =
  { readonly conversation: string; readonly seq: number } | { readonly conversation: null; readonly seq?: undefined }

/**
 * Errors of the runtime as data: `code` decides the HTTP status, `message` names the cure.
 * `not-found` 404 · `exists` 409 · `not-owner`, `closed`, `not-expected`, `stale`, `unpublished` 409 ·
 * `version-mismatch` 412 · `key-reused`, `invalid` 422 · `unavailable` 503.
 */
export class RuntimeError extends Error {
  readonly code: RuntimeErrorCode
  readonly errors: readonly { readonly pointer: string; readonly message: string }[]
  constructor(code: RuntimeErrorCode, message: string, errors: readonly { pointer: string; message: string }[] = []) {
    super(message)
    this.name = 'RuntimeError'
    this.code = code
    this.errors = errors
  }
}
export type RuntimeErrorCode =
  | 'not-found'
  | 'exists'
  | 'not-owner'
  | 'closed'
  | 'not-expected'
  | 'stale'
  | 'unpublished'
  | 'version-mismatch'
  | 'key-reused'
  | 'invalid'
  | 'unavailable'

/** Conversations: every write is one transaction; a promise that resolves is durable. */
export interface Conversations {
  start(open: Open, options?: StartOptions): Promise<Advance>
  accept(id: string, event: OutsideEvent, options?: AcceptOptions): Promise<Advance>
  /** The server's own events. Resolves to undefined when the event is stale or the conversation no longer takes it. */
  tell(id: string, event: ServerEvent, options?: AcceptOptions): Promise<Advance | undefined>
  view(id: string): Promise<ConversationView>
  transcript(id: string): Promise<readonly Message[]>
  handoff(id: string): Promise<HandoffPackage>
  log(id: string, after?: number, limit?: number): Promise<readonly LogEntry[]>
  /** As it was after log entry `at`; now when left out. */
  snapshot(id: string, at?: number): Promise<Snapshot>
  list(query: ListQuery): Promise<Page<ConversationView>>
  /** Follows a conversation's log from after `seq`, without a gap; ends when the signal aborts. */
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<FeedEntry>
  /** Everything an agent or supervisor may see, as hints to look again. */
  followAll(signal: AbortSignal): AsyncIterable<Hint>
}

export interface Desk {
  agents(): Promise<readonly AgentView[]>
  agent(id: string): Promise<AgentView>
  putAgent(profile: AgentProfile): Promise<AgentView>
  setPresence(id: string, presence: Presence): Promise<AgentView>
  teams(): Promise<readonly Team[]>
  team(id: string): Promise<Team>
  putTeam(team: Team): Promise<Team>
  schedules(): Promise<readonly SavedSchedule[]>
  schedule(id: string): Promise<SavedSchedule>
  putSchedule(schedule: SavedSchedule): Promise<SavedSchedule>
  queues(): Promise<readonly QueueView[]>
  metrics(since: number): Promise<Metrics>
}

/** Counts since a time, for `/v1/metrics/handoffs` and Prometheus. Times in milliseconds. */
export interface Metrics {
  readonly conversations: number
  readonly handoffs: number
  readonly handoffRate: number | null
  readonly reasons: Readonly<Record<string, number>>
  readonly waits: { readonly count: number; readonly mean: number | null; readonly longest: number | null }
  readonly open: Readonly<Record<string, number>>
}

/** What an effect's module gets. It runs at least once; what it returns is told to the conversation. */
export interface EffectContext {
  readonly conversation: string
  readonly epoch: number
  /** 1 at the first try. */
  readonly attempt: number
  readonly maxAttempts: number
  readonly signal: AbortSignal
}
/** One effect: `server/effects/<effect>.ts`. `job: false` means there is nothing to run after COMMIT. */
export interface EffectHandler<Type extends EffectType> {
  readonly type: Type
  /** Tries in all before it is a dead letter that a person sees. */
  readonly maxAttempts: number
  /** False when this effect needs no work outside the database, for example a message on the web channel. */
  needsJob(effect: EffectOf<Type>): boolean
  run(effect: EffectOf<Type>, context: EffectContext): Promise<void>
  /** After the last failed try: what the conversation must be told so that nobody is stranded. */
  gaveUp(effect: EffectOf<Type>, context: EffectContext, error: string): Promise<void>
}
export type EffectHandlers = { readonly [Type in EffectType]: EffectHandler<Type> }

export interface DeadLetter {
  readonly id: string
  readonly conversation: string
  readonly type: string
  readonly attempts: number
  readonly error: string
  readonly at: number
}

export interface Runtime {
  readonly conversations: Conversations
  readonly desk: Desk
  deadLetters(): Promise<readonly DeadLetter[]>
  /** Resolves when the database answers; rejects with `unavailable` and the cure. */
  ready(): Promise<void>
  /** Stops taking work, lets running work end, closes connections. */
  close(): Promise<void>
}

export type { AgentName, ConversationEvent, Want }
