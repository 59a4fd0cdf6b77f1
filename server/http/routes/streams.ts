import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { agentOf, caller, demandOwn, type Caller } from '../auth.ts'
import { resumeAfter } from '../conditions.ts'
import { createDeskFeed } from '../desk-feed.ts'
import type { Deps, Env } from '../environment.ts'
import { createOpenStreams } from '../open-streams.ts'
import { entryFor, viewFor } from '../project.ts'
import { header, route } from '../route.ts'
import { streamQuery } from '../schemas/conversation.ts'
import { idParam } from '../schemas/list.ts'
import { eventStream, type Handed, type ServerSentEvent } from '../sse.ts'

const tags = ['Streams']
const stream = (description: string) => ({
  description,
  content: { 'text/event-stream': { schema: { type: 'string' as const } } },
})

const conversationRoute = route('conversations.read', ['not-found', 'unavailable'], '/conversations/{id}/stream', {
  method: 'get',
  tags,
  summary: 'Follow a conversation',
  description: [
    'Server-sent events, named by the kind of the log’s entry (`event`, `message`, `moved`, `note`, `effect`),',
    'each with the entry’s `seq` as id. `Last-Event-ID` resumes without a gap. Three more have no id: `view`, where the',
    'conversation stands, first and whenever that changes, `typing`, `{from, agent?, typing}`, and `gone`, the last one,',
    '`{because: "forgotten"}`: it was erased, or kept long enough, and is 404 from now on.',
    'Of the log a customer is sent messages and moves only.',
  ].join(' '),
  parameters: [header('Last-Event-ID', 'The id of the last event that was received.')],
  request: { params: idParam, query: streamQuery },
  responses: { 200: stream('The log, for as long as the client listens.') },
})

const deskRoute = route('desk.follow', ['unavailable'], '/desk/stream', {
  method: 'get',
  tags,
  summary: 'Follow the desk',
  description: [
    'Server-sent events: `queues` (as GET /v1/queues lists them), `agents` (as GET /v1/agents does), `conversation`',
    '(one that waits, is offered or is one’s own, as it is now, with what the desk shows of it), `gone` (one that is',
    'no longer any of these), `typing` (`{conversation, from, agent?, typing}`) and `ready` after the first look.',
    'Supervisors and admins follow all conversations with people.',
  ].join(' '),
  responses: { 200: stream('The desk, for as long as the client listens.') },
})

/** Live views. */
export function streams({ runtime, closing, log, meters }: Pick<Deps, 'runtime' | 'closing' | 'log' | 'meters'>) {
  const feed = createDeskFeed({ runtime, closing, log })
  const open = createOpenStreams()
  const counted = (c: Context<Env>, source: (signal: AbortSignal) => AsyncIterable<Handed>) => {
    const leave = open.enter(caller(c))
    return eventStream(
      (signal) => {
        signal.addEventListener('abort', leave, { once: true })
        return source(signal)
      },
      { closing, log, stillAdmitted: c.get('stillAdmitted'), feeds: meters?.feeds },
    )
  }
  return new OpenAPIHono<Env>()
    .openapi(conversationRoute, async (c) => {
      const { id } = c.req.valid('param')
      demandOwn(caller(c), id)
      const after = resumeAfter(c, c.req.valid('query').after)
      await runtime.conversations.view(id)
      return counted(c, (signal) => entries(runtime, id, after, caller(c), signal))
    })
    .openapi(deskRoute, (c) => {
      const agent = agentOf(caller(c))
      return counted(c, (signal) => feed.watch(agent === undefined ? {} : { agent }, signal))
    })
}

async function* entries(
  { conversations, promises }: Pick<Deps['runtime'], 'conversations' | 'promises'>,
  id: string,
  after: number,
  who: Caller,
  signal: AbortSignal,
): AsyncIterable<ServerSentEvent> {
  let standing = ''
  for await (const seen of conversations.watch(id, after, signal)) {
    if ('view' in seen) {
      const data = viewFor(who, seen.view)
      const stands = JSON.stringify({ ...data, version: 0 })
      // The version grows with every event; that alone is no news.
      if (stands !== standing) yield { event: 'view', data }
      standing = stands
    } else if ('typing' in seen) {
      const { conversation: _, ...data } = seen.typing
      if (who.role !== 'customer' || data.from !== 'customer') yield { event: 'typing', data }
    } else {
      const shown = entryFor(who, seen.entry)
      if (shown) yield { id: String(seen.seq), event: shown.kind, data: shown }
      // Here the entry before is on its way: what the customer is shown of people is not mailed too.
      if (shown?.kind === 'message' && who.role === 'customer' && (shown.from === 'agent' || shown.from === 'system'))
        promises.shown(id, seen.seq)
    }
  }
  // It has an end only where the conversation is kept no longer; who goes, or is cut off, ends by the signal.
  if (!signal.aborted) yield { event: 'gone', data: { because: 'forgotten' } }
}
