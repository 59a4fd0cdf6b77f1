import { OpenAPIHono } from '@hono/zod-openapi'
import { LARGEST_FILE } from '#server/attachments/attachments.ts'
import { contentDisposition } from '#server/attachments/file-name.ts'
import { isShownInPlace } from '#server/attachments/file-type.ts'
import { caller, demandOwn } from '../auth.ts'
import { idempotencyKey } from '../conditions.ts'
import type { Deps, Env } from '../environment.ts'
import { SECURE } from '../headers.ts'
import { readBytes } from '../json-body.ts'
import { Problem } from '../problem.ts'
import { gives, header, route } from '../route.ts'
import { attachment, attachmentParam, attachmentQuery } from '../schemas/attachment.ts'
import { idParam } from '../schemas/list.ts'

const tags = ['Attachments']
const bytes = { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } }

const sendRoute = route(
  'conversations.advance',
  ['not-found', 'closed', 'too-large', 'key-reused', 'invalid', 'unavailable'],
  '/conversations/{id}/attachments',
  {
    method: 'post',
    tags,
    summary: 'Send a file',
    description: [
      'The body is the file, `Content-Type` its type; 10 MB at most, 20 files of a customer in one conversation.',
      'The customer sees it once it is named in the `attachments` of a `customer.message` or an `agent.message`.',
    ].join(' '),
    parameters: [
      header('Content-Type', 'The file’s type.'),
      header('Idempotency-Key', 'The same key with the same file gives the same answer and counts once.'),
    ],
    request: { params: idParam, query: attachmentQuery },
    responses: { 201: gives('Kept.', attachment, { Location: 'Where to read it.' }) },
  },
)
const readRoute = route(
  'conversations.read',
  ['not-found', 'unavailable'],
  '/conversations/{id}/attachments/{attachment}',
  {
    method: 'get',
    tags,
    summary: 'Read a file',
    description: 'A picture may be shown in place; anything else is to be saved. Nothing in it is ever run.',
    request: { params: attachmentParam },
    responses: { 200: { description: 'Its bytes.', content: bytes } },
  },
)

/** Files of conversations. */
export function attachments({ runtime }: Pick<Deps, 'runtime'>) {
  const store = runtime.attachments
  return new OpenAPIHono<Env>()
    .openapi(sendRoute, async (c) => {
      const { id } = c.req.valid('param')
      const who = caller(c)
      demandOwn(who, id)
      const body = await readBytes(c, LARGEST_FILE)
      if (body.byteLength === 0) throw new Problem('malformed', 'The file is empty; send its bytes as the body.')
      const key = idempotencyKey(c)
      const kept = await store.keep(id, {
        name: c.req.valid('query').name,
        type: c.req.header('content-type') ?? '',
        bytes: body,
        sender: who.role === 'customer' ? 'customer' : 'staff',
        ...(key === undefined ? {} : { idempotencyKey: key }),
      })
      return c.json(kept, 201, {
        Location: `/v1/conversations/${encodeURIComponent(id)}/attachments/${encodeURIComponent(kept.id)}`,
      })
    })
    .openapi(readRoute, async (c) => {
      const { id, attachment: wanted } = c.req.valid('param')
      demandOwn(caller(c), id)
      const found = await store.read(id, wanted)
      if (!found) throw new Problem('not-found', `There is no file “${wanted.slice(0, 100)}” in this conversation.`)
      const { type, name } = found.attachment
      return c.body(new Uint8Array(found.bytes), 200, {
        'Content-Type': type,
        'Content-Disposition': contentDisposition(isShownInPlace(type) ? 'inline' : 'attachment', name),
        'Content-Security-Policy': "sandbox; default-src 'none'",
        ...SECURE,
      })
    })
}
