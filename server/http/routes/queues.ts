import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { deadLetter, queueView } from '../schemas/desk.ts'
import { listOf, whole } from '../schemas/list.ts'

const queuesRoute = route('desk.read', ['unavailable'], '/queues', {
  method: 'get',
  tags: ['Queues'],
  summary: 'See who waits for whom',
  responses: { 200: gives('A queue for each team.', listOf(queueView)) },
})
const deadLettersRoute = route('metrics.read', ['unavailable'], '/dead-letters', {
  method: 'get',
  tags: ['Queues'],
  summary: 'See the effects that failed for good',
  description: 'Each was tried as often as it may be; its conversation was told and went on without it.',
  responses: { 200: gives('The latest first.', listOf(deadLetter)) },
})

/** What waits, and what failed while nobody waited. */
export function queues({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(queuesRoute, async (c) => c.json(whole(await runtime.desk.queues()), 200))
    .openapi(deadLettersRoute, async (c) => {
      const letters = await runtime.deadLetters()
      return c.json(whole(letters.map((letter) => ({ ...letter, at: new Date(letter.at).toISOString() }))), 200)
    })
}
