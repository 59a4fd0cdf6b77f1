import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { listQuery } from '../schemas/conversation.ts'
import { deskConversation } from '../schemas/desk-conversation.ts'
import { listOf } from '../schemas/list.ts'

const listRoute = route('conversations.list', ['unavailable'], '/desk/conversations', {
  method: 'get',
  tags: ['Conversations'],
  summary: 'List conversations as the desk shows them',
  request: { query: listQuery },
  responses: { 200: gives('A page, the latest first.', listOf(deskConversation)) },
})

/** Conversations at a glance; `streams.ts` has them live. */
export function deskLists({ runtime: { conversations } }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>().openapi(listRoute, async (c) =>
    c.json(await conversations.deskList(c.req.valid('query')), 200),
  )
}
