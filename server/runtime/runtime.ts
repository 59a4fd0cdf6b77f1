/**
 * The server's ports: what the HTTP routes, the effects and the command line may ask of the runtime and of the store.
 * `createRuntime` (in `create.ts`) makes the one implementation.
 */
import type {
  Advance,
  AgentName,
  Attachment,
  ConversationEvent,
  ConversationView,
  EffectOf,
  EffectType,
  HandoffPackage,
  Json,
  LogEntry,
  Message,
  OutsideEvent,
  PassedOver,
  Schedule,
  ServerEvent,
  Snapshot,
  Want,
} from '#engine/index.ts'
import type { Customers } from '../operation/customers.ts'
import type { Unready } from '../operation/readiness.ts'
import type { Work } from '../operation/work.ts'
import type { HeardStore } from '../channels/heard.ts'
import type { Promises } from '../promises/promises.ts'
import type { Kept } from '#engine/routing/index.ts'
import type { Backtests } from './backtest.ts'
import type { DeskConversation } from './desk-conversation.ts'
import type { DryRuns } from './dry-run.ts'
import type { Migrations } from './migrate.ts'
import type { SnapshotThen, WhyThen } from './past.ts'
import type { SimilarReply } from './similar.ts'
import type { Typist } from './typing.ts'

export { RuntimeError, type RuntimeErrorCode } from './runtime-error.ts'

export type Presence = 'online' | 'away' | 'offline'
/**
 * Who of those that fit alike goes first: the one with the smallest share of room taken, or who is idle for longest.
 */
export type TeamPolicy = 'leastLoaded' | 'longestIdle'

export interface AgentProfile {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
  readonly skills: Readonly<Record<string, number>>
  readonly languages: readonly string[]
  readonly channels: readonly string[]
  /** The customers' tiers that the agent serves; empty or left out: any. */
  readonly tiers?: readonly string[]
  /** How much is held at once, at most: conversations, each by its weight. */
  readonly capacity: number
  /** The bot of `bots.json` that answers for it; left out: a person. */
  readonly bot?: string
}
export interface AgentView extends AgentProfile {
  readonly tiers: readonly string[]
  readonly presence: Presence
  /** Why they are away, where it was not they who said so: they let offers pass unanswered. */
  readonly because?: 'missed'
  /** What is held now: the weights of conversations, of offers and of wrap-up. */
  readonly load: number
}
export interface Team {
  readonly id: string
  readonly name: string
  /** How long an offer rings, such as "30s". */
  readonly offerFor?: string
  /** `leastLoaded` when left out. */
  readonly routing?: TeamPolicy
  /** The room that a conversation of a channel takes, where it is not 1. */
  readonly weights?: Readonly<Record<string, number>>
  /** Offers that an agent lets pass in a row before they are away; 2 when left out, 0: never. */
  readonly awayAfter?: number
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
  /** What somebody who joins now, and asks for nothing but the team, is told: “about”, and “within”. Milliseconds. */
  readonly eta: number | null
  readonly within: number | null
  /** How true the forecasts were, over the team's last 200 waits that a person ended. */
  readonly kept: Kept
  readonly agents: { readonly online: number; readonly away: number; readonly capacity: number; readonly load: number }
}

