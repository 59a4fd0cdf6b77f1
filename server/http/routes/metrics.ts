import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { metrics as metricsView, metricsQuery } from '../schemas/desk.ts'

const DAY = 24 * 3_600_000

const handoffsRoute = route('metrics.read', ['unavailable'], '/metrics/handoffs', {
  method: 'get',
  tags: ['Metrics'],
  summary: 'Count handoffs, their reasons and their waits',
  request: { query: metricsQuery },
  responses: { 200: gives('Counts since a time.', metricsView) },
})

/** Figures for people; `/metrics` has them for Prometheus. */
export function metrics({ runtime, clock }: Pick<Deps, 'runtime' | 'clock'>) {
  return new OpenAPIHono<Env>().openapi(handoffsRoute, async (c) => {
    const { since } = c.req.valid('query')
    const from = since === undefined ? clock.now() - DAY : Date.parse(since)
    return c.json({ since: new Date(from).toISOString(), ...(await runtime.desk.metrics(from)) }, 200)
  })
}
