import { z } from '@hono/zod-openapi'
import { openBody, opened } from './conversation.ts'
import { maybe } from './maybe.ts'

const { flow, language, page, variables } = openBody.shape
const identity = z
  .string()
  .min(1)
  .max(8_000)
  .openapi({
    description:
      'A JWT, signed HS256 with the identity secret: `sub` (the customer’s id) and `exp` (a day ahead at most), ' +
      'also `name`, `email`, `customer`.',
  })

/** `POST /v1/widget/conversations`. */
export const widgetBody = z
  .strictObject({
    flow,
    page,
    language,
    timezone: maybe(z.string().min(1).max(100, 'must be 100 characters at most')).openapi({
      description: 'The zone of the visitor’s clock (IANA); times are told by it where it differs.',
      example: 'Europe/Berlin',
    }),
    customer: maybe(
      z.strictObject({
        name: maybe(z.string().max(200, 'must be 200 characters at most')),
        email: maybe(z.string().max(320, 'must be 320 characters at most')),
      }),
    ).openapi({ description: 'What the visitor said. Not believed beyond a name and an address.' }),
    variables,
    identity: maybe(identity),
    key: maybe(z.string().regex(/^[ -~]{1,255}$/, 'must have 1 to 255 printable ASCII characters')).openapi({
      description: 'The Idempotency-Key, where a header cannot be sent.',
    }),
  })
  .openapi('WidgetOpen')

export const identifyBody = z.strictObject({ identity }).openapi('Identify')

export const widgetOpened = opened
  .extend({ resumed: z.boolean().openapi({ description: 'Whether it is one that was open already.' }) })
  .openapi('WidgetOpened')
