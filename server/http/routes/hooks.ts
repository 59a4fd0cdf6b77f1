/**
 * `POST /v1/hooks/{channel}`: what customers write by a channel. It takes no key but the channel's signature, and stands
 * before the routes that take one. The body is judged as bytes first and read only once it is signed.
 */
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { heardBody, type HeardBody } from '#server/channels/inbound.ts'
import { wholeCharacters } from '#server/store/json-text.ts'
import { addressOf } from '../address.ts'
import type { Deps, Env } from '../environment.ts'
import { SECURE } from '../headers.ts'
import { faultOf, MEGABYTE, readBytes } from '../json-body.ts'
import { malformed } from '../malformed.ts'
import { malformedJson, notJson, Problem } from '../problem.ts'
import { gives, header, openRoute, takesJson } from '../route.ts'

const LARGEST = MEGABYTE / 10

const channelParam = z.object({
  channel: z
    .string()
    .min(1)
    .max(200)
    .openapi({ param: { name: 'channel', in: 'path' }, example: 'whatsapp' }),
})
const heard = z.object({ conversation: z.string() }).openapi('Heard')

const hookRoute = openRoute(
  ['unauthorized', 'not-expected', 'closed', 'unpublished', 'key-reused', 'invalid', 'unavailable'],
  '/hooks/{channel}',
  {
    method: 'post',
    tags: ['Channels'],
    summary: 'Bring what a customer wrote by a channel',
    description: [
      'Signed by the Standard Webhooks specification with the channel’s secret of `channels.json`, five minutes old at',
      'most. It becomes a `customer.message` in the conversation that this customer has open on the channel, or in a new',
      'one on the channel’s `flow`. The same `webhook-id` counts once, however often it is brought. 100 kB at most.',
    ].join(' '),
    parameters: [
      header('webhook-id', 'Stays the same when a delivery is tried again; printable, without dots.'),
      header('webhook-timestamp', 'When this try was signed, in seconds since 1970.'),
      header('webhook-signature', '`v1,` and the base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`.'),
    ],
    request: {
      params: channelParam,
      body: takesJson(
        heardBody.openapi('HeardMessage', {
          example: {
            type: 'message.received',
            data: { customer: { id: '+4930123456', name: 'Ann' }, text: 'Where is my order?' },
          },
        }),
      ),
    },
    responses: { 200: gives('Heard and durable.', heard) },
  },
)

/** `POST /v1/hooks/{channel}`. */
export function hooks({ inbound, rate, clock, proxies }: Pick<Deps, 'inbound' | 'rate' | 'clock' | 'proxies'>) {
  const app = new OpenAPIHono<Env>()
  // The documented validators would read the body as JSON before its signature is known.
  const { middleware: _, ...documented } = hookRoute
  app.openAPIRegistry.registerPath(documented)
  return app.post('/hooks/:channel', async (c) => {
    const channel = c.req.param('channel')
    const signed = {
      id: c.req.header('webhook-id'),
      timestamp: c.req.header('webhook-timestamp'),
      signature: c.req.header('webhook-signature'),
    }
    const text = textOf(await readBytes(c, LARGEST))
    if (signed.id === undefined || text === undefined || !inbound.isFrom(channel, signed, text)) {
      // Who signs is not slowed down; who guesses is.
      rate.take({ role: 'visitor', address: addressOf(c, proxies) }, clock.now())
      throw unsigned()
    }
    return c.json(await inbound.hear(channel, signed.id, bodyOf(c, text), text), 200, SECURE)
  })
}

/** Undefined where the bytes are no text: other bytes would be read as the same one. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function bodyOf(c: Context, text: string): HeardBody {
  if (!/^application\/json(?:\s*;|$)/i.test(c.req.header('content-type') ?? '')) throw notJson()
  const fault = faultOf(text)
  if (fault !== undefined) throw new Problem('malformed', fault, { errors: [{ pointer: '', message: fault }] })
  const read = heardBody.safeParse(jsonOf(wholeCharacters(text)))
  if (read.success) return read.data
  throw malformed('json', read.error.issues)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformedJson(text)
  }
}

function unsigned(): Problem {
  const detail =
    'The body is not signed with the secret of this channel, or longer than five minutes ago. Sign exactly the bytes ' +
    'that are sent, with the channel’s “secret” of channels.json (Standard Webhooks).'
  return new Problem('unauthorized', detail)
}
