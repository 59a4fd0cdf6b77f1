import { OpenAPIHono } from '@hono/zod-openapi'
import { caller } from '../auth.ts'
import type { Deps, Env } from '../environment.ts'
import { Problem } from '../problem.ts'
import { gives, route, takesJson } from '../route.ts'
import { agentBody, agentParam, agentView, presenceBody } from '../schemas/desk.ts'
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

/** The people who take over. */
export function agents({ runtime: { desk } }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole(await desk.agents()), 200))
    .openapi(readRoute, async (c) => c.json(await desk.agent(c.req.valid('param').id), 200))
    .openapi(saveRoute, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await desk.putAgent(sameId(id, c.req.valid('json'))), 200)
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
}
