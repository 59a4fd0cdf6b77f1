import { randomUUID } from 'node:crypto'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import { transcriptMail } from '#server/mail/transcript.ts'
import { caller, demandOwn } from '../auth.ts'
import { idempotencyKey } from '../conditions.ts'
import type { Deps, Env } from '../environment.ts'
import { hashOf } from '#server/identity/secret.ts'
import { Problem } from '../problem.ts'
import { gives, header, mayTakeJson, route } from '../route.ts'
import { idParam } from '../schemas/list.ts'
import { maybe } from '../schemas/maybe.ts'

const DAY = 86_400_000
const MOST_A_DAY = 3
/** Whoever begins one conversation after another does not have us write to one address all day. */
const MOST_A_DAY_TO_ONE = 10

const address = z.email('must be an e-mail address').max(254, 'must be 254 characters at most')

const mailRoute = route(
  'conversations.advance',
  ['not-found', 'not-configured', 'invalid', 'unavailable'],
  '/conversations/{id}/transcript/email',
  {
    method: 'post',
    tags: ['Conversations'],
    summary: 'Send the transcript by e-mail',
    description:
      'What was said, as the customer saw it; as soon as the mail server takes it. 3 a day of one conversation, and for ' +
      'customers 10 a day to one address.',
    parameters: [header('Idempotency-Key', 'The same key sends one mail.')],
    request: {
      params: idParam,
      body: mayTakeJson(
        z
          .strictObject({
            to: maybe(address).openapi({
              description: 'The customer’s known address when left out.',
              example: 'ada@example.com',
            }),
          })
          .openapi('TranscriptMail'),
      ),
    },
    responses: { 202: gives('It is on its way.', z.object({ to: z.string() })) },
  },
)

/** Conversations by e-mail. */
export function transcriptMails({ runtime, clock }: Pick<Deps, 'runtime' | 'clock'>) {
  const { conversations, mails } = runtime
  return new OpenAPIHono<Env>().openapi(mailRoute, async (c) => {
    const { id } = c.req.valid('param')
    demandOwn(caller(c), id)
    if (!mails.configured)
      throw new Problem(
        'not-configured',
        'This server sends no mail. Set SMTP_URL and MAIL_FROM, and start Baton again.',
      )
    const { machine } = await conversations.snapshot(id)
    const to = c.req.valid('json').to ?? known(machine.context.customer['email'])
    const { language } = machine.context.about
    const key = idempotencyKey(c)
    const outcome = await mails.queue(
      {
        id: key === undefined ? `transcript-${randomUUID()}` : `transcript-${hashOf(JSON.stringify([id, key, to]))}`,
        conversation: id,
        kind: 'transcript',
        to,
        language,
        ...transcriptMail(await conversations.transcript(id), language),
      },
      {
        most: MOST_A_DAY,
        since: clock.now() - DAY,
        ...(caller(c).role === 'customer' ? { mostTo: MOST_A_DAY_TO_ONE } : {}),
      },
    )
    if (outcome === 'full') throw tooMany()
    return c.json({ to }, 202)
  })
}

function tooMany(): Problem {
  const detail =
    `This conversation was sent ${MOST_A_DAY} times today, or ${MOST_A_DAY_TO_ONE} to this address; ` +
    'ask again tomorrow.'
  return new Problem('too-fast', detail, { headers: { 'Retry-After': String(DAY / 1000) } })
}

function known(email: unknown): string {
  const read = address.safeParse(email)
  if (read.success) return read.data
  throw new Problem('invalid', 'No e-mail address of this customer is known; name one as “to”.', {
    errors: [{ pointer: '/to', message: 'is missing' }],
  })
}
