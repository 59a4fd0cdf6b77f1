import { OpenAPIHono } from '@hono/zod-openapi'
import { digest, tell } from '../audited.ts'
import type { Deps, Env } from '../environment.ts'
import { gives, route, takesJson } from '../route.ts'
import { sameId } from '../same-id.ts'
import { teamBody, teamParam, teamView } from '../schemas/desk.ts'
import { listOf, whole } from '../schemas/list.ts'

const tags = ['Teams']

const listRoute = route('desk.read', ['unavailable'], '/teams', {
  method: 'get',
  tags,
  summary: 'List teams',
  responses: { 200: gives('All teams.', listOf(teamView)) },
})
const readRoute = route('desk.read', ['not-found', 'unavailable'], '/teams/{id}', {
  method: 'get',
  tags,
  summary: 'Read a team',
  request: { params: teamParam },
  responses: { 200: gives('The team.', teamView) },
})
const saveRoute = route('teams.write', ['invalid', 'unavailable'], '/teams/{id}', {
  method: 'put',
  tags,
  summary: 'Add or change a team',
  'x-audit': 'team.saved',
  request: { params: teamParam, body: takesJson(teamBody) },
  responses: { 200: gives('Saved.', teamView) },
})

/** Teams: whom a queue waits for. */
export function teams({ runtime: { desk } }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole(await desk.teams()), 200))
    .openapi(readRoute, async (c) => c.json(await desk.team(c.req.valid('param').id), 200))
    .openapi(saveRoute, async (c) => {
      const team = sameId(c.req.valid('param').id, c.req.valid('json'))
      tell(c, { change: { after: digest(team) } })
      return c.json(await desk.putTeam(team), 200)
    })
}
