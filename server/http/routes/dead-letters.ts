import { OpenAPIHono } from '@hono/zod-openapi'
import type { DeadLetter } from '#server/runtime/runtime.ts'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { deadLetter } from '../schemas/operation.ts'
import { idParam, listOf, whole } from '../schemas/list.ts'

const tags = ['Dead letters']

const listRoute = route('metrics.read', ['unavailable'], '/dead-letters', {
  method: 'get',
  tags,
  summary: 'See the effects and mails that failed for good',
  description: 'Each was tried as often as it may be; its conversation was told and went on without it.',
  responses: { 200: gives('The latest first.', listOf(deadLetter)) },
})
const retryRoute = route('dead-letters.manage', ['not-found', 'unavailable'], '/dead-letters/{id}/retry', {
  method: 'post',
  tags,
  summary: 'Try it again',
  'x-audit': 'dead-letter.retried',
  description: [
    'It runs again, soon, as often as it may be tried, under the same id: a receiver knows it by that. It leaves the',
    'list, and comes back to it when it fails for good again. Its conversation has gone on meanwhile and does so.',
  ].join(' '),
  request: { params: idParam },
  responses: { 202: { description: 'It is a job again.' } },
})
const asideRoute = route('dead-letters.manage', ['not-found', 'unavailable'], '/dead-letters/{id}', {
  method: 'delete',
  tags,
  summary: 'Set it aside',
  'x-audit': 'dead-letter.set-aside',
  description: 'Somebody has dealt with it. It stays on the list, with `asideAt`, and counts as set aside.',
  request: { params: idParam },
  responses: { 204: { description: 'It is set aside.' } },
})

/** What failed for good, and what a person does about it. */
export function deadLetters({ runtime }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole((await runtime.deadLetters()).map(shown)), 200))
    .openapi(retryRoute, async (c) => {
      await runtime.retryDeadLetter(c.req.valid('param').id)
      return c.body(null, 202)
    })
    .openapi(asideRoute, async (c) => {
      await runtime.setDeadLetterAside(c.req.valid('param').id)
      return c.body(null, 204)
    })
}

function shown({ at, asideAt, ...same }: DeadLetter) {
  return {
    ...same,
    at: new Date(at).toISOString(),
    ...(asideAt === null ? {} : { asideAt: new Date(asideAt).toISOString() }),
  }
}
