/**
 * The hot path: one event of one conversation. What `route` composes for other calls (who calls, how fast, with what
 * right, which body) stands here in one handler that answers with plain headers: as five layers with `Headers` objects
 * the same checks cost 90 us of the server's processor for each event instead of 70, where a bare Hono route takes 35.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Handler, TypedResponse } from 'hono'
import type { Advance, OutsideEvent } from '#engine/index.ts'
import type { AcceptOptions } from '#server/runtime/runtime.ts'
import { admit, agentOf, demandOwn, nameOf, noConversation, type Caller } from '../auth.ts'
import { etag, idempotencyKey, ifMatchVersion } from '../conditions.ts'
import type { Deps, Env } from '../environment.ts'
import { eventFrom } from '../event.ts'
import { SECURE } from '../headers.ts'
import { withFiles } from '../files.ts'
import { MEGABYTE, readJson } from '../json-body.ts'
import { advanceFor } from '../project.ts'
import { gives, header, route, takesJson } from '../route.ts'
import { advance, eventBody } from '../schemas/conversation.ts'
import { idParam } from '../schemas/list.ts'

const advanceRoute = route(
  'conversations.advance',
  [
    'not-found',
    'server-event',
    'not-owner',
    'closed',
    'not-expected',
    'stale',
    'version-mismatch',
    'key-reused',
    'invalid',
    'unavailable',
  ],
  '/conversations/{id}/events',
  {
    method: 'post',
    tags: ['Conversations'],
    summary: 'Advance a conversation by one event',
    description: [
      'An answer with 2xx means that the event is durable. A refusal changes nothing.',
      'Who may send an event is decided by its type: `customer.*` and `survey.*` the customer, a bot or an admin;',
      '`bot.*` a bot or an admin; `agent.*` an agent, a supervisor or an admin. An `agent.note` of a supervisor or an',
      'admin is a whisper: only people read it; it is taken as soon as the conversation has been with people. Files',
      'are named in `attachments` by their `id`; the rest of them is what was stored.',
    ].join(' '),
    parameters: [
      header('Idempotency-Key', 'The same key with the same body gives the same answer again and counts once.'),
      header('If-Match', 'The version the caller believes in; refused with 412 when it has changed.'),
    ],
    request: { params: idParam, body: takesJson(eventBody) },
    responses: { 200: gives('Accepted and durable.', advance, { ETag: 'The conversation’s version, quoted.' }) },
  },
)

type Advancing = Handler<
  Env,
  '/conversations/:id/events',
  { in: { json: OutsideEvent }; out: { json: OutsideEvent } },
  Promise<Response & TypedResponse<Advance, 200, 'json'>>
>

/** `POST /v1/conversations/{id}/events`. */
export function advancing(
  deps: Pick<Deps, 'runtime' | 'access' | 'tokens' | 'rate' | 'clock' | 'proxies' | 'requests'>,
) {
  const { conversations, attachments } = deps.runtime
  const handle: Advancing = async (c) => {
    const caller = await admit(deps, c)
    deps.requests?.note(c.req.raw, caller)
    const id = c.req.param('id')
    demandOwn(caller, id)
    if (!idParam.shape.id.safeParse(id).success) throw noConversation(id)
    const event = eventFrom(await withFiles(attachments, id, await readJson(c, MEGABYTE)), caller)
    const done = await conversations.accept(id, event, options(caller, event, idempotencyKey(c), ifMatchVersion(c)))
    return answer(caller, done)
  }
  const app = new OpenAPIHono<Env>()
  const { middleware: _, ...documented } = advanceRoute
  app.openAPIRegistry.registerPath(documented)
  return app.post('/conversations/:id/events', handle)
}

function options(
  caller: Caller,
  event: OutsideEvent,
  key: string | undefined,
  ifMatch: number | undefined,
): AcceptOptions {
  const by = agentOf(caller)
  return {
    // Whoever is no agent holds no conversation: a note of theirs is an aside.
    ...(event.type === 'agent.note' && by === undefined && { whisper: nameOf(caller) }),
    ...(by !== undefined && { by }),
    ...(key !== undefined && { idempotencyKey: key }),
    ...(ifMatch !== undefined && { ifMatch }),
  }
}

function answer(caller: Caller, done: Advance): Response & TypedResponse<Advance, 200, 'json'> {
  const body = JSON.stringify(advanceFor(caller, done))
  const headers = { ...SECURE, 'Content-Type': 'application/json', ETag: etag(done.conversation.version) }
  // What `c.json` says of its own answer: the JSON of an Advance.
  return new Response(body, { status: 200, headers }) as Response & TypedResponse<Advance, 200, 'json'>
}
