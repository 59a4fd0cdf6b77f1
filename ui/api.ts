/**
 * The typed client of the server (API.md). Each call answers what it names, or throws an `ApiProblem`. What a flow's
 * JSON holds is not judged here: drafts may come from anywhere.
 */
import type { Advance, ExportFormat, HandoffPackage, Problem, Snapshot } from '#engine/index.ts'
import type {
  AgentProfile,
  AgentView,
  CallbackView,
  CannedReply,
  ConversationQuery,
  ConversationView,
  DeskConversation,
  FlowDraft,
  FlowSummary,
  FlowVersion,
  Page,
  PromiseQuery,
  QueueView,
  Reply,
  Routing,
  SavedFlow,
  ScheduleView,
  Self,
  ShownEntry,
  ShownMessage,
  SignInLink,
  TeamView,
  TicketView,
} from './answers.ts'
import type { BacktestPage, BacktestRequest } from './backtest.ts'
import type { DryRun, DryRunRequest } from './dry-run.ts'
import type { MigrationPreview, MigrationPreviewRequest, MigrationRequest, Moved } from './migration.ts'
import { answered, request, type Asked, type Connection } from './request.ts'

export type Api = ReturnType<typeof createApi>

export function createApi(connection: Connection) {
  const ask = <Answer>(path: string, asked?: Asked): Promise<Answer> => answered<Answer>(connection, path, asked)
  const every = async <Item>(path: string): Promise<readonly Item[]> => (await ask<Page<Item>>(path)).items

  return {
    connection,
    self: () => ask<Self>('/v1/keys/self'),

    listFlows: () => every<FlowSummary>('/v1/flows'),
    /** A flow's draft, the etag to save it with, and the live version. */
    async getFlow(id: string): Promise<FlowDraft> {
      const [answer, versions] = await Promise.all([
        request(connection, flowPath(id)),
        every<FlowVersion>(`${flowPath(id)}/versions`),
      ])
      const flow: unknown = await answer.json()
      return { flow, etag: etagOf(answer), published: versions.find((each) => each.live)?.version ?? null }
    },
    /**
     * Saves a draft. `etag`: the one last seen, refused with 412 when somebody else saved since; null: it must be
     * new.
     */
    async saveFlow(id: string, flow: unknown, etag: string | null, { keepalive = false } = {}): Promise<SavedFlow> {
      const condition = etag === null ? { 'If-None-Match': '*' } : { 'If-Match': etag }
      const answer = await request(connection, flowPath(id), {
        method: 'PUT',
        body: flow,
        headers: condition,
        ...(keepalive ? { keepalive } : {}),
      })
      const saved: unknown = await answer.json()
      const published =
        typeof saved === 'object' && saved !== null && 'published' in saved && typeof saved.published === 'number'
          ? saved.published
          : null
      return { etag: etagOf(answer), published }
    },
    /** Deletes the draft that was last seen: refused with 412 when somebody else saved since. */
    async deleteFlow(id: string, etag: string): Promise<void> {
      await request(connection, flowPath(id), { method: 'DELETE', headers: { 'If-Match': `"${etag}"` } })
    },
    /** Publishes the draft that was last seen: refused with 412 when somebody else saved since. */
    publish: (id: string, etag: string, note?: string) =>
      ask<FlowVersion>(`${flowPath(id)}/publish`, {
        method: 'POST',
        body: note === undefined ? {} : { note },
        headers: { 'If-Match': etag },
      }),
    versions: (id: string) => every<FlowVersion>(`${flowPath(id)}/versions`),
    /** The document of a published version. */
    version: (id: string, version: number) => ask<unknown>(exportPath(id, 'json', version)),
    rollback: (id: string, version: number) =>
      ask<FlowVersion>(`${flowPath(id)}/rollback`, { method: 'POST', body: { version } }),
    /** One page of a backtest; `signal` gives up waiting for it. */
    backtest: (id: string, body: BacktestRequest, signal?: AbortSignal) =>
      ask<BacktestPage>(`${flowPath(id)}/backtest`, {
        method: 'POST',
        body,
        ...(signal === undefined ? {} : { signal }),
      }),
    /** Who would move to a version, or to a draft, and who stays. */
    previewMigration: (id: string, body: MigrationPreviewRequest, signal?: AbortSignal) =>
      ask<MigrationPreview>(`${flowPath(id)}/migration/preview`, {
        method: 'POST',
        body,
        ...(signal === undefined ? {} : { signal }),
      }),
    /** Moves running conversations, as many as the server does in one call. */
    migrate: (id: string, body: MigrationRequest, signal?: AbortSignal) =>
      ask<Moved>(`${flowPath(id)}/migration`, { method: 'POST', body, ...(signal === undefined ? {} : { signal }) }),
    check: async (flow: unknown) =>
      (await ask<{ readonly problems: readonly Problem[] }>('/v1/flows/check', { method: 'POST', body: flow }))
        .problems,
    /** Where an export is read; it wants the key, so a plain link does not do. */
    exportUrl: (id: string, as: ExportFormat, version?: number): string =>
      `${connection.base}${exportPath(id, as, version)}`,
    exportText: async (id: string, as: ExportFormat, version?: number) =>
      (await request(connection, exportPath(id, as, version))).text(),

    conversations: (query: ConversationQuery = {}) =>
      ask<Page<ConversationView>>(`/v1/conversations${queryOf({ ...query })}`),
    conversation: (id: string) => ask<ConversationView>(conversationPath(id)),
    transcript: async (id: string) =>
      (await ask<{ readonly messages: readonly ShownMessage[] }>(`${conversationPath(id)}/transcript`)).messages,
    handoff: (id: string) => ask<HandoffPackage>(`${conversationPath(id)}/handoff`),
    routing: (id: string) => ask<Routing>(`${conversationPath(id)}/routing`),
    /** A page of a conversation's log; `next` is the `after` of the following one. */
    log: (id: string, { after, limit }: { readonly after?: number; readonly limit?: number } = {}) =>
      ask<Page<ShownEntry>>(`${conversationPath(id)}/log${queryOf({ after, limit })}`),
    snapshot: (id: string, at?: number) => ask<Snapshot>(`${conversationPath(id)}/snapshot${queryOf({ at })}`),

    /** Sends one event. With the same key it is sent again and counts once. */
    advance: (id: string, event: { readonly type: string }, key: string) =>
      ask<Advance>(`${conversationPath(id)}/events`, {
        method: 'POST',
        body: event,
        headers: { 'Idempotency-Key': key },
      }),
    /** Says that the caller writes, or has stopped. Nothing of it is kept. */
    async typing(id: string, typing: boolean): Promise<void> {
      await request(connection, `${conversationPath(id)}/typing`, { method: 'POST', body: { typing } })
    },
    /** Texts to answer with: suggestions without `q`, canned replies with one. */
    replies: async (id: string, { q, limit }: { readonly q?: string; readonly limit?: number } = {}) =>
      (await ask<{ readonly items: readonly Reply[] }>(`${conversationPath(id)}/replies${queryOf({ q, limit })}`))
        .items,
    async attachment(id: string, attachment: string): Promise<Blob> {
      return (await request(connection, attachmentPath(id, attachment))).blob()
    },

    deskConversations: (query: ConversationQuery = {}) =>
      ask<Page<DeskConversation>>(`/v1/desk/conversations${queryOf({ ...query })}`),
    setPresence: (agent: string, status: AgentView['presence']) =>
      ask<AgentView>(`${agentPath(agent)}/presence`, { method: 'PUT', body: { status } }),
    /** A link that signs the agent in at the desk. */
    signInLink: (agent: string) => ask<SignInLink>(`${agentPath(agent)}/link`, { method: 'POST' }),
    cannedReplies: () => every<CannedReply>('/v1/canned-replies'),
    /** As it is now, with the etag that a change of it must name. */
    async cannedReply(id: string): Promise<{ readonly reply: CannedReply; readonly etag: string }> {
      const answer = await request(connection, cannedPath(id))
      return { reply: (await answer.json()) as CannedReply, etag: etagOf(answer) }
    },
    /** Null: it is new. Refused with 412 when it is not as the etag says. */
    async saveCannedReply({ id, ...reply }: CannedReply, etag: string | null): Promise<void> {
      const headers = etag === null ? { 'If-None-Match': '*' } : { 'If-Match': etag }
      await request(connection, cannedPath(id), { method: 'PUT', body: reply, headers })
    },
    async deleteCannedReply(id: string): Promise<void> {
      await request(connection, cannedPath(id), { method: 'DELETE' })
    },

    queues: () => every<QueueView>('/v1/queues'),
    /** Plays a past day of a team again; `signal` gives up waiting for it. */
    dryRun: (team: string, body: DryRunRequest, signal?: AbortSignal) =>
      ask<DryRun>(`/v1/queues/${encodeURIComponent(team)}/dry-run`, {
        method: 'POST',
        body,
        ...(signal === undefined ? {} : { signal }),
      }),
    teams: () => every<TeamView>('/v1/teams'),
    agents: () => every<AgentView>('/v1/agents'),
    schedules: () => every<ScheduleView>('/v1/schedules'),
    saveAgent: ({ id, ...profile }: AgentProfile) => ask<AgentView>(agentPath(id), { method: 'PUT', body: profile }),
    saveTeam: ({ id, ...team }: TeamView) =>
      ask<TeamView>(`/v1/teams/${encodeURIComponent(id)}`, { method: 'PUT', body: team }),
    saveSchedule: ({ id, ...schedule }: ScheduleView) =>
      ask<ScheduleView>(`/v1/schedules/${encodeURIComponent(id)}`, { method: 'PUT', body: schedule }),

    /** Those that are not resolved, unless `state` says otherwise. */
    tickets: (query: PromiseQuery = {}) => ask<Page<TicketView>>(`/v1/tickets${queryOf({ ...query })}`),
    /** The agent accepts the ticket's conversation, also one that has ended. */
    takeTicket: (id: string, agent: string) =>
      ask<Advance>(`/v1/tickets/${encodeURIComponent(id)}/take`, { method: 'POST', body: { agent } }),
    resolveTicket: (id: string) => ask<TicketView>(`/v1/tickets/${encodeURIComponent(id)}/resolve`, { method: 'POST' }),
    /** Those that are still to come, unless `state` says otherwise. */
    callbacks: (query: PromiseQuery = {}) => ask<Page<CallbackView>>(`/v1/callbacks${queryOf({ ...query })}`),
    cancelCallback: (id: string) =>
      ask<CallbackView>(`/v1/callbacks/${encodeURIComponent(id)}/cancel`, { method: 'POST' }),
  }
}

