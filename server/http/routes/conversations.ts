import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { StartOptions } from '#server/runtime/runtime.ts'
import { caller, demandOwn, type Caller } from '../auth.ts'
import { etag, idempotencyKey } from '../conditions.ts'
import type { Deps, Env } from '../environment.ts'
import { entryFor, shownHandoff, shownMessage, viewFor } from '../project.ts'
import { gives, header, route, takesJson } from '../route.ts'
import {
  conversationView,
  handoffPackage,
  listQuery,
  logEntry,
  logQuery,
  message,
  openBody,
  opened,
  snapshot,
  snapshotQuery,
} from '../schemas/conversation.ts'
import { idParam, listOf } from '../schemas/list.ts'
import { routing } from '../schemas/routing.ts'

const tags = ['Conversations']
const ETAG = { ETag: 'The conversation’s version, quoted.' }
const LOG_PAGE = 200

const startRoute = route(
  'conversations.start',
  ['unpublished', 'not-found', 'exists', 'key-reused', 'invalid', 'unavailable'],
  '/conversations',
  {
    method: 'post',
    tags,
    summary: 'Start a conversation',
    description: 'It runs on the flow’s published version and stays on it, whatever is published later.',
    parameters: [
      header('Idempotency-Key', 'The same key with the same body gives the same answer again and begins nothing new.'),
    ],
    request: { body: takesJson(openBody) },
    responses: {
      201: gives('It has begun; the first messages are in the answer.', opened, {
        ...ETAG,
        Location: 'Where to read it.',
      }),
    },
  },
)

const listRoute = route('conversations.list', ['unavailable'], '/conversations', {
  method: 'get',
  tags,
  summary: 'List conversations',
  request: { query: listQuery },
  responses: { 200: gives('A page, the latest first.', listOf(conversationView)) },
})

const readRoute = route('conversations.read', ['not-found', 'unavailable'], '/conversations/{id}', {
  method: 'get',
  tags,
  summary: 'Read a conversation',
  request: { params: idParam },
  responses: { 200: gives('Where it stands.', conversationView, ETAG) },
})

const transcriptRoute = route('conversations.read', ['not-found', 'unavailable'], '/conversations/{id}/transcript', {
  method: 'get',
  tags,
  summary: 'Read what was said',
  request: { params: idParam },
  responses: { 200: gives('All messages, in order.', z.object({ messages: z.array(message).readonly() })) },
})

const handoffRoute = route('conversations.handoff', ['not-found', 'unavailable'], '/conversations/{id}/handoff', {
  method: 'get',
  tags,
  summary: 'Read the handoff package',
  request: { params: idParam },
  responses: { 200: gives('All that whoever takes over needs.', handoffPackage) },
})

const logRoute = route('conversations.history', ['not-found', 'unavailable'], '/conversations/{id}/log', {
  method: 'get',
  tags,
  summary: 'Read the log',
  request: { params: idParam, query: logQuery },
  responses: { 200: gives('Entries in order; `next` is the `after` of the next page.', listOf(logEntry)) },
})

const snapshotRoute = route('conversations.history', ['not-found', 'unavailable'], '/conversations/{id}/snapshot', {
  method: 'get',
  tags,
  summary: 'Read the snapshot, now or as it was',
  request: { params: idParam, query: snapshotQuery },
  description:
    'Byte by byte as it is stored, or as it was after the event to which log entry `at` belongs: replayed on the ' +
    'version of the flow that ran then.',
  responses: {
    200: gives('The engine’s snapshot.', snapshot, { 'Content-Location': 'The same, by the entry of that event.' }),
  },
})

const routingRoute = route('conversations.history', ['not-found', 'unavailable'], '/conversations/{id}/routing', {
  method: 'get',
  tags,
  summary: 'Read why it was offered to whom',
  description: 'Every offer with its reason and how it ended, and, while the customer waits, who could have it now.',
  request: { params: idParam },
  responses: { 200: gives('The decisions, and the present.', routing) },
})

/** Conversations: start and read; `advance.ts` has the event. */
export function conversations({ runtime, tokens }: Pick<Deps, 'runtime' | 'tokens'>) {
  const all = runtime.conversations
  return new OpenAPIHono<Env>()
    .openapi(startRoute, async (c) => {
      const begun = await all.start(c.req.valid('json'), startOptions(caller(c), idempotencyKey(c)))
      const { id, version } = begun.conversation
      return c.json({ ...begun, customerToken: await tokens.issue(id) }, 201, {
        ETag: etag(version),
        Location: `/v1/conversations/${encodeURIComponent(id)}`,
      })
    })
    .openapi(listRoute, async (c) => c.json(await all.list(c.req.valid('query')), 200))
    .openapi(readRoute, async (c) => {
      const { id } = c.req.valid('param')
      demandOwn(caller(c), id)
      const view = await all.view(id)
      return c.json(viewFor(caller(c), view), 200, { ETag: etag(view.version) })
    })
    .openapi(transcriptRoute, async (c) => {
      const { id } = c.req.valid('param')
      demandOwn(caller(c), id)
      return c.json({ messages: (await all.transcript(id)).map(shownMessage) }, 200)
    })
    .openapi(handoffRoute, async (c) => c.json(shownHandoff(await all.handoff(c.req.valid('param').id)), 200))
    .openapi(logRoute, async (c) => {
      const { after = 0, limit = LOG_PAGE } = c.req.valid('query')
      const entries = await all.log(c.req.valid('param').id, after, limit)
      const items = entries.flatMap((entry) => entryFor(caller(c), entry) ?? [])
      return c.json({ items, next: entries.length === limit ? String(entries.at(-1)?.seq) : null }, 200)
    })
    .openapi(snapshotRoute, async (c) => {
      const { id } = c.req.valid('param')
      const { text, seq } = await all.snapshotText(id, c.req.valid('query').at)
      const location = `/v1/conversations/${encodeURIComponent(id)}/snapshot?at=${seq}`
      // The text itself: what is stored is not read and written anew on its way.
      return c.body(text, 200, { 'Content-Type': 'application/json', 'Content-Location': location })
    })
    .openapi(routingRoute, async (c) => c.json(await all.routing(c.req.valid('param').id), 200))
}

function startOptions(who: Caller, key: string | undefined): StartOptions {
  return key === undefined || who.role === 'customer' ? {} : { idempotencyKey: key, caller: who.key }
}
