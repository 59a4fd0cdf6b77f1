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
  description: [
    'Needs no key. 503 from the moment the server is told to stop, and while something is missing; the message of the',
    'one entry of `errors` names it: `draining`, `database`, `migrations` or `jobs`.',
  ].join(' '),
  responses: {
    200: gives('It can.', z.object({ status: z.literal('ready') })),
    503: { description: 'Not now.' },
  },
})

/** For whoever restarts the process and whoever sends it traffic. */
export function health({ runtime, closing, draining }: Pick<Deps, 'runtime' | 'closing' | 'draining'>) {
  return new OpenAPIHono<Env>()
    .openapi(liveRoute, (c) => c.json({ status: 'live' as const }, 200))
    .openapi(readyRoute, async (c) => {
      const why = draining?.aborted === true || closing.aborted ? 'draining' : await runtime.unready()
      if (why !== undefined)
        throw new Problem('unavailable', WHY[why], {
          errors: [{ pointer: '', message: why }],
          headers: { 'Retry-After': '1' },
        })
      return c.json({ status: 'ready' as const }, 200)
    })
}

const WHY = {
  draining: 'The server is stopping; ask another.',
  database: 'The database does not answer; check that PostgreSQL runs at DATABASE_URL.',
  migrations: 'The database is of an older release; start Baton again, which brings it up to date.',
  jobs: 'Timers and effects are not run here at the moment; it takes work again by itself.',
} as const