/** Why a conversation was offered to whom, and why it is not to others. */
export interface Routing {
  readonly decisions: readonly RoutingDecision[]
  /** Why it waits, now; null when it does not wait for a person. */
  readonly now: RoutingNow | null
}
export interface RoutingDecision {
  /** ISO 8601. */
  readonly at: string
  readonly agent: AgentName
  readonly reason: string | null
  readonly skipped: readonly PassedOver[]
  readonly outcome: 'open' | 'accepted' | 'declined' | 'missed' | 'withdrawn'
}
export interface RoutingNow {
  readonly position: number
  /** Milliseconds; null when nobody can say. */
  readonly expected: number | null
  readonly within: number | null
  /** Who could have it, and whether there is room. */
  readonly fits: readonly { readonly agent: AgentName; readonly room: boolean; readonly why: string }[]
  /** Who of its teams could not, and what is missing. */
  readonly lacks: readonly PassedOver[]
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
  /** Who leaves a note in a conversation that somebody else holds, or nobody; null: nobody can say who. */
  readonly whisper?: AgentName | null
  readonly idempotencyKey?: string
  /** The version the caller believes in. */
  readonly ifMatch?: number
  /** The owner epoch the caller believes in: an effect that comes back late is refused with `stale`. */
  readonly epoch?: number
  /** The node the caller answers to: once the flow has gone on, its answer is refused with `stale`. */
  readonly node?: string
  /** Who is sought (`soughtOf`): an offer that was found for something else by now is refused with `stale`. */
  readonly sought?: string
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

/** Somebody types, or stops. It is told to who is there and never kept. */
export interface Typing {
  readonly conversation: string
  readonly from: 'customer' | 'agent' | 'bot'
  readonly agent?: AgentName
  readonly typing: boolean
}

/** What a watcher of a conversation is shown: an entry of its log, where it stands now, or who types. */
export type Seen = FeedEntry | { readonly view: ConversationView } | { readonly typing: Typing }

/** As `seq` of a hint: the conversation was forgotten, and is to be forgotten wherever something is kept of it. */
export const FORGOTTEN = 0

/**
 * What has changed: a conversation, or (`conversation: null`) who works: presences, agents, teams, their room. `missed`:
 * anything may have, and whoever shows something looks at it again.
 */
export type Hint =
  | { readonly conversation: string; readonly seq: number }
  | { readonly conversation: null; readonly seq?: undefined; readonly missed?: boolean }

/** Conversations: every write is one transaction; a promise that resolves is durable. */
export interface Conversations {
  start(open: Open, options?: StartOptions): Promise<Advance>
  accept(id: string, event: OutsideEvent, options?: AcceptOptions): Promise<Advance>
  /** The server's own events. Resolves to undefined when the event is stale or the conversation no longer takes it. */
  tell(id: string, event: ServerEvent, options?: AcceptOptions): Promise<Advance | undefined>
  view(id: string): Promise<ConversationView>
  /** As the answer to an event is, without one: nothing has happened. */
  current(id: string): Promise<Advance>
  /** A customer's conversations on a flow and a channel: all that are kept, and the latest that is still open. */
  ofCustomer(
    customer: string,
    flow: string,
    channel: string,
  ): Promise<{ readonly kept: readonly string[]; readonly open?: string }>
  transcript(id: string): Promise<readonly Message[]>
  handoff(id: string): Promise<HandoffPackage>
  log(id: string, after?: number, limit?: number): Promise<readonly LogEntry[]>
  /** As it was after log entry `at`; now when left out. */
  snapshot(id: string, at?: number): Promise<Snapshot>
  /** The same as text: exactly as it is stored, or byte by byte as it was. */
  snapshotText(id: string, at?: number): Promise<SnapshotThen>
  /** Why the event to which log entry `at` belongs did what it did; the customer's last message when left out. */
  why(id: string, at?: number): Promise<WhyThen>
  /** To whom it was offered and why, and why it waits now. */
  routing(id: string): Promise<Routing>
  list(query: ListQuery): Promise<Page<ConversationView>>
  /** Follows a conversation's log from after `seq`, without a gap; ends when the signal aborts. */
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<FeedEntry>
  /**
   * Follows a conversation as a screen shows it: where it stands (first, and whenever that changes), its log from after
   * `seq`, and who types.
   */
  watch(id: string, after: number, signal: AbortSignal): AsyncIterable<Seen>
  /** Tells that somebody types; not durable, at most once a second of one. */
  tellTyping(id: string, typist: Typist, typing: boolean): Promise<void>
  /** Hears who types anywhere. Returns how to stop listening. */
  onTyping(listener: (typing: Typing) => void): () => void
  /** Conversations as the desk shows them: null is one that no person waits for or has. Those not there are left out. */
  deskViews(ids: readonly string[]): Promise<ReadonlyMap<string, DeskConversation | null>>
  deskList(query: ListQuery): Promise<Page<DeskConversation>>
  /** Replies that helped in conversations like this one. */
  similar(id: string, limit: number): Promise<readonly SimilarReply[]>
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
  /** Open conversations, by phase. */
  open(): Promise<Metrics['open']>
}

/** Counts since a time, for `/v1/metrics/handoffs`. Times in milliseconds. */
export interface Metrics {
  readonly conversations: number
  readonly handoffs: number
  readonly handoffRate: number | null
  readonly reasons: Readonly<Record<string, number>>
  readonly waits: { readonly count: number; readonly mean: number | null; readonly longest: number | null }
  readonly open: Readonly<Record<string, number>>
}

/** A file on its way in. `type` is what the sender calls it. */
export interface NewFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
  readonly sender: 'customer' | 'staff'
  /** A file that is sent again with it is the same file. */
  readonly idempotencyKey?: string
}

