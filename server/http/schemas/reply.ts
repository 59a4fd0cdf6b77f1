import { z } from '@hono/zod-openapi'
import { cannedReply, replyId } from '#server/replies/canned.ts'
import { PRINTABLE } from './list.ts'
import { maybe } from './maybe.ts'

const id = replyId.clone()
const { shortcut, title, text, teams } = cannedReply.shape

export const cannedParam = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' }, example: 'refund-sent' }) })

export const cannedBody = z
  .strictObject({
    id: maybe(id),
    shortcut: shortcut.clone().openapi({ description: 'What an agent types after `/`.', example: 'refund' }),
    title: title.clone().openapi({ example: 'The refund is on its way' }),
    text: text.clone().openapi({
      description: 'Liquid over the conversation: `customer`, `vars`, `agent`, `queue`, `hours`, `conversation`.',
      example: 'Dear {{ customer.name }}, your refund is on its way. Yours, {{ agent.name }}',
    }),
    teams: maybe(teams.unwrap().clone()).openapi({ description: 'Only for these; for all when left out or empty.' }),
  })
  .openapi('SaveCannedReply')

export const cannedView = z
  .object({
    id: z.string(),
    shortcut: z.string(),
    title: z.string(),
    text: z.string(),
    teams: maybe(z.array(z.string())),
  })
  .openapi('CannedReply')

export const reply = z
  .object({
    id: z.string(),
    source: z.enum(['canned', 'package', 'similar', 'model']),
    title: z.string(),
    text: z.string().openapi({ description: 'Filled in for this conversation, as the caller would say it.' }),
    because: maybe(z.string()).openapi({ description: 'Why it is suggested, in a plain sentence.' }),
  })
  .openapi('Reply')

export const repliesQuery = z.strictObject({
  q: maybe(z.string().max(200).regex(PRINTABLE, 'must not hold control characters')).openapi({
    description: 'A shortcut, words of the title or of the text; empty: all that are kept ready.',
  }),
  limit: maybe(z.coerce.number().int().min(1).max(50)).openapi({ type: 'integer' }),
})
