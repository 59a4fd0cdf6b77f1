/**
 * The widget's own calls: anybody may begin a conversation from a page, and say later who they are. What a page says of
 * its visitor is believed as far as it does no harm: a name and an address. Anything else takes an identity.
 */
import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Advance } from '#engine/index.ts'
import { RuntimeError, type Conversations, type Open } from '#server/runtime/runtime.ts'
import { jsonHash } from '#server/store/json-hash.ts'
import { addressOf } from '../address.ts'
import { caller, demandOwn } from '../auth.ts'
import { etag, idempotencyKey } from '../conditions.ts'
import type { Deps, Env } from '../environment.ts'
import { SECURE } from '../headers.ts'
import type { Identity } from '../identity.ts'
import { Problem } from '../problem.ts'
import { advanceFor } from '../project.ts'
import { gives, header, openRoute, route, takesJson } from '../route.ts'
import { advance } from '../schemas/conversation.ts'
import { idParam } from '../schemas/list.ts'
import { identifyBody, widgetBody, widgetOpened } from '../schemas/widget.ts'

const tags = ['Widget']
const CHANNEL = 'web'

const startRoute = openRoute(
  ['forbidden', 'unauthorized', 'not-found', 'unpublished', 'exists', 'key-reused', 'invalid', 'unavailable'],
  '/widget/conversations',
  {
    method: 'post',
    tags,
    summary: 'Begin a conversation from a page',
    description: [
      'Which flows and which pages may is said by `widget.json` in the data folder; all when there is none.',
      'With a signed `identity` the customer is known, and goes on with the conversation that is open on this flow.',
    ].join(' '),
    parameters: [
      header(
        'Idempotency-Key',
        'Random, 16 characters or more, such as a UUID: whoever sends it again is given the same conversation.',
      ),
    ],
    request: { body: takesJson(widgetBody) },
    responses: {
      200: gives('It goes on: the customer has an open one.', widgetOpened),
      201: gives('It has begun; the first messages are in the answer.', widgetOpened),
    },
  },
)

const identifyRoute = route(
  'conversations.identify',
  ['not-found', 'not-expected', 'closed', 'invalid', 'unavailable'],
  '/conversations/{id}/identify',
  {
    method: 'post',
    tags,
    summary: 'Say who the customer is',
    description: 'The customer of a conversation is set once; the same identity again changes nothing.',
    request: { params: idParam, body: takesJson(identifyBody) },
    responses: { 200: gives('Known from now on.', advance, { ETag: 'The conversation’s version, quoted.' }) },
  },
)

type Begin = z.output<typeof widgetBody>
type Needed = Pick<Deps, 'runtime' | 'tokens' | 'identities' | 'widget' | 'rate' | 'clock' | 'proxies'>

/** `POST /v1/widget/conversations`: stands before the routes that take a key. */
export function widgetStart({ runtime, tokens, identities, widget, rate, clock, proxies }: Needed) {
  return new OpenAPIHono<Env>().openapi(startRoute, async (c) => {
    rate.take({ role: 'visitor', address: addressOf(c, proxies) }, clock.now())
    const asked = c.req.valid('json')
    checkRules(widget, asked.flow, c.req.header('origin'))
    const identity = asked.identity === undefined ? undefined : await identities.read(asked.identity)
    const begun = identity
      ? await resumeOrBegin(runtime.conversations, asked, identity)
      : { answer: await begin(runtime.conversations, asked, asked.customer, keyOf(c, asked)), resumed: false }
    const { id, version } = begun.answer.conversation
    const customerToken = await tokens.issue(id)
    const shown = advanceFor({ role: 'customer', conversation: id }, begun.answer)
    return c.json({ ...shown, customerToken, resumed: begun.resumed }, begun.resumed ? 200 : 201, {
      ...SECURE,
      ETag: etag(version),
    })
  })
}

