import { z } from '@hono/zod-openapi'
import type { Json } from '#engine/index.ts'
import { isoTime, PRINTABLE } from './list.ts'
import { maybe } from './maybe.ts'

/** As JSON is, which refers to itself: the document cannot write that out. */
const anything = z
  .custom<Json>(() => true)
  .openapi({ type: ['object', 'array', 'string', 'number', 'boolean', 'null'] })
const filter = z.string().min(1).max(200).regex(PRINTABLE, 'must not hold control characters')

export const auditQuery = z.object({
  actor: maybe(filter).openapi({ description: 'The id of a key or a person.' }),
  action: maybe(filter).openapi({ description: 'Such as `flow.published`, or `flow` for all that happened to flows.' }),
  target: maybe(filter).openapi({ description: 'The id of what was changed.' }),
  since: maybe(z.iso.datetime({ offset: true, error: 'must be a time such as 2027-01-01T00:00:00Z' })),
  cursor: maybe(z.string().regex(/^\d{1,15}$/, 'is no cursor; use the “next” of an earlier page')),
  limit: maybe(z.coerce.number().int().min(1).max(200).openapi({ type: 'integer' })),
})

export const auditRecord = z
  .object({
    id: z.string(),
    at: isoTime,
    actor: z.object({
      kind: z.enum(['key', 'user', 'system']),
      id: z.string(),
      name: maybe(z.string()),
    }),
    action: z.string().openapi({ example: 'flow.published' }),
    target: z.object({ kind: z.string(), id: z.string() }),
    change: maybe(z.object({ before: maybe(anything), after: maybe(anything) })).openapi({
      description: 'Small values and hashes; never a secret or what a customer wrote.',
    }),
    hash: z
      .string()
      .openapi({ description: 'SHA-256 over this entry and the hash of the one before, in hexadecimal.' }),
  })
  .openapi('AuditEntry')
