import { OpenAPIHono } from '@hono/zod-openapi'
import { endpointInput, type Endpoint } from '#server/network/index.ts'
import { digest, tell } from '../audited.ts'
import { caller, type Caller } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { malformed } from '../malformed.ts'
import { Problem } from '../problem.ts'
import { mayDo } from '../rights.ts'
import { gives, route, takesJson } from '../route.ts'
import { botBody, botParam, botSummary, botView } from '../schemas/bot.ts'
import { listOf, whole } from '../schemas/list.ts'

const tags = ['Bots']

const listRoute = route('bots.read', [], '/bots', {
  method: 'get',
  tags,
  summary: 'List bots',
  description: 'The bots that are called by webhook, which a flow’s `listen` node names.',
  responses: { 200: gives('All bots, without their secrets.', listOf(botSummary)) },
})
const readRoute = route('bots.read', ['not-found'], '/bots/{name}', {
  method: 'get',
  tags,
  summary: 'Read a bot',
  request: { params: botParam },
  responses: { 200: gives('The bot; with its secret for an admin.', botView) },
})
const saveRoute = route('bots.manage', ['invalid'], '/bots/{name}', {
  method: 'put',
  tags,
  summary: 'Add or change a bot',
  'x-audit': 'bot.saved',
  description: 'It counts from the next turn. ' + 'An address inside your network must be allowed by `OUTBOUND_ALLOW`.',
  request: { params: botParam, body: takesJson(botBody) },
  responses: { 200: gives('Saved, with the secret that signs its requests.', botView) },
})
const removeRoute = route('bots.manage', ['not-found'], '/bots/{name}', {
  method: 'delete',
  tags,
  summary: 'Remove a bot',
  'x-audit': 'bot.removed',
  description: 'A `listen` node that names it goes on as if the bot had failed.',
  request: { params: botParam },
  responses: { 204: { description: 'Removed.' } },
})

/** Bots that are called by webhook. */
export function bots({ bots: endpoints }: Pick<Deps, 'bots'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, (c) => c.json(whole(endpoints.list().map(summary)), 200))
    .openapi(readRoute, (c) => {
      const { name } = c.req.valid('param')
      return c.json(shown(caller(c), endpoints.get(name) ?? missing(name)), 200)
    })
    .openapi(saveRoute, async (c) => {
      const { name } = c.req.valid('param')
      const { name: repeated = name, ...body } = c.req.valid('json')
      if (repeated !== name) throw otherName(repeated, name)
      const read = endpointInput.safeParse({ name, ...body })
      if (!read.success) throw malformed('param', read.error.issues)
      tell(c, { change: { after: digest(read.data.url) } })
      return c.json(shown(caller(c), await endpoints.put(read.data)), 200)
    })
    .openapi(removeRoute, async (c) => {
      const { name } = c.req.valid('param')
      if (!(await endpoints.remove(name))) missing(name)
      return c.body(null, 204)
    })
}

function summary({ name, url }: Endpoint) {
  return { name, url }
}

function shown(who: Caller, bot: Endpoint) {
  return mayDo(who, 'bots.manage') ? bot : summary(bot)
}

function otherName(repeated: string, name: string): Problem {
  return new Problem(
    'invalid',
    `The body’s name is “${repeated}” and the address says “${name}”; make them the same, or leave it out of the body.`,
    { errors: [{ pointer: '/name', message: `must be “${name}”` }] },
  )
}

function missing(name: string): never {
  throw new Problem('not-found', `There is no bot “${name}”; GET /v1/bots lists those there are.`)
}
