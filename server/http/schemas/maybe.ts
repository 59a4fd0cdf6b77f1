import { z } from '@hono/zod-openapi'

/**
 * What a body or a query may leave out. The type is exact (there with its value, or not there), because neither JSON
 * nor a query can hold `undefined`; `z.exactOptional` itself would be shown as required in the OpenAPI document.
 */
export function maybe<Schema extends z.ZodType>(schema: Schema): z.ZodExactOptional<Schema> {
  // Holds by the sentence above: a key of parsed JSON never has the value undefined.
  return schema.optional() as unknown as z.ZodExactOptional<Schema>
}

/** A JSON object that the engine reads itself; `Document` is what it is known as to typed clients. */
export function documentOf<Document>() {
  return z.custom<Document>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be a JSON object',
  )
}
