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

/** The audit log: it is read here, and written by `audited`. */
export function auditLog({ audit }: Pick<Deps, 'audit'>) {
  return new OpenAPIHono<Env>().openapi(readRoute, async (c) => c.json(await audit.page(c.req.valid('query')), 200))
}
