import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { gives } from '../route.ts'

const tags = ['Health']

const liveRoute = createRoute({
  method: 'get',
  path: '/live',
  tags,
  summary: 'Is the process alive?',
  description: 'Needs no key.',
  responses: { 200: gives('It answers.', z.object({ status: z.literal('live') })) },
})
const readyRoute = createRoute({
  method: 'get',
  path: '/ready',
  tags,
  summary: 'Can it take work?',
  description: 'Needs no key. 503 while the database does not answer, and from the moment the server is told to stop.',
  responses: {
    200: gives('The database answers.', z.object({ status: z.literal('ready') })),
    503: { description: 'Not now.' },
  },
})

/** For whoever restarts the process and whoever sends it traffic. */
export function health({ runtime, closing }: Pick<Deps, 'runtime' | 'closing'>) {
  return new OpenAPIHono<Env>()
    .openapi(liveRoute, (c) => c.json({ status: 'live' as const }, 200))
    .openapi(readyRoute, async (c) => {
      if (closing.aborted) throw new Problem('unavailable', 'The server is stopping; ask another.')
      await runtime.ready()
      return c.json({ status: 'ready' as const }, 200)
    })
}