/** Files of conversations. */
export interface Attachments {
  /** Durable when it resolves. Rejects with `closed`, `not-found`, `key-reused`; `invalid` when there are too many. */
  keep(conversation: string, file: NewFile): Promise<Attachment>
  read(
    conversation: string,
    id: string,
  ): Promise<{ readonly attachment: Attachment; readonly bytes: Uint8Array } | undefined>
  /** Those of these ids that belong to the conversation. */
  find(conversation: string, ids: readonly string[]): Promise<readonly Attachment[]>
}

/** A mail to one person. Plain text always, HTML beside it. */
export interface NewMail {
  /** Sent again with the same id it is the same mail. */
  readonly id: string
  readonly conversation: string
  /** What it is: kinds are counted apart. */
  readonly kind: 'transcript' | 'ticket' | 'reply'
  readonly to: string
  /** Where a reply to it goes; to the sender when left out. */
  readonly replyTo?: string | null
  readonly subject: string
  readonly body: string
  readonly html: string
  readonly language: string
}

/** Mails on their way out: durable, tried again until the mail server takes them, sent once. */
export interface Mails {
  /** Whether this server can send any. */
  readonly configured: boolean
  queue(mail: NewMail, limit: MailLimit): Promise<'queued' | 'full'>
}

/**
 * What makes a mail `full`: `most` of its kind were queued since `since` (epoch ms) in its conversation, or `mostTo` for
 * its address in any.
 */
export interface MailLimit {
  readonly since: number
  readonly most: number
  readonly mostTo?: number
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
/** What an effect needs after the COMMIT of its event. */
export type Needs =
  | 'nothing'
  /** That it is run. */
  | 'job'
  /** That its conversation is looked after when so many milliseconds have passed in which nothing more was said. */
  | { readonly followUpAfter: number }

/** One effect: `server/effects/<effect>.ts`. */
export interface EffectHandler<Type extends EffectType> {
  readonly type: Type
  /** Tries in all before it is a dead letter that a person sees. */
  readonly maxAttempts: number
  needs(effect: EffectOf<Type>): Needs
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
  /** When a person set it aside; null: nobody has. */
  readonly asideAt: number | null
}

export interface Runtime {
  readonly conversations: Conversations
  readonly desk: Desk
  readonly dryRuns: DryRuns
  readonly backtests: Backtests
  readonly migrations: Migrations
  readonly attachments: Attachments
  readonly mails: Mails
  readonly promises: Promises
  /** The deliveries of channels, each with its conversation. */
  readonly heard: HeardStore
  /** What is kept of one customer. */
  readonly customers: Customers
  deadLetters(): Promise<readonly DeadLetter[]>
  /** It runs again, as often as it may be tried. Rejects with `not-found`. */
  retryDeadLetter(id: string): Promise<void>
  /** A person has dealt with it. Rejects with `not-found`. */
  setDeadLetterAside(id: string): Promise<void>
  /** What keeps it from taking work; undefined: nothing. */
  unready(): Promise<Unready | undefined>
  /** What is still to be done. */
  work(): Promise<Work>
  /** Takes no more jobs and does no more upkeep; what is asked for is still answered. */
  rest(): Promise<void>
  /** Stops taking work, lets running work end, closes connections. */
  close(): Promise<void>
}

export type { AgentName, ConversationEvent, Want }
