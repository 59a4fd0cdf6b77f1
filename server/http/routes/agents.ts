import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { digest, tell } from '../audited.ts'
import { caller, demandAll } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { gives, route, takesJson } from '../route.ts'
import { agentBody, agentLink, agentParam, agentView, presenceBody } from '../schemas/desk.ts'
import { listOf, whole } from '../schemas/list.ts'
import { sameId } from '../same-id.ts'

const tags = ['Agents']

const listRoute = route('desk.read', ['unavailable'], '/agents', {
  method: 'get',
  tags,
  summary: 'List agents',
  responses: { 200: gives('All agents.', listOf(agentView)) },
})
const readRoute = route('desk.read', ['not-found', 'unavailable'], '/agents/{id}', {
  method: 'get',
  tags,
  summary: 'Read an agent',
  request: { params: agentParam },
  responses: { 200: gives('The agent, with presence and load.', agentView) },
})
const saveRoute = route('agents.write', ['invalid', 'unavailable'], '/agents/{id}', {
  method: 'put',
  tags,
  summary: 'Add or change an agent',
  'x-audit': 'agent.saved',
  request: { params: agentParam, body: takesJson(agentBody) },
  responses: { 200: gives('Saved.', agentView) },
})
const presenceRoute = route('presence.write', ['not-found', 'unavailable'], '/agents/{id}/presence', {
  method: 'put',
  tags,
  summary: 'Say whether an agent is there',
  description:
    'Who comes online is offered waiting conversations at once. An agent’s key may say this for itself only.',
  request: { params: agentParam, body: takesJson(presenceBody) },
  responses: { 200: gives('Saved.', agentView) },
})

const linkRoute = route('agents.write', ['not-found', 'unavailable'], '/agents/{id}/link', {
  method: 'post',
  tags,
  summary: 'Make a sign-in link for an agent',
  'x-audit': 'agent.linked',
  description: 'It opens the desk with a key of that agent, for 12 hours. Give it to nobody else.',
  request: { params: agentParam },
  responses: { 201: gives('The link, shown this once.', agentLink) },
})

const LINK_LASTS = 12 * 3_600_000

/** The people who take over. */
export function agents({ runtime: { desk }, keys, clock }: Pick<Deps, 'runtime' | 'keys' | 'clock'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole(await desk.agents()), 200))
    .openapi(readRoute, async (c) => c.json(await desk.agent(c.req.valid('param').id), 200))
    .openapi(saveRoute, async (c) => {
      const { id } = c.req.valid('param')
      const profile = sameId(id, c.req.valid('json'))
      tell(c, { change: { after: digest(profile) } })
      return c.json(await desk.putAgent(profile), 200)
    })
    .openapi(presenceRoute, async (c) => {
      const { id } = c.req.valid('param')
      const who = caller(c)
      if (who.role === 'agent' && who.agent !== id) {
        throw new Problem(
          'forbidden',
          `This key belongs to the agent “${who.agent}” and may say only whether “${who.agent}” is there.`,
        )
      }
      return c.json(await desk.setPresence(id, c.req.valid('json').status), 200)
    })
    .openapi(linkRoute, async (c) => {
      demandAll(caller(c), { role: 'agent' })
      const { id, name } = await desk.agent(c.req.valid('param').id)
      const expires = new Date(clock.now() + LINK_LASTS).toISOString()
      const { record, secret } = await keys.create(
        { role: 'agent', agent: id, name: `Sign-in link of ${name}`, expiresAt: expires },
        clock.now(),
      )
      tell(c, { change: { after: { key: record.id, expires } } })
      return c.json({ url: `${originOf(c)}/desk#key=${secret}`, key: secret, expires }, 201)
    })
}

/**
 * Where the caller reaches this server. Behind a proxy the request itself says `http`; a browser's `Origin` tells what
 * the page was opened by, and counts where it names this very host.
 */
function originOf(c: Context): string {
  const origin = c.req.header('origin')
  const isOurs = origin !== undefined && URL.canParse(origin) && new URL(origin).host === c.req.header('host')
  return isOurs ? origin : new URL(c.req.url).origin
}
