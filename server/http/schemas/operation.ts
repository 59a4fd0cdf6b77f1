import { z } from '@hono/zod-openapi'
import { PRINTABLE, isoTime } from './list.ts'
import { maybe } from './maybe.ts'

export const deadLetter = z
  .object({
    id: z.string(),
    conversation: z.string(),
    type: z.string().openapi({ description: 'The effect’s kind, or `mail`.' }),
    attempts: z.int(),
    error: z.string(),
    at: isoTime,
    asideAt: maybe(isoTime).openapi({ description: 'When somebody set it aside.' }),
  })
  .openapi('DeadLetter')

/** An id of the caller's own, or an address, which may be longer than other ids. */
export const customerParam = z.object({
  id: z
    .string()
    .min(1)
    .max(320, 'must have 320 characters at most')
    .regex(PRINTABLE, 'must not hold control characters')
    .openapi({ param: { name: 'id', in: 'path' } }),
})

export const erasure = z
  .object({
    customer: z.string().openapi({ description: 'A hash that names nobody.' }),
    at: isoTime,
    conversations: z.int(),
    rows: z.record(z.string(), z.int()).openapi({ description: 'How many rows went, by table.' }),
  })
  .openapi('Erasure')

export const erased = erasure
  .extend({ proof: z.string().openapi({ description: 'Opens `customer`. It is shown this once.' }) })
  .openapi('Erased')

export const exported = z
  .looseObject({ customer: z.string(), at: isoTime, conversations: z.array(z.looseObject({ id: z.string() })) })
  .openapi('CustomerExport')
