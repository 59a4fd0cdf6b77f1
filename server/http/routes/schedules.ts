import { OpenAPIHono } from '@hono/zod-openapi'
import type { SavedSchedule } from '#server/runtime/runtime.ts'
import { digest, tell } from '../audited.ts'
import type { Deps, Env } from '../environment.ts'
import { gives, route, takesJson } from '../route.ts'
import { sameId } from '../same-id.ts'
import { scheduleBody, scheduleParam, scheduleView } from '../schemas/desk.ts'
import { listOf, whole } from '../schemas/list.ts'

const tags = ['Schedules']

const listRoute = route('desk.read', ['unavailable'], '/schedules', {
  method: 'get',
  tags,
  summary: 'List business hours',
  responses: { 200: gives('All schedules.', listOf(scheduleView)) },
})
const readRoute = route('desk.read', ['not-found', 'unavailable'], '/schedules/{id}', {
  method: 'get',
  tags,
  summary: 'Read business hours',
  request: { params: scheduleParam },
  responses: { 200: gives('The schedule.', scheduleView) },
})
const saveRoute = route('schedules.write', ['invalid', 'unavailable'], '/schedules/{id}', {
  method: 'put',
  tags,
  summary: 'Add or change business hours',
  'x-audit': 'schedule.saved',
  request: { params: scheduleParam, body: takesJson(scheduleBody) },
  responses: { 200: gives('Saved.', scheduleView) },
})

/** Saved business hours, which flows name by id. */
export function schedules({ runtime: { desk } }: Pick<Deps, 'runtime'>) {
  return new OpenAPIHono<Env>()
    .openapi(listRoute, async (c) => c.json(whole((await desk.schedules()).map(shown)), 200))
    .openapi(readRoute, async (c) => c.json(shown(await desk.schedule(c.req.valid('param').id)), 200))
    .openapi(saveRoute, async (c) => {
      const { id, name, ...schedule } = sameId(c.req.valid('param').id, c.req.valid('json'))
      tell(c, { change: { after: digest({ name, schedule }) } })
      return c.json(shown(await desk.putSchedule({ id, schedule, ...(name !== undefined && { name }) })), 200)
    })
}

/** A schedule lies flat in the API, as it is written inline in a flow. */
function shown({ schedule, ...about }: SavedSchedule) {
  return { ...about, ...schedule }
}
