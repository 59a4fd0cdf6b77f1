/** The conversations of a server that runs: which there are, their logs, and the versions of the flow that they ran on. */
import type { LogEntry } from '#engine/index.ts'
import { conversationView, logEntry } from '#server/http/schemas/conversation.ts'
import { pagesOf, type Page } from './pages.ts'
import type { RunningServer } from './running-server.ts'

const listed = conversationView.pick({ id: true, flow: true })
/** Entries of an answer, which is 10 MB at most. */
const LOG_PAGE = 500

/** A page of them at a time, the latest first; those of a `flow`, or all; from `cursor` on, which an earlier page named. */
export function conversations(
  server: RunningServer,
  {
    limit,
    ...which
  }: { readonly flow?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
): AsyncIterable<Page<{ readonly id: string; readonly flow: { readonly id: string; readonly version: number } }>> {
  return pagesOf(server, '/v1/conversations', listed, { ...which, limit: String(limit) })
}

/** Where a conversation is found, for `text` of the server. */
export function pathOf(id: string): string {
  return `/v1/conversations/${encodeURIComponent(id)}`
}

/** All that is kept of the log of a conversation, as it is stored. */
export async function logOf(server: RunningServer, id: string): Promise<readonly LogEntry[]> {
  const log: LogEntry[] = []
  const asked = { after: '0', limit: String(LOG_PAGE) }
  for await (const { items } of pagesOf(server, `${pathOf(id)}/log`, logEntry, asked, 'after'))
    log.push(...items.map((entry) => ({ ...entry, at: Date.parse(entry.at) })))
  return log
}

/** The document of a version of a flow, as it was published. */
export async function documentOfVersion(server: RunningServer, flow: string, version: number): Promise<unknown> {
  return JSON.parse(await server.text(`/v1/flows/${encodeURIComponent(flow)}/export?as=json&version=${version}`))
}
