import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { queueView } from '../schemas/desk.ts'
import { listOf, whole } from '../schemas/list.ts'

const queuesRoute = route('desk.read', ['unavailable'], '/queues', {
  method: 'get',
  tags: ['Queues'],
  summary: 'See who waits for whom',
  responses: { 200: gives('A queue for each team.', listOf(queueView)) },
})

/** What waits. */
export function queues({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>().openapi(queuesRoute, async (c) => c.json(whole(await runtime.desk.queues()), 200))
}
