import { z } from '@hono/zod-openapi'
import { idParam, PRINTABLE } from './list.ts'

export const attachment = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: 'Text, never a path.', example: 'invoice.pdf' }),
    type: z.string().openapi({ example: 'application/pdf' }),
    size: z.int().openapi({ description: 'Bytes.' }),
  })
  .openapi('Attachment')

export const attachmentParam = idParam.extend({
  attachment: z
    .string()
    .min(1)
    .max(200)
    .regex(PRINTABLE, 'must not hold control characters')
    .openapi({ param: { name: 'attachment', in: 'path' } }),
})

export const attachmentQuery = z.strictObject({
  name: z
    .string()
    .max(1_000, 'must be 1000 characters at most')
    .default('file')
    .openapi({ description: 'What the file is called.', example: 'invoice.pdf' }),
})
