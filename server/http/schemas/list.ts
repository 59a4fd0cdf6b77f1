import { z } from '@hono/zod-openapi'

/** Every list of the API: its items, and the cursor of the next page, null at the end. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item).readonly(), next: z.string().nullable() })
}

/** A list that is never paged. */
export function whole<Item>(items: readonly Item[]): { items: readonly Item[]; next: null } {
  return { items, next: null }
}

/** No control characters: PostgreSQL cannot keep all of them, and no name has one. */
export const PRINTABLE = /^[^\u0000-\u001f\u007f]*$/

/** An id in an address. Which ids exist is the store's to say; here only what no store could hold is refused. */
export const idParam = z.object({
  id: z
    .string()
    .min(1)
    .max(200, 'must have 200 characters at most')
    .regex(PRINTABLE, 'must not hold control characters')
    .openapi({ param: { name: 'id', in: 'path' } }),
})

export const isoTime = z
  .string()
  .openapi({ format: 'date-time', description: 'ISO 8601, UTC.', example: '2026-11-21T08:00:00.000Z' })
