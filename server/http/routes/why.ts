import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { idParam } from '../schemas/list.ts'
import { whyQuery, whyView } from '../schemas/why.ts'

const whyRoute = route('conversations.history', ['not-found', 'invalid', 'unavailable'], '/conversations/{id}/why', {
  method: 'get',
  tags: ['Conversations'],
  summary: 'Read why an event did what it did',
  description:
    'Which signals had which values, which trigger fired or how far each was from it, which ways were asked.',
  request: { params: idParam, query: whyQuery },
  responses: { 200: gives('The explanation of one event.', whyView) },
})

/** Why, and why not, of any event of a conversation. */
export function whys({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>().openapi(whyRoute, async (c) => {
    const told = await runtime.conversations.why(c.req.valid('param').id, c.req.valid('query').at)
    return c.json({ ...told, at: new Date(told.at).toISOString() }, 200)
  })
}