function flowPath(id: string): string {
  return `/v1/flows/${encodeURIComponent(id)}`
}

function exportPath(id: string, as: ExportFormat, version?: number): string {
  return `${flowPath(id)}/export${queryOf({ as, version })}`
}

function conversationPath(id: string): string {
  return `/v1/conversations/${encodeURIComponent(id)}`
}

/** Where a file of a conversation is read; it wants the key, so a plain link does not do. */
function attachmentPath(id: string, attachment: string): string {
  return `${conversationPath(id)}/attachments/${encodeURIComponent(attachment)}`
}

/** Where the bytes of a new file of a conversation are sent. */
export function uploadPath(id: string, name: string): string {
  return `${conversationPath(id)}/attachments${queryOf({ name })}`
}

/** A conversation's own stream, from after the entry `after`. */
export function streamPath(id: string, after: number): string {
  return `${conversationPath(id)}/stream${queryOf({ after })}`
}

export const DESK_STREAM = '/v1/desk/stream'

function agentPath(id: string): string {
  return `/v1/agents/${encodeURIComponent(id)}`
}

function cannedPath(id: string): string {
  return `/v1/canned-replies/${encodeURIComponent(id)}`
}

/** `?key=value…` of what is given; nothing when nothing is. */
export function queryOf(given: Readonly<Partial<Record<string, string | number | undefined>>>): string {
  const query = new URLSearchParams(
    Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  )
  return query.size === 0 ? '' : `?${query.toString()}`
}

function etagOf(answer: Response): string {
  return answer.headers.get('ETag') ?? ''
}

export { ApiProblem } from './request.ts'