/** `POST /v1/conversations/{id}/identify`. */
export function identify({ runtime: { conversations }, identities }: Pick<Deps, 'runtime' | 'identities'>) {
  return new OpenAPIHono<Env>().openapi(identifyRoute, async (c) => {
    const { id } = c.req.valid('param')
    demandOwn(caller(c), id)
    const identity = await identities.read(c.req.valid('json').identity)
    const answer = await bound(conversations, id, identity)
    return c.json(advanceFor(caller(c), answer), 200, { ETag: etag(answer.conversation.version) })
  })
}

function checkRules(rules: Deps['widget'], flow: string, origin: string | undefined): void {
  if (origin !== undefined && !rules.takesOrigin(origin)) {
    const detail = `Pages of “${origin.slice(0, 200)}” may not hold the widget; add it to “origins” in widget.json.`
    throw new Problem('forbidden', detail)
  }
  if (!rules.takesFlow(flow))
    throw new Problem(
      'not-found',
      `The widget has no flow “${flow.slice(0, 100)}”; check its name, or add it to “flows” in widget.json.`,
      {
        errors: [{ pointer: '/flow', message: 'is not a flow of the widget' }],
      },
    )
}

/** A key is what opens the answer a second time, the token in it too: it must not be one that others could guess. */
function keyOf(c: Context, { key: inBody }: Begin): string | undefined {
  const key = idempotencyKey(c) ?? inBody
  if (key === undefined || key.length >= 16) return key
  const message = 'must have 16 characters or more, and be random'
  throw new Problem('malformed', `The Idempotency-Key ${message}; send a UUID.`, {
    errors: [{ pointer: '/header/Idempotency-Key', message }],
  })
}

function begin(
  conversations: Conversations,
  asked: Begin,
  customer: Open['customer'],
  key: string | undefined,
  id?: string,
): Promise<Advance> {
  const { flow, page, language, timezone, variables } = asked
  return conversations.start(
    {
      flow,
      channel: CHANNEL,
      ...(id === undefined ? {} : { id }),
      ...(page === undefined ? {} : { page }),
      ...(language === undefined ? {} : { language }),
      ...(variables === undefined ? {} : { variables }),
      customer: { ...(timezone === undefined ? {} : { timezone }), ...customer },
    },
    key === undefined ? {} : { idempotencyKey: key, caller: 'widget' },
  )
}

/**
 * A known customer has one open conversation on a flow. Its id is made of the customer and those that are kept of them,
 * so that of two tabs, also on two servers, only one can begin it; the other goes on with it.
 */
async function resumeOrBegin(
  conversations: Conversations,
  asked: Begin,
  identity: Identity,
): Promise<{ readonly answer: Advance; readonly resumed: boolean }> {
  for (let tries = 3; ; tries--) {
    const { kept, open } = await conversations.ofCustomer(identity.id, asked.flow, CHANNEL)
    if (open !== undefined) return { answer: await conversations.current(open), resumed: true }
    // Somebody else may have begun one under this id; then any other will do.
    const id = tries > 0 ? `w-${jsonHash([asked.flow, identity.id, kept])}` : undefined
    try {
      return { answer: await begin(conversations, asked, identity, undefined, id), resumed: false }
    } catch (error) {
      if (!(error instanceof RuntimeError && error.code === 'exists')) throw error
    }
  }
}

async function bound(conversations: Conversations, id: string, identity: Identity): Promise<Advance> {
  for (let tries = 3; tries > 0; tries--) {
    const { machine, closed } = await conversations.snapshot(id)
    const { id: known } = machine.context.customer
    if (known === identity.id) return conversations.current(id)
    if (known !== undefined && known !== null && known !== '')
      throw new Problem('not-expected', 'This conversation belongs to another customer; start a new one for this one.')
    if (closed) throw new Problem('closed', 'The conversation is closed; start a new one.')
    const told = await conversations.tell(id, { type: 'customer.identified', customer: identity })
    if (told) return told
  }
  throw new Problem('unavailable', 'The conversation changes too fast; try again.', { headers: { 'Retry-After': '1' } })
}
