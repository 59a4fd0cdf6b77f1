import { OpenAPIHono } from '@hono/zod-openapi'
import { repliesFor } from '#server/replies/replies.ts'
import { replyTag, type CannedReply } from '#server/replies/canned.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { agentOf, caller, type Caller } from '../auth.ts'
import { etag, ifMatchTag, mustNotExist } from '../conditions.ts'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { gives, header, route, takesJson } from '../route.ts'
import { sameId } from '../same-id.ts'
import { idParam, listOf, whole } from '../schemas/list.ts'
import { cannedBody, cannedParam, cannedView, repliesQuery, reply } from '../schemas/reply.ts'

const tags = ['Replies']
const IF_MATCH = header('If-Match', 'The etag the caller saw; refused with 412 when it has changed.')
const ETAG = { ETag: 'The reply’s etag.' }

const suggestRoute = route('replies.read', ['not-found', 'unavailable'], '/conversations/{id}/replies', {
  method: 'get',
  tags,
  summary: 'See what could be said',
  description: [
    'With `q`, also an empty one, the replies that are kept ready, the nearest first, filled in for this conversation.',
    'Without it suggestions: the bot’s, those that helped in similar conversations, and a model’s where one is set up.',
  ].join(' '),
  request: { params: idParam, query: repliesQuery },
  responses: { 200: gives('The best first.', listOf(reply)) },
})
const listRoute = route('replies.read', [], '/canned-replies', {
  method: 'get',
  tags,
  summary: 'List the replies that are kept ready',
  responses: { 200: gives('All of them.', listOf(cannedView)) },
})
const readRoute = route('replies.read', ['not-found'], '/canned-replies/{id}', {
  method: 'get',
  tags,
  summary: 'Read a reply that is kept ready',
  request: { params: cannedParam },
  responses: { 200: gives('The reply.', cannedView, ETAG) },
})
const saveRoute = route('replies.write', ['version-mismatch', 'invalid', 'unavailable'], '/canned-replies/{id}', {
  method: 'put',
  tags,
  summary: 'Add or change a reply that is kept ready',
  'x-audit': 'reply.saved',
  description: 'Kept in `canned-replies.json` in the data folder. Its text is Liquid, as the texts of a flow are.',
  parameters: [IF_MATCH],
  request: { params: cannedParam, body: takesJson(cannedBody) },
  responses: { 200: gives('Saved.', cannedView, ETAG) },
})
const removeRoute = route('replies.write', ['not-found', 'version-mismatch', 'unavailable'], '/canned-replies/{id}', {
  method: 'delete',
  tags,
  summary: 'Remove a reply that is kept ready',
  'x-audit': 'reply.removed',
  parameters: [IF_MATCH],
  request: { params: cannedParam },
  responses: { 204: { description: 'Removed.' } },
})

/** What agents say often, and what they could say now. */
export function replies({
  runtime,
  flows,
  canned,
  suggest,
  clock,
}: Pick<Deps, 'runtime' | 'flows' | 'canned' | 'suggest' | 'clock'>) {
  const { conversations } = runtime
  return new OpenAPIHono<Env>()
    .openapi(suggestRoute, async (c) => {
      const { q, limit = 10 } = c.req.valid('query')
      const asked = { conversation: c.req.valid('param').id, agent: await agentNamed(caller(c)), q, limit }
      return c.json(whole(await repliesFor({ conversations, flows, canned, suggest, clock }, asked)), 200)
    })
    .openapi(listRoute, (c) => c.json(whole(canned.list()), 200))
    .openapi(readRoute, (c) => {
      const found = canned.get(c.req.valid('param').id) ?? missing(c.req.valid('param').id)
      return c.json(found, 200, tagged(found))
    })
    .openapi(saveRoute, async (c) => {
      const wanted = sameId(c.req.valid('param').id, c.req.valid('json'))
      const saved = await canned.put(wanted, mustNotExist(c) ? null : ifMatchTag(c))
      return c.json(saved, 200, tagged(saved))
    })
    .openapi(removeRoute, async (c) => {
      const { id } = c.req.valid('param')
      if (!(await canned.remove(id, ifMatchTag(c)))) missing(id)
      return c.body(null, 204)
    })

  /** An agent's key speaks for one; whoever has no name yet goes by the id. */
  async function agentNamed(who: Caller): Promise<{ readonly id: string; readonly name: string } | null> {
    const id = agentOf(who)
    if (id === undefined) return null
    try {
      const { name } = await runtime.desk.agent(id)
      return { id, name }
    } catch (error) {
      if (error instanceof RuntimeError && error.code === 'not-found') return { id, name: id }
      throw error
    }
  }
}

function tagged(reply: CannedReply): { ETag: string } {
  return { ETag: etag(replyTag(reply)) }
}

function missing(id: string): never {
  throw new Problem('not-found', `There is no reply “${id}”; GET /v1/canned-replies lists those there are.`)
}
