import { OpenAPIHono } from '@hono/zod-openapi'
import type { Deps, Env } from '../environment.ts'
import { gives, route } from '../route.ts'
import { auditQuery, auditRecord } from '../schemas/audit.ts'
import { listOf } from '../schemas/list.ts'

const readRoute = route('audit.read', ['unavailable'], '/audit', {
  method: 'get',
  tags: ['Audit'],
  summary: 'Read who changed what',
  description:
    'Each entry’s hash is the SHA-256 of five lines: the hash of the entry before (none for the first), id, time in ' +
    'milliseconds, and the JSON of actor, action, target and change. `baton audit --verify` checks them.',
  request: { query: auditQuery },
  responses: { 200: gives('A page, the latest first.', listOf(auditRecord)) },
})

/** The audit log: it is read here, and written by `audited`. Whoever reads the latest sees what a crash has left, too. */
export function auditLog({ audit, clock }: Pick<Deps, 'audit' | 'clock'>) {
  return new OpenAPIHono<Env>().openapi(readRoute, async (c) => {
    const query = c.req.valid('query')
    if (query.cursor === undefined) await audit.settleForsaken(clock.now())
    return c.json(await audit.page(query), 200)
  })
}
